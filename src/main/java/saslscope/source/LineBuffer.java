package saslscope.source;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts bytes into lines and hands out the selected ones. Takes the bytes in pieces of any size and keeps no more than
 * a block and two lines of them. Lines that are not selected cost no allocation.
 */
final class LineBuffer {
    /** Where bytes come from. */
    interface Bytes {
        /**
         * Reads what is there.
         *
         * @return the number of bytes; 0 if there are none now; -1 if there will be none
         */
        int read(byte[] into, int at, int length) throws IOException;
    }

    private final LineSelector selector;
    private final int longest;
    private final int block;
    private final byte[] bytes;
    private int start;
    /** [start, ready) is complete lines, none too long. */
    private int ready;
    /** No newline in [start, searched) if start >= ready. */
    private int searched;
    private int end;
    private long offset;
    private long number;
    /** In a line that is too long: its rest is not wanted. */
    private boolean skipping;
    private long skippedFrom;
    private long lines;
    private long read;
    private long cut;

    /**
     * @param offset of the first byte that will come, the start of a line
     * @param number of that line
     */
    LineBuffer(LineSelector selector, Limits limits, long offset, long number) {
        this.selector = selector;
        this.longest = limits.longestLine();
        this.block = limits.block();
        this.bytes = new byte[Math.max(Fingerprint.HEAD, longest + 1) + block];
        this.offset = offset;
        this.number = number;
    }

    /**
     * Asks for more bytes. To be called when {@link #next} has none left.
     *
     * @return as {@link Bytes#read}
     */
    int fill(Bytes in) throws IOException {
        if (start == end) {
            start = 0;
            ready = 0;
            searched = 0;
            end = 0;
        } else if (start > 0 && bytes.length - end < block) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            ready = Math.max(0, ready - start);
            searched = Math.max(0, searched - start);
            end -= start;
            start = 0;
        }
        int n = in.read(bytes, end, Math.min(block, bytes.length - end));
        if (n > 0) {
            end += n;
        }
        return n;
    }

    /** The fingerprint of a file whose first bytes are the first ones here, or 0 if it takes more bytes to tell. */
    long fingerprint(boolean complete) {
        return Fingerprint.of(bytes, start, end, complete);
    }

    /** The next selected line that is complete, or null. */
    Line next(LogFile file) {
        while (true) {
            if (skipping && !skip()) {
                return null;
            }
            if (start < ready) {
                Line line = select(file);
                if (line != null) {
                    return line;
                }
            }
            int planned = plan();
            if (planned > start) {
                ready = planned;
            } else if (end - start > longest) {
                Line line = tooLong(file);
                if (line != null) {
                    return line;
                }
            } else {
                searched = end;
                return null;
            }
        }
    }

    /** What is left once no more bytes will come: a last line without a newline. Null if not selected or none. */
    Line last(LogFile file) {
        if (skipping) {
            advance(end, 0);
            skipping = false;
            return null;
        }
        if (start == end) {
            return null;
        }
        Line line = selector.next(bytes, start, end) < 0 ? null : line(file, start, end, false);
        advance(end, 1);
        return line;
    }

    /** Start of the first line that was not dealt with. */
    long offset() {
        return skipping ? skippedFrom : offset;
    }

    /** Number of that line. */
    long number() {
        return skipping ? number - 1 : number;
    }

    /** Bytes that came in, those not yet cut into lines included. */
    long received() {
        return read + end - start;
    }

    long lines() {
        return lines;
    }

    long read() {
        return read;
    }

    long cut() {
        return cut;
    }

    private Line select(LogFile file) {
        int hit = selector.next(bytes, start, ready);
        if (hit < 0) {
            advance(ready, Newlines.count(bytes, start, ready));
            return null;
        }
        int before = Newlines.last(bytes, start, hit);
        if (before >= 0) {
            advance(before + 1, Newlines.count(bytes, start, before + 1));
        }
        int to = Newlines.first(bytes, hit, ready);
        Line line = line(file, start, to, false);
        advance(to + 1, 1);
        return line;
    }

    /** End of the complete lines from start on that are not too long; start if there is none. */
    private int plan() {
        int pos = start;
        while (true) {
            int to = Math.min(end, pos + longest + 1);
            int newline = Newlines.last(bytes, Math.max(pos, searched), to);
            if (newline < 0) {
                return pos;
            }
            pos = newline + 1;
        }
    }

    private Line tooLong(LogFile file) {
        Line line = selector.next(bytes, start, start + longest) < 0 ? null : line(file, start, start + longest, true);
        cut++;
        skipping = true;
        skippedFrom = offset;
        advance(start + longest, 1);
        return line;
    }

    /** True once the end of the line was found. */
    private boolean skip() {
        int newline = Newlines.first(bytes, start, end);
        if (newline < 0) {
            advance(end, 0);
            return false;
        }
        advance(newline + 1, 0);
        skipping = false;
        return true;
    }

    private Line line(LogFile file, int from, int to, boolean isCut) {
        int stop = !isCut && to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        return new Line(file, offset, number, Arrays.copyOfRange(bytes, from, stop), isCut);
    }

    private void advance(int to, int passed) {
        offset += to - start;
        read += to - start;
        number += passed;
        lines += passed;
        start = to;
        searched = Math.max(searched, to);
    }
}
