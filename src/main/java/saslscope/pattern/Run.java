package saslscope.pattern;

import java.util.Arrays;

/** One attempt to match one message: the text, what was captured, and how far it got. For one thread. */
final class Run {
    /** Steps back that one pattern may take on one message before it is stopped; an ordinary match takes a few dozen. */
    static final int FUEL = 100_000;
    /** Rounds of a group that repeats without limit; each takes room on the stack. */
    static final int DEEPEST = 800;

    final byte[] text;
    final int from;
    final int to;
    /** Start and end of each capture; -1 if it took no part. */
    int[] spans;
    int[] opens;
    /** Below zero once the pattern was stopped. */
    int fuel;
    int depth;
    /** The furthest place where something did not fit, and what. */
    int furthest;
    Segment wanted;

    Run(byte[] text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
    }

    /** Makes ready for a pattern with that many captures. */
    void reset(int captures) {
        if (spans == null || spans.length < 2 * captures) {
            spans = new int[2 * captures];
            opens = new int[captures];
        }
        Arrays.fill(spans, 0, 2 * captures, -1);
        fuel = FUEL;
        depth = 0;
        furthest = -1;
        wanted = null;
    }

    boolean stopped() {
        return fuel < 0;
    }

    void miss(int pos, Segment segment) {
        if (pos > furthest) {
            furthest = pos;
            wanted = segment;
        }
    }
}
