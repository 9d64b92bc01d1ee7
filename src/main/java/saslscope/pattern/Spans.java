package saslscope.pattern;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Ranges of a byte array that must not be seen. */
final class Spans {
    private static final byte[] MASK = Redactor.MASK.getBytes(StandardCharsets.US_ASCII);

    private int[] ends = new int[4];
    private int size;

    /** Adds a range; an empty one counts for nothing. */
    void add(int from, int to) {
        if (from >= to) {
            return;
        }
        if (2 * size == ends.length) {
            ends = Arrays.copyOf(ends, 4 * size);
        }
        ends[2 * size] = from;
        ends[2 * size + 1] = to;
        size++;
    }

    boolean empty() {
        return size == 0;
    }

    /** The text of a range, decoded, with one mask for each hidden stretch that it overlaps. */
    String render(byte[] text, int from, int to) {
        if (size == 0) {
            return new String(text, from, to - from, StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from + MASK.length);
        int i = from;
        while (i < to) {
            int hidden = endOfHidden(i);
            if (hidden > i) {
                out.writeBytes(MASK);
                i = hidden;
            } else {
                int next = Math.min(to, startOfNext(i));
                out.write(text, i, next - i);
                i = next;
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Behind the stretch that covers a place; overlapping and touching ranges are one stretch. */
    int endOfHidden(int at) {
        int end = at;
        boolean grown = true;
        while (grown) {
            grown = false;
            for (int i = 0; i < size; i++) {
                boolean covers = ends[2 * i] <= end && ends[2 * i + 1] > end;
                if (covers) {
                    end = ends[2 * i + 1];
                    grown = true;
                }
            }
        }
        return end;
    }

    /** Where the next stretch behind a place starts. */
    int startOfNext(int at) {
        int start = Integer.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            if (ends[2 * i] > at) {
                start = Math.min(start, ends[2 * i]);
            }
        }
        return start;
    }
}
