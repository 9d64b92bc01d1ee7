package saslscope.bounded;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that holds so many entries, and forgets one for each that comes beyond. For one thread. */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    private final int most;

    private BoundedMap(int most, boolean byUse) {
        super(16, 0.75f, byUse);
        this.most = most;
    }

    /**
     * Forgets what was put in first.
     *
     * @param most entries, at least 1
     */
    public static <K, V> BoundedMap<K, V> byAge(int most) {
        return new BoundedMap<>(most, false);
    }

    /**
     * Forgets what was not asked for or put in for longest.
     *
     * @param most entries, at least 1
     */
    public static <K, V> BoundedMap<K, V> byUse(int most) {
        return new BoundedMap<>(most, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
