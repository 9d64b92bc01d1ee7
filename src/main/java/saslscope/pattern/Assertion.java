package saslscope.pattern;

import saslscope.pattern.Node.Edge;

/** Steps that take nothing, or that decide once and for all. */
final class Assertion {
    private static final long[] WORD = ByteSet.WORD.bits();

    private Assertion() {
    }

    /** A place between bytes. */
    static final class Place extends Segment {
        private final Edge.Kind kind;
        private final Segment next;

        Place(Edge.Kind kind, Segment next) {
            this.kind = kind;
            this.next = next;
            if (kind == Edge.Kind.END) {
                starts(ByteSet.NONE, next.atEnd);
            } else {
                startsLike(next);
            }
        }

        @Override
        int match(Run run, int pos) {
            boolean holds = switch (kind) {
                case START -> pos == run.from;
                case END -> pos == run.to;
                case WORD -> word(run, pos - 1) != word(run, pos);
                case NOT_WORD -> word(run, pos - 1) == word(run, pos);
            };
            if (holds) {
                return next.match(run, pos);
            }
            run.miss(pos, this);
            return -1;
        }

        private static boolean word(Run run, int pos) {
            return pos >= run.from && pos < run.to && ByteSet.in(WORD, run.text[pos]);
        }

        @Override
        Node shows() {
            return new Edge(kind);
        }
    }

    /** A body that is not gone back into. */
    static final class Once extends Segment {
        private final Segment body;
        private final Segment next;

        Once(Segment body, Segment next) {
            this.body = body;
            this.next = next;
            starts(body.first, body.atEnd);
        }

        @Override
        int match(Run run, int pos) {
            int end = body.match(run, pos);
            return end < 0 ? -1 : next.match(run, end);
        }
    }

    /** Looks ahead, or back by a fixed number of bytes for each branch. */
    static final class Look extends Segment {
        private final Segment[] branches;
        /** How far back each branch starts; 0 for ahead. */
        private final int[] back;
        private final boolean negated;
        private final Segment next;

        Look(Segment[] branches, int[] back, boolean negated, Segment next) {
            this.branches = branches;
            this.back = back;
            this.negated = negated;
            this.next = next;
            startsLike(next);
        }

        @Override
        int match(Run run, int pos) {
            boolean found = false;
            for (int i = 0; i < branches.length && !found; i++) {
                int start = pos - back[i];
                found = start >= run.from && branches[i].match(run, start) >= 0;
            }
            if (found != negated) {
                return next.match(run, pos);
            }
            run.miss(pos, this);
            return -1;
        }
    }
}
