package saslscope.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An expression compiled to {@link Segment}s. */
final class SegmentMatcher implements ByteMatcher {
    /** An expression that needs more is left to {@code java.util.regex}. */
    private static final int MOST_SEGMENTS = 3000;

    private final Segment start;
    private final boolean anchored;

    private SegmentMatcher(Segment start, boolean anchored) {
        this.start = start;
        this.anchored = anchored;
    }

    /** The matcher; empty if the expression uses something that segments do not do. */
    static Optional<SegmentMatcher> compile(Node node) {
        try {
            Segment start = new Compiler().compile(node, new Segment.Accept().sealed(), 0);
            return Optional.of(new SegmentMatcher(start, Nodes.anchoredAtStart(node)));
        } catch (Unsupported e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean find(Run run) {
        int last = anchored ? run.from : run.to;
        for (int pos = run.from; pos <= last; pos++) {
            if (start.may(run, pos)) {
                if (start.match(run, pos) >= 0) {
                    return !run.stopped();
                }
                if (--run.fuel < 0) {
                    return false;
                }
            }
        }
        if (run.furthest < 0) {
            run.miss(run.from, start);
        }
        return false;
    }

    /** The expression can't be made of segments. */
    private static final class Unsupported extends Exception {
        Unsupported() {
            super(null, null, false, false);
        }
    }

    /** Builds from the end: each step must know what follows. */
    private static final class Compiler {
        private int segments;

        Segment compile(Node node, Segment next, int slot) throws Unsupported {
            if (++segments > MOST_SEGMENTS) {
                throw new Unsupported();
            }
            return switch (node) {
                case Node.Literal l -> new Segment.Bytes(l.bytes(), next).sealed();
                case Node.OneOf o -> new Segment.Span(o.set(), 1, 1, Node.Mode.GREEDY, next).sealed();
                case Node.Seq s -> sequence(s.items(), next, slot);
                case Node.Choice c -> choice(c, next, slot);
                case Node.Repeat r -> repeat(r, next, slot);
                case Node.Capture c -> {
                    Segment close = new Segment.Close(slot, next).sealed();
                    yield new Segment.Open(slot, compile(c.body(), close, slot + 1)).sealed();
                }
                case Node.Named n -> compile(n.body(), next, slot);
                case Node.Atomic a -> new Assertion.Once(whole(a.body(), slot), next).sealed();
                case Node.Look l -> look(l, next, slot);
                case Node.Edge e -> new Assertion.Place(e.kind(), next).sealed();
                case Node.Ref r -> throw new IllegalStateException("unresolved reference to " + r.name());
            };
        }

        private Segment whole(Node node, int slot) throws Unsupported {
            return compile(node, new Segment.Accept().sealed(), slot);
        }

        private Segment sequence(List<Node> items, Segment next, int slot) throws Unsupported {
            int behind = slot + Nodes.captures(items);
            Segment chain = next;
            for (Node item : items.reversed()) {
                behind -= Nodes.captures(item);
                chain = compile(item, chain, behind);
            }
            return chain;
        }

        private Segment choice(Node.Choice c, Segment next, int slot) throws Unsupported {
            ByteSet single = Nodes.single(c);
            if (single != null) {
                return new Segment.Span(single, 1, 1, Node.Mode.GREEDY, next).sealed();
            }
            List<Segment> branches = new ArrayList<>();
            int at = slot;
            for (Node branch : c.branches()) {
                branches.add(compile(branch, next, at));
                at += Nodes.captures(branch);
            }
            return new Segment.Fork(branches.toArray(Segment[]::new)).sealed();
        }

        private Segment repeat(Node.Repeat r, Segment next, int slot) throws Unsupported {
            ByteSet single = Nodes.single(r.body());
            if (single != null) {
                return new Segment.Span(single, r.min(), r.max(), r.mode(), next).sealed();
            }
            if (r.mode() == Node.Mode.POSSESSIVE) {
                Node greedy = new Node.Repeat(r.body(), r.min(), r.max(), Node.Mode.GREEDY, r.at());
                return new Assertion.Once(whole(greedy, slot), next).sealed();
            }
            boolean lazy = r.mode() == Node.Mode.LAZY;
            if (Nodes.nullable(r.body()) && r.max() > 1) {
                throw new Unsupported();
            }
            Segment chain = next;
            if (r.max() == Node.Repeat.UNBOUNDED) {
                Segment.Loop loop = new Segment.Loop(lazy, next);
                // What a body starts with does not depend on what follows it, since it takes at least one byte. The body
                // must know it to see whether it can meet its own next round.
                loop.startsWith(whole(r.body(), slot)).sealed();
                loop.body(compile(r.body(), loop, slot));
                chain = loop;
            } else {
                for (int i = r.min(); i < r.max(); i++) {
                    Segment more = compile(r.body(), chain, slot);
                    chain = (lazy ? new Segment.Fork(next, more) : new Segment.Fork(more, next)).sealed();
                }
            }
            for (int i = 0; i < r.min(); i++) {
                chain = compile(r.body(), chain, slot);
            }
            return chain;
        }

        private Segment look(Node.Look l, Segment next, int slot) throws Unsupported {
            List<Node> nodes = l.body() instanceof Node.Choice c && !l.ahead() ? c.branches() : List.of(l.body());
            Segment[] branches = new Segment[nodes.size()];
            int[] back = new int[branches.length];
            int at = slot;
            for (int i = 0; i < branches.length; i++) {
                back[i] = l.ahead() ? 0 : Nodes.width(nodes.get(i));
                if (back[i] < 0) {
                    throw new Unsupported();
                }
                branches[i] = whole(nodes.get(i), at);
                at += Nodes.captures(nodes.get(i));
            }
            return new Assertion.Look(branches, back, l.negated(), next).sealed();
        }
    }
}
