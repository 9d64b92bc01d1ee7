package saslscope.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds lines that contain one of many needles without looking at every byte.
 *
 * <p>Every {@code stride} bytes one gram (two or three bytes) is looked up in a small table. Of each needle a window of
 * {@code stride + gram - 1} bytes is chosen, the rarest one in log text; all grams of the window are in the table. Such
 * a window cannot lie anywhere without one of its grams being looked at, so no line is missed. A gram that is in the
 * table is then compared with the needles that have it.
 */
final class NeedleScan implements LineSelector {
    private static final VarHandle INT =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BITS = 14;
    private static final int LONGEST_STRIDE = 8;
    /** Bytes of log text, most frequent first; only speed depends on it. */
    private static final String FREQUENT = " e0t1a2insor3d:.l4c/5m9876-p[]=uhfgx,_b<>@vSPkwAy()DNLCETqzRIMO";

    private final int stride;
    private final int gram;
    private final int mask;
    /** Not 0 where a gram with that hash is in a window. */
    private final byte[] filter = new byte[1 << BITS];
    /** Windows' grams by hash; most are null. */
    private final Place[][] places = new Place[1 << BITS][];

    /** A gram stands {@code offset} bytes into the needle. */
    private record Place(byte[] needle, int offset) {
    }

    /** @param needles at least one; each of at least two bytes, without a newline */
    NeedleScan(List<byte[]> needles) {
        int shortest = needles.stream().mapToInt(n -> n.length).min().orElseThrow();
        gram = shortest < 6 ? 2 : 3;
        stride = Math.min(shortest - gram + 1, LONGEST_STRIDE);
        mask = gram == 2 ? 0xffff : 0xffffff;
        for (byte[] needle : needles) {
            add(needle);
        }
    }

    @Override
    public int next(byte[] bytes, int from, int to) {
        byte[] table = filter;
        int step = stride;
        int keep = mask;
        int pos = from;
        // A gram is read as an int of which only the low bytes are used: stay 4 bytes away from the array's end.
        int fast = Math.min(to - gram, bytes.length - 4) - 3 * step;
        while (pos <= fast) {
            if ((table[hash((int) INT.get(bytes, pos) & keep)]
                | table[hash((int) INT.get(bytes, pos + step) & keep)]
                | table[hash((int) INT.get(bytes, pos + 2 * step) & keep)]
                | table[hash((int) INT.get(bytes, pos + 3 * step) & keep)]) != 0) {
                for (int i = 0; i < 4; i++) {
                    int at = pos + i * step;
                    if (found(bytes, from, to, at, hash((int) INT.get(bytes, at) & keep))) {
                        return at;
                    }
                }
            }
            pos += 4 * step;
        }
        for (; pos <= to - gram; pos += step) {
            if (found(bytes, from, to, pos, hash(gram(bytes, pos)))) {
                return pos;
            }
        }
        return -1;
    }

    private boolean found(byte[] bytes, int from, int to, int at, int hash) {
        Place[] here = places[hash];
        if (here == null) {
            return false;
        }
        for (Place place : here) {
            int begin = at - place.offset;
            byte[] needle = place.needle;
            if (begin >= from && begin + needle.length <= to
                && Arrays.equals(bytes, begin, begin + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }

    private void add(byte[] needle) {
        int window = rarest(needle, stride + gram - 1);
        for (int offset = window; offset < window + stride; offset++) {
            int hash = hash(gram(needle, offset));
            filter[hash] = 1;
            List<Place> all = new ArrayList<>(places[hash] == null ? List.of() : List.of(places[hash]));
            all.add(new Place(needle, offset));
            places[hash] = all.toArray(Place[]::new);
        }
    }

    private int gram(byte[] bytes, int at) {
        int low = bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
        return gram == 2 ? low : low | (bytes[at + 2] & 0xff) << 16;
    }

    private static int hash(int gram) {
        return gram * 0x9e3779b1 >>> 32 - BITS;
    }

    /** Start of the window whose grams are the least likely ones. */
    private int rarest(byte[] needle, int window) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int from = 0; from + window <= needle.length; from++) {
            double likely = 0;
            for (int at = from; at < from + stride; at++) {
                double one = 1;
                for (int i = at; i < at + gram; i++) {
                    int rank = FREQUENT.indexOf(needle[i] & 0xff);
                    one *= 1.0 / (4 + (rank < 0 ? 2 * FREQUENT.length() : rank));
                }
                likely += one;
            }
            if (likely < least) {
                least = likely;
                best = from;
            }
        }
        return best;
    }
}
