package saslscope.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds lines that contain one of many needles without looking at every byte.
 *
 * <p>Every {@code stride} bytes a gram (a few bytes) is looked up in a small table. Of each needle a window of
 * {@code stride + gram - 1} bytes is chosen, the rarest one in log text; all grams of the window are in the table. Such
 * a window cannot lie anywhere without one of its grams being looked at, so no line is missed. A gram that is in the
 * table is then compared with the needles that have it.
 *
 * <p>The shortest needle sets the stride and allows short grams only, which are found in many places. So needles that
 * are long enough have a table of their own, with grams of four bytes.
 */
final class NeedleScan implements LineSelector {
    private static final VarHandle INT =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BITS = 14;
    private static final int LONGEST_STRIDE = 8;
    private static final int LONG_GRAM = 4;
    /** Bytes of log text, most frequent first; only speed depends on it. */
    private static final String FREQUENT = " e0t1a2insor3d:.l4c/5m9876-p[]=uhfgx,_b<>@vSPkwAy()DNLCETqzRIMO";

    private final int stride;
    /** Bytes of a short gram, at most four, and the bits that they have in an int. */
    private final int gram;
    private final int mask;
    /** Bit 0 where a short gram with that hash is in a window, bit 1 where a long one is: one table, as the nearest cache is small. */
    private final byte[] grams = new byte[1 << BITS];
    /** Windows' grams by hash; most are null. */
    private final Place[][] shortPlaces = new Place[1 << BITS][];
    private final Place[][] longPlaces = new Place[1 << BITS][];

    /** A gram stands {@code offset} bytes into the needle. */
    private record Place(byte[] needle, int offset) {
    }

    /** @param needles at least one; each of at least two bytes, without a newline */
    NeedleScan(List<byte[]> needles) {
        int shortest = needles.stream().mapToInt(n -> n.length).min().orElseThrow();
        stride = shortest < 5 ? shortest - 1 : Math.clamp(shortest - LONG_GRAM + 1, 3, LONGEST_STRIDE);
        gram = Math.min(LONG_GRAM, shortest - stride + 1);
        mask = (int) ((1L << 8 * gram) - 1);
        for (byte[] needle : needles) {
            if (needle.length >= stride + LONG_GRAM - 1) {
                add(needle, LONG_GRAM, longPlaces, 2);
            } else {
                add(needle, gram, shortPlaces, 1);
            }
        }
    }

    @Override
    public int next(byte[] bytes, int from, int to) {
        int step = stride;
        int pos = from;
        // Grams are read as ints: stay clear of the end of the range, where one may not be whole.
        for (int fast = to - LONG_GRAM - 3 * step; pos <= fast; pos += 4 * step) {
            int hits = grams(bytes, pos) | grams(bytes, pos + step) << 2 | grams(bytes, pos + 2 * step) << 4
                | grams(bytes, pos + 3 * step) << 6;
            for (; hits != 0; hits &= hits - 1) {
                int hit = Integer.numberOfTrailingZeros(hits);
                int at = pos + (hit >> 1) * step;
                int all = (int) INT.get(bytes, at);
                if (found(bytes, from, to, at, (hit & 1) == 0 ? shortPlaces[hash(all & mask)] : longPlaces[hash(all)])) {
                    return at;
                }
            }
        }
        for (; pos <= to - gram; pos += step) {
            if (found(bytes, from, to, pos, shortPlaces[hash(gram(bytes, pos, gram))])
                || pos <= to - LONG_GRAM && found(bytes, from, to, pos, longPlaces[hash(gram(bytes, pos, LONG_GRAM))])) {
                return pos;
            }
        }
        return -1;
    }

    /** Bit 0: a short gram stands there; bit 1: a long one. */
    private int grams(byte[] bytes, int at) {
        int all = (int) INT.get(bytes, at);
        return grams[hash(all & mask)] & 1 | grams[hash(all)] & 2;
    }

    private static boolean found(byte[] bytes, int from, int to, int at, Place[] places) {
        if (places == null) {
            return false;
        }
        for (Place place : places) {
            int begin = at - place.offset;
            byte[] needle = place.needle;
            if (begin >= from && begin + needle.length <= to) {
                // Most differ in their first byte: quicker than a call that compares many at once.
                int i = 0;
                while (i < needle.length && bytes[begin + i] == needle[i]) {
                    i++;
                }
                if (i == needle.length) {
                    return true;
                }
            }
        }
        return false;
    }

    private void add(byte[] needle, int length, Place[][] places, int mark) {
        int window = rarest(needle, length);
        for (int offset = window; offset < window + stride; offset++) {
            int hash = hash(gram(needle, offset, length));
            grams[hash] |= (byte) mark;
            List<Place> all = new ArrayList<>(places[hash] == null ? List.of() : List.of(places[hash]));
            all.add(new Place(needle, offset));
            places[hash] = all.toArray(Place[]::new);
        }
    }

    private static int gram(byte[] bytes, int at, int length) {
        int gram = 0;
        for (int i = 0; i < length; i++) {
            gram |= (bytes[at + i] & 0xff) << 8 * i;
        }
        return gram;
    }

    private static int hash(int gram) {
        return gram * 0x9e3779b1 >>> 32 - BITS;
    }

    /** Start of the window whose grams are the least likely ones. */
    private int rarest(byte[] needle, int length) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int from = 0; from + stride + length - 1 <= needle.length; from++) {
            double likely = 0;
            for (int at = from; at < from + stride; at++) {
                double one = 1;
                for (int i = at; i < at + length; i++) {
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
