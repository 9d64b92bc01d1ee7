package saslscope.pattern;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

/** A few names with their values, in order. Every matched line has one of these: it costs two arrays. Immutable. */
final class Values extends AbstractMap<String, String> {
    private final String[] names;
    private final String[] values;
    private final int size;

    /** Takes the first {@code size} of both over as its own. */
    Values(String[] names, String[] values, int size) {
        this.names = names;
        this.values = values;
        this.size = size;
    }

    private int place(Object name) {
        return place(names, size, name);
    }

    /** The place of a name among the first {@code size}, or -1. */
    static int place(String[] names, int size, Object name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String get(Object name) {
        int i = place(name);
        return i < 0 ? null : values[i];
    }

    @Override
    public boolean containsKey(Object name) {
        return place(name) >= 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> to) {
        for (int i = 0; i < size; i++) {
            to.accept(names[i], values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < size;
                    }

                    @Override
                    public Map.Entry<String, String> next() {
                        if (next >= size) {
                            throw new NoSuchElementException();
                        }
                        return Map.entry(names[next], values[next++]);
                    }
                };
            }
        };
    }
}
