package saslscope.pattern;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import saslscope.pattern.Node.Capture;
import saslscope.pattern.Node.Choice;
import saslscope.pattern.Node.Edge;
import saslscope.pattern.Node.Literal;
import saslscope.pattern.Node.Named;
import saslscope.pattern.Node.OneOf;
import saslscope.pattern.Node.Repeat;
import saslscope.pattern.Node.Seq;

/** Small questions to expressions. */
final class Nodes {
    private Nodes() {
    }

    /** The items one after the other; neighbouring literals are joined. */
    static Node seq(List<Node> items) {
        List<Node> joined = new ArrayList<>();
        for (Node item : items) {
            if (item instanceof Seq inner) {
                inner.items().forEach(i -> append(joined, i));
            } else {
                append(joined, item);
            }
        }
        return joined.size() == 1 ? joined.getFirst() : new Seq(List.copyOf(joined));
    }

    private static void append(List<Node> items, Node item) {
        if (item instanceof Literal right && !items.isEmpty() && items.getLast() instanceof Literal left) {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(left.bytes());
            both.writeBytes(right.bytes());
            items.set(items.size() - 1, new Literal(both.toByteArray()));
        } else {
            items.add(item);
        }
    }

    /** A field name as grok writes it ({@code a.b}, {@code [a][b]}, {@code @a}), with dots; empty if it is none. */
    static String fieldName(String text) {
        String name = text.startsWith("[") && text.endsWith("]")
            ? text.substring(1, text.length() - 1).replace("][", ".") : text;
        boolean plain = !name.isEmpty() && name.charAt(0) != '.' && name.charAt(0) != '-';
        for (int i = 0; i < name.length() && plain; i++) {
            char c = name.charAt(i);
            plain = c < 128 && (ByteSet.WORD.has(c) || c == '@' || c == '.' || c == '-');
        }
        return plain ? name : "";
    }

    /** The single byte class that a node is; null if it is something else. */
    static ByteSet single(Node node) {
        return switch (node) {
            case OneOf one -> one.set();
            case Literal l -> l.bytes().length == 1 ? ByteSet.of(l.bytes()[0] & 255) : null;
            case Named n -> single(n.body());
            case Seq s -> s.items().size() == 1 ? single(s.items().getFirst()) : null;
            case Choice c -> {
                ByteSet all = ByteSet.NONE;
                for (Node branch : c.branches()) {
                    ByteSet set = single(branch);
                    if (set == null) {
                        yield null;
                    }
                    all = all.or(set);
                }
                yield all;
            }
            case Repeat r -> r.min() == 1 && r.max() == 1 ? single(r.body()) : null;
            case Capture c -> null;
            case Node.Atomic a -> single(a.body());
            case Node.Look l -> null;
            case Edge e -> null;
            case Node.Ref r -> null;
        };
    }

    /** True if the node can match without taking a byte. */
    static boolean nullable(Node node) {
        return switch (node) {
            case OneOf one -> false;
            case Literal l -> false;
            case Named n -> nullable(n.body());
            case Seq s -> s.items().stream().allMatch(Nodes::nullable);
            case Choice c -> c.branches().stream().anyMatch(Nodes::nullable);
            case Repeat r -> r.min() == 0 || nullable(r.body());
            case Capture c -> nullable(c.body());
            case Node.Atomic a -> nullable(a.body());
            case Node.Look l -> true;
            case Edge e -> true;
            case Node.Ref r -> true;
        };
    }

    /** True if every look back is over a limited number of bytes, as {@code java.util.regex} demands. */
    static boolean looksBackABit(Node node) {
        return switch (node) {
            case Node.Look l -> (l.ahead() || bounded(l.body())) && looksBackABit(l.body());
            case Named n -> looksBackABit(n.body());
            case Seq s -> s.items().stream().allMatch(Nodes::looksBackABit);
            case Choice c -> c.branches().stream().allMatch(Nodes::looksBackABit);
            case Repeat r -> looksBackABit(r.body());
            case Capture c -> looksBackABit(c.body());
            case Node.Atomic a -> looksBackABit(a.body());
            case OneOf one -> true;
            case Literal l -> true;
            case Edge e -> true;
            case Node.Ref r -> true;
        };
    }

    private static boolean bounded(Node node) {
        return switch (node) {
            case Repeat r -> r.max() != Repeat.UNBOUNDED && bounded(r.body());
            case Named n -> bounded(n.body());
            case Seq s -> s.items().stream().allMatch(Nodes::bounded);
            case Choice c -> c.branches().stream().allMatch(Nodes::bounded);
            case Capture c -> bounded(c.body());
            case Node.Atomic a -> bounded(a.body());
            case Node.Look l -> true;
            case OneOf one -> true;
            case Literal l -> true;
            case Edge e -> true;
            case Node.Ref r -> true;
        };
    }

    /** How many bytes the node takes, if always the same number; else -1. */
    static int width(Node node) {
        return switch (node) {
            case OneOf one -> 1;
            case Literal l -> l.bytes().length;
            case Named n -> width(n.body());
            case Seq s -> {
                int sum = 0;
                for (Node item : s.items()) {
                    int w = width(item);
                    if (w < 0) {
                        yield -1;
                    }
                    sum += w;
                }
                yield sum;
            }
            case Choice c -> {
                int w = width(c.branches().getFirst());
                yield c.branches().stream().allMatch(b -> width(b) == w) ? w : -1;
            }
            case Repeat r -> r.min() == r.max() && width(r.body()) >= 0 ? r.min() * width(r.body()) : -1;
            case Capture c -> width(c.body());
            case Node.Atomic a -> width(a.body());
            case Node.Look l -> 0;
            case Edge e -> 0;
            case Node.Ref r -> -1;
        };
    }

    /** The field of each capture, in the order in which they open. */
    static List<String> fields(Node node) {
        List<String> fields = new ArrayList<>();
        collect(node, fields);
        return List.copyOf(fields);
    }

    private static void collect(Node node, List<String> fields) {
        switch (node) {
            case Capture c -> {
                fields.add(c.field());
                collect(c.body(), fields);
            }
            case Named n -> collect(n.body(), fields);
            case Seq s -> s.items().forEach(i -> collect(i, fields));
            case Choice c -> c.branches().forEach(b -> collect(b, fields));
            case Repeat r -> collect(r.body(), fields);
            case Node.Atomic a -> collect(a.body(), fields);
            case Node.Look l -> collect(l.body(), fields);
            case OneOf one -> { }
            case Literal l -> { }
            case Edge e -> { }
            case Node.Ref r -> { }
        }
    }

    /** How many captures there are. */
    static int captures(Node node) {
        return switch (node) {
            case OneOf one -> 0;
            case Literal l -> 0;
            case Named n -> captures(n.body());
            case Seq s -> captures(s.items());
            case Choice c -> captures(c.branches());
            case Repeat r -> captures(r.body());
            case Capture c -> 1 + captures(c.body());
            case Node.Atomic a -> captures(a.body());
            case Node.Look l -> captures(l.body());
            case Edge e -> 0;
            case Node.Ref r -> 0;
        };
    }

    static int captures(List<Node> nodes) {
        int sum = 0;
        for (Node node : nodes) {
            sum += captures(node);
        }
        return sum;
    }

    /** Every byte that the node can take. */
    static ByteSet alphabet(Node node) {
        return switch (node) {
            case OneOf one -> one.set();
            case Literal l -> {
                ByteSet set = ByteSet.NONE;
                for (byte b : l.bytes()) {
                    set = set.or(ByteSet.of(b & 255));
                }
                yield set;
            }
            case Named n -> alphabet(n.body());
            case Seq s -> union(s.items());
            case Choice c -> union(c.branches());
            case Repeat r -> alphabet(r.body());
            case Capture c -> alphabet(c.body());
            case Node.Atomic a -> alphabet(a.body());
            case Node.Look l -> ByteSet.NONE;
            case Edge e -> ByteSet.NONE;
            case Node.Ref r -> ByteSet.ALL;
        };
    }

    private static ByteSet union(List<Node> nodes) {
        ByteSet set = ByteSet.NONE;
        for (Node node : nodes) {
            set = set.or(alphabet(node));
        }
        return set;
    }

    /** True if every match starts at the start of the message. */
    static boolean anchoredAtStart(Node node) {
        return switch (node) {
            case Edge e -> e.kind() == Edge.Kind.START;
            case Named n -> anchoredAtStart(n.body());
            case Seq s -> !s.items().isEmpty() && anchoredAtStart(s.items().getFirst());
            case Choice c -> c.branches().stream().allMatch(Nodes::anchoredAtStart);
            case Capture c -> anchoredAtStart(c.body());
            case Node.Atomic a -> anchoredAtStart(a.body());
            case Repeat r -> r.min() > 0 && anchoredAtStart(r.body());
            case OneOf one -> false;
            case Literal l -> false;
            case Node.Look l -> false;
            case Node.Ref r -> false;
        };
    }

    /** True if every match ends at the end of the message. */
    static boolean anchoredAtEnd(Node node) {
        return switch (node) {
            case Edge e -> e.kind() == Edge.Kind.END;
            case Named n -> anchoredAtEnd(n.body());
            case Seq s -> !s.items().isEmpty() && anchoredAtEnd(s.items().getLast());
            case Choice c -> c.branches().stream().allMatch(Nodes::anchoredAtEnd);
            case Capture c -> anchoredAtEnd(c.body());
            case Node.Atomic a -> anchoredAtEnd(a.body());
            case Repeat r -> r.min() > 0 && anchoredAtEnd(r.body());
            case OneOf one -> false;
            case Literal l -> false;
            case Node.Look l -> false;
            case Node.Ref r -> false;
        };
    }
}
