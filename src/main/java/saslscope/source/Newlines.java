package saslscope.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds and counts newlines, eight bytes at a time. */
final class Newlines {
    private static final VarHandle LONG =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x7f7f7f7f7f7f7f7fL;
    private static final long PATTERN = 0x0a0a0a0a0a0a0a0aL;

    private Newlines() {
    }

    /** How many newlines stand in [from, to). */
    static int count(byte[] bytes, int from, int to) {
        int n = 0;
        int i = from;
        for (; i + 32 <= to; i += 32) {
            // Each mark is 0x80 in the byte of a newline; shifted by 0 to 3 the four words share one count.
            n += Long.bitCount(marks(bytes, i) | marks(bytes, i + 8) >>> 1 | marks(bytes, i + 16) >>> 2
                | marks(bytes, i + 24) >>> 3);
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                n++;
            }
        }
        return n;
    }

    /** Index of the first newline in [from, to), or -1. */
    static int first(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long marks = marks(bytes, i);
            if (marks != 0) {
                return i + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Index of the last newline in [from, to), or -1. */
    static int last(byte[] bytes, int from, int to) {
        int i = to;
        for (; i - 8 >= from; i -= 8) {
            long marks = marks(bytes, i - 8);
            if (marks != 0) {
                return i - 1 - (Long.numberOfLeadingZeros(marks) >>> 3);
            }
        }
        while (--i >= from) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** 0x80 in every byte that is a newline, 0 in all others; exact, so that it can be searched from both ends. */
    private static long marks(byte[] bytes, int at) {
        long x = (long) LONG.get(bytes, at) ^ PATTERN;
        return ~((x & LOW) + LOW | x | LOW);
    }
}
