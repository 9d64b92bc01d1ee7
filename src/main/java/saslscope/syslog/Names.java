package saslscope.syslog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns the bytes of host names and tags into strings. There are few, so most are found in a small table. */
final class Names {
    private static final int SLOTS = 256;
    private static final int LONGEST = 64;

    private final byte[][] keys = new byte[SLOTS][];
    private final String[] values = new String[SLOTS];

    /** The text of the bytes; a newcomer takes the slot of whoever hashed there before. */
    String of(byte[] bytes, int from, int to) {
        if (from == to) {
            return "";
        }
        if (to - from > LONGEST) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        // The length and the end are enough: postfix/smtpd and postfix/submission/smtpd differ in the first of them.
        int hash = to - from;
        for (int i = Math.max(from, to - 8); i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 8 ^ hash >>> 16) & SLOTS - 1;
        byte[] key = keys[slot];
        if (key != null && Arrays.equals(key, 0, key.length, bytes, from, to)) {
            return values[slot];
        }
        keys[slot] = Arrays.copyOfRange(bytes, from, to);
        values[slot] = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return values[slot];
    }
}
