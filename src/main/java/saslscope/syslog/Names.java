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
        int hash = 0;
        for (int i = from; i < to; i++) {
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
