package saslscope.doctor;

import java.time.Instant;

/**
 * What {@code ls -l} tells of a file.
 *
 * @param kind    {@code -}, {@code d}, {@code s} (socket), {@code l}, {@code p}, {@code c} or {@code b}
 * @param mode    the permission bits, 0 to 07777
 * @param owner   name, or number where there is no name
 * @param changed when its content was last changed; null if not known
 */
record FileState(char kind, int mode, String owner, String group, long size, Instant changed) {
    boolean directory() {
        return kind == 'd';
    }

    /** {@code drwxr-x---}. */
    String symbols() {
        StringBuilder b = new StringBuilder().append(kind);
        for (int i = 8; i >= 0; i--) {
            b.append((mode >> i & 1) == 0 ? '-' : "rwx".charAt((8 - i) % 3));
        }
        return b.toString();
    }

    /** The bits of {@code rwxr-x---}; those of setuid, setgid and sticky count as the x below them. */
    static int mode(String symbols) {
        int mode = 0;
        for (int i = 0; i < 9; i++) {
            char c = symbols.charAt(i);
            mode = mode << 1 | (c == '-' || c == 'S' || c == 'T' ? 0 : 1);
        }
        return mode;
    }
}
