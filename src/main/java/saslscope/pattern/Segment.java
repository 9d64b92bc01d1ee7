package saslscope.pattern;

/**
 * One step of a compiled expression and, through its {@code next}, all that follows. Backs off like {@code java.util.regex}, but only
 * where what follows could start with a byte that this step takes.
 */
abstract class Segment {
    /** Bytes with which a match from here may start (or more than those). */
    ByteSet first = ByteSet.ALL;
    /** True if a match from here may be possible at the end of the message. */
    boolean atEnd = true;
    private long[] bits;

    /** The end of the match from {@code pos} on, or -1. */
    abstract int match(Run run, int pos);

    /** What this step takes, for messages. */
    Node shows() {
        return Node.EMPTY;
    }

    final void starts(ByteSet bytes, boolean end) {
        first = bytes;
        atEnd = end;
    }

    final void startsLike(Segment next) {
        starts(next.first, next.atEnd);
    }

    /** Must be called once {@link #first} is final. */
    final Segment sealed() {
        bits = first.bits();
        return this;
    }

    /** False if a match from here is out of the question; cheap. */
    final boolean may(Run run, int pos) {
        return pos < run.to ? ByteSet.in(bits, run.text[pos]) : atEnd;
    }

    /** The end of the expression. */
    static final class Accept extends Segment {
        @Override
        int match(Run run, int pos) {
            return pos;
        }
    }

    /** Takes given bytes. */
    static final class Bytes extends Segment {
        private final byte[] bytes;
        private final Segment next;

        Bytes(byte[] bytes, Segment next) {
            this.bytes = bytes;
            this.next = next;
            starts(ByteSet.of(bytes[0] & 255), false);
        }

        @Override
        int match(Run run, int pos) {
            byte[] text = run.text;
            byte[] want = bytes;
            int room = Math.min(want.length, run.to - pos);
            for (int i = 0; i < room; i++) {
                if (text[pos + i] != want[i]) {
                    run.miss(pos + i, this);
                    return -1;
                }
            }
            if (room < want.length) {
                run.miss(run.to, this);
                return -1;
            }
            return next.match(run, pos + want.length);
        }

        @Override
        Node shows() {
            return new Node.Literal(bytes);
        }
    }

    /** Takes bytes of a set, as many as the range allows and what follows leaves. */
    static final class Span extends Segment {
        private final ByteSet bytes;
        private final long[] set;
        private final int min;
        private final int max;
        private final boolean lazy;
        /** What follows can't start inside the span (or may not be asked): there is one possible end. */
        private final boolean once;
        private final Segment next;

        Span(ByteSet bytes, int min, int max, Node.Mode mode, Segment next) {
            this.bytes = bytes;
            this.set = bytes.bits();
            this.min = min;
            this.max = max;
            this.lazy = mode == Node.Mode.LAZY;
            this.once = mode == Node.Mode.POSSESSIVE || bytes.disjoint(next.first);
            this.next = next;
            if (min > 0) {
                starts(bytes, false);
            } else {
                starts(bytes.or(next.first), next.atEnd);
            }
        }

        @Override
        int match(Run run, int pos) {
            int limit = max < run.to - pos ? pos + max : run.to;
            if (lazy && !once) {
                return shortest(run, pos, limit);
            }
            byte[] text = run.text;
            int end = pos;
            while (end < limit && ByteSet.in(set, text[end])) {
                end++;
            }
            int least = pos + min;
            if (end < least) {
                run.miss(end, this);
                return -1;
            }
            if (once) {
                return next.match(run, end);
            }
            for (; end >= least; end--) {
                if (next.may(run, end)) {
                    int m = next.match(run, end);
                    if (m >= 0 || --run.fuel < 0) {
                        return m;
                    }
                }
            }
            return -1;
        }

        private int shortest(Run run, int pos, int limit) {
            int end = pos;
            int least = pos + min;
            while (true) {
                if (end >= least && next.may(run, end)) {
                    int m = next.match(run, end);
                    if (m >= 0 || --run.fuel < 0) {
                        return m;
                    }
                }
                if (end >= limit || !ByteSet.in(set, run.text[end])) {
                    run.miss(end, end < least ? this : next);
                    return -1;
                }
                end++;
            }
        }

        @Override
        Node shows() {
            return min == 1 && max == 1 ? new Node.OneOf(bytes)
                : new Node.Repeat(new Node.OneOf(bytes), min, max, Node.Mode.GREEDY, 0);
        }
    }

    /** Takes the first branch with which the rest matches; each branch leads on to what follows by itself. */
    static final class Fork extends Segment {
        private final Segment[] branches;

        Fork(Segment... branches) {
            this.branches = branches;
            ByteSet bytes = ByteSet.NONE;
            boolean end = false;
            for (Segment b : branches) {
                bytes = bytes.or(b.first);
                end |= b.atEnd;
            }
            starts(bytes, end);
        }

        @Override
        int match(Run run, int pos) {
            for (Segment branch : branches) {
                if (branch.may(run, pos)) {
                    int m = branch.match(run, pos);
                    if (m >= 0 || --run.fuel < 0) {
                        return m;
                    }
                }
            }
            run.miss(pos, branches[0]);
            return -1;
        }

        @Override
        Node shows() {
            return branches[0].shows();
        }
    }

    /** A group that may come again without limit; its body leads back here. */
    static final class Loop extends Segment {
        private final boolean lazy;
        private final Segment next;
        private Segment body;

        Loop(boolean lazy, Segment next) {
            this.lazy = lazy;
            this.next = next;
        }

        /** Says what the body starts with. */
        Loop startsWith(Segment like) {
            starts(like.first.or(next.first), next.atEnd || like.atEnd);
            return this;
        }

        /** Closes the circle. The body must take at least one byte. */
        void body(Segment segment) {
            body = segment;
        }

        @Override
        int match(Run run, int pos) {
            if (run.depth >= Run.DEEPEST) {
                run.fuel = -1;
            }
            if (--run.fuel < 0) {
                return -1;
            }
            run.depth++;
            Segment one = lazy ? next : body;
            Segment other = lazy ? body : next;
            int m = one.may(run, pos) ? one.match(run, pos) : -1;
            if (m < 0 && run.fuel >= 0 && other.may(run, pos)) {
                m = other.match(run, pos);
            }
            run.depth--;
            return m;
        }
    }

    /** One end of a capture: takes nothing. */
    private abstract static class Mark extends Segment {
        final int slot;
        final Segment next;

        Mark(int slot, Segment next) {
            this.slot = slot;
            this.next = next;
            startsLike(next);
        }

        @Override
        final Node shows() {
            return next.shows();
        }
    }

    /** A capture begins. */
    static final class Open extends Mark {
        Open(int slot, Segment next) {
            super(slot, next);
        }

        @Override
        int match(Run run, int pos) {
            int before = run.opens[slot];
            run.opens[slot] = pos;
            int m = next.match(run, pos);
            if (m < 0) {
                run.opens[slot] = before;
            }
            return m;
        }
    }

    /** A capture ends. */
    static final class Close extends Mark {
        Close(int slot, Segment next) {
            super(slot, next);
        }

        @Override
        int match(Run run, int pos) {
            int[] spans = run.spans;
            int start = spans[2 * slot];
            int end = spans[2 * slot + 1];
            spans[2 * slot] = run.opens[slot];
            spans[2 * slot + 1] = pos;
            int m = next.match(run, pos);
            if (m < 0) {
                spans[2 * slot] = start;
                spans[2 * slot + 1] = end;
            }
            return m;
        }
    }
}
