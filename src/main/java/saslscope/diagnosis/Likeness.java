package saslscope.diagnosis;

import java.util.Arrays;

/**
 * A key of many texts in their order. Most are constants of this program or of the definitions: they are compared by looking whether
 * they are the same object, and nothing is copied.
 */
final class Likeness {
    /** Between what belongs to one line and to the next; no name of a fact or a field. */
    static final String NEXT = "\n";
    /** In place of a value that does not matter. */
    static final String ANY = "\n*";

    private String[] parts;
    private int size;
    private int hash = 1;
    private long length;

    /** @param room how many texts there will be, about */
    Likeness(int room) {
        parts = new String[room];
    }

    void add(String part) {
        if (size == parts.length) {
            parts = Arrays.copyOf(parts, size + size / 2 + 8);
        }
        parts[size++] = part;
        hash = 31 * hash + part.hashCode();
        length += part.length();
    }

    /** UTF-16 units of all texts. */
    long length() {
        return length;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Likeness k) || k.hash != hash || k.size != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!parts[i].equals(k.parts[i])) {
                return false;
            }
        }
        return true;
    }
}
