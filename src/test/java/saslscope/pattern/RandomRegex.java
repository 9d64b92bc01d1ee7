package saslscope.pattern;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import saslscope.pattern.Node.Mode;
import saslscope.pattern.Node.Repeat;

/** Random expressions over a small alphabet, and texts that they nearly or fully match. */
final class RandomRegex {
    private static final String[] WORDS = {"a", "b", "ab", ": ", "[", "]", "a: ", ", a=", "aa"};
    private static final ByteSet[] SETS = {ByteSet.ALL, ByteSet.of('a'), ByteSet.of('a').or(ByteSet.of('b')), ByteSet.WORD, ByteSet.SPACE.not(),
        ByteSet.of('[').or(ByteSet.of(']')).not(), ByteSet.of(' '), ByteSet.DIGIT};
    private static final int LONGEST = 200;
    private final Random random;
    private int captures;

    RandomRegex(Random random) {
        this.random = random;
    }

    Node expression() {
        captures = 0;
        List<Node> items = new ArrayList<>();
        if (random.nextInt(3) > 0) {
            items.add(new Node.Edge(Node.Edge.Kind.START));
        }
        items.add(node(4));
        if (random.nextBoolean()) {
            items.add(new Node.Edge(Node.Edge.Kind.END));
        }
        return Nodes.seq(items);
    }

    private Node node(int depth) {
        int kind = depth <= 0 ? random.nextInt(4) : random.nextInt(14);
        return switch (kind) {
            case 0, 1 -> new Node.Literal(Literals.bytes(WORDS[random.nextInt(WORDS.length)]));
            case 2 -> new Node.OneOf(set());
            case 3 -> random.nextInt(4) == 0 ? new Node.Edge(random.nextBoolean() ? Node.Edge.Kind.WORD : Node.Edge.Kind.NOT_WORD) : repeat(new Node.OneOf(set()));
            case 4, 5, 6, 7 -> {
                List<Node> items = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    items.add(node(depth - 1));
                }
                yield Nodes.seq(items);
            }
            case 8, 9 -> new Node.Choice(List.of(node(depth - 1), node(depth - 1), random.nextBoolean() ? Node.EMPTY : node(depth - 1)));
            case 10 -> repeat(node(depth - 1));
            case 11 -> captures++ < 6 ? new Node.Capture("f" + captures, node(depth - 1), 0) : node(depth - 1);
            case 12 -> new Node.Capture("f" + captures++, repeat(new Node.OneOf(set())), 0);
            default -> random.nextInt(3) == 0 ? look(depth) : repeat(new Node.OneOf(set()));
        };
    }

    private Node look(int depth) {
        boolean ahead = random.nextBoolean();
        Node body = ahead ? plain(node(depth - 1)) : random.nextBoolean() ? new Node.OneOf(set()) : new Node.Literal(Literals.bytes(WORDS[random.nextInt(WORDS.length)]));
        return random.nextInt(3) == 0 ? new Node.Atomic(plain(node(depth - 1))) : new Node.Look(body, ahead, random.nextBoolean());
    }

    /** Without captures: what is left in them by a group that is thrown away is nobody's promise. */
    private static Node plain(Node node) {
        return Nodes.captures(node) == 0 ? node : new Node.OneOf(ByteSet.of('a'));
    }

    private ByteSet set() {
        return SETS[random.nextInt(SETS.length)];
    }

    /** Captures only in what comes at most once: java.util.regex leaves behind what a loop captured and gave back. */
    private Repeat repeat(Node body) {
        if (Nodes.captures(body) > 0) {
            return new Repeat(body, 0, 1, random.nextInt(3) > 0 ? Mode.GREEDY : Mode.LAZY, 0);
        }
        Mode mode = random.nextInt(3) > 0 ? Mode.GREEDY : random.nextInt(3) > 0 ? Mode.LAZY : Mode.POSSESSIVE;
        return switch (random.nextInt(5)) {
            case 0 -> new Repeat(body, 0, 1, mode, 0);
            case 1 -> new Repeat(body, 1, Repeat.UNBOUNDED, mode, 0);
            case 2 -> new Repeat(body, random.nextInt(2), 2 + random.nextInt(2), mode, 0);
            default -> new Repeat(body, 0, Repeat.UNBOUNDED, mode, 0);
        };
    }

    /** A text that the expression would match if nothing stood in the way, somewhat mutilated. */
    byte[] text(Node node) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (random.nextInt(4) == 0) {
            noise(out);
        }
        generate(node, out);
        if (random.nextInt(4) == 0) {
            noise(out);
        }
        byte[] text = out.size() > LONGEST ? Arrays.copyOf(out.toByteArray(), LONGEST) : out.toByteArray();
        for (int i = random.nextInt(3); i > 0 && text.length > 0; i--) {
            text[random.nextInt(text.length)] = (byte) "ab: []=,1\u0085\u00ff\n".charAt(random.nextInt(11));
        }
        return text;
    }

    private void noise(ByteArrayOutputStream out) {
        for (int i = random.nextInt(6); i > 0; i--) {
            out.writeBytes(Literals.bytes(WORDS[random.nextInt(WORDS.length)]));
        }
    }

    private void generate(Node node, ByteArrayOutputStream out) {
        switch (node) {
            case Node.Literal l -> out.writeBytes(l.bytes());
            case Node.OneOf o -> {
                int c = "ab: []=,1".charAt(random.nextInt(9));
                out.write(o.set().has(c) ? c : 'a');
            }
            case Node.Seq s -> s.items().forEach(i -> generate(i, out));
            case Node.Choice c -> generate(c.branches().get(random.nextInt(c.branches().size())), out);
            case Repeat r -> {
                int times = Math.min(r.max(), r.min() + random.nextInt(4));
                for (int i = 0; i < times; i++) {
                    generate(r.body(), out);
                }
            }
            case Node.Capture c -> generate(c.body(), out);
            case Node.Atomic a -> generate(a.body(), out);
            case Node.Named n -> generate(n.body(), out);
            case Node.Look l -> { }
            case Node.Edge e -> { }
            case Node.Ref r -> { }
        }
    }
}
