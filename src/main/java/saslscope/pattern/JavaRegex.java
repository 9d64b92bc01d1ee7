package saslscope.pattern;

import java.util.regex.Pattern;

/**
 * Writes an expression as one of {@code java.util.regex}, for text where each character is a byte. Every class is written out and
 * every capture is a numbered group, so that no flag and no rule of Unicode has a say.
 */
final class JavaRegex {
    private final StringBuilder out = new StringBuilder();

    private JavaRegex() {
    }

    /** Group n is the n-th capture of {@link Nodes#fields}. */
    static Pattern compile(Node node) {
        return Pattern.compile(show(node));
    }

    /** The expression as people would write it; for messages. */
    static String show(Node node) {
        JavaRegex writer = new JavaRegex();
        writer.write(node);
        return writer.out.toString();
    }

    private void write(Node node) {
        switch (node) {
            case Node.Literal l -> {
                for (byte b : l.bytes()) {
                    character(b & 255);
                }
            }
            case Node.OneOf o -> set(o.set());
            case Node.Seq s -> s.items().forEach(this::write);
            case Node.Choice c -> {
                out.append("(?:");
                for (int i = 0; i < c.branches().size(); i++) {
                    out.append(i > 0 ? "|" : "");
                    write(c.branches().get(i));
                }
                out.append(')');
            }
            case Node.Repeat r -> repeat(r);
            case Node.Capture c -> {
                out.append('(');
                write(c.body());
                out.append(')');
            }
            case Node.Named n -> {
                out.append("(?:");
                write(n.body());
                out.append(')');
            }
            case Node.Atomic a -> wrap("(?>", a.body());
            case Node.Look l -> wrap("(?" + (l.ahead() ? "" : "<") + (l.negated() ? "!" : "="), l.body());
            case Node.Edge e -> out.append(switch (e.kind()) {
                case START -> "\\A";
                case END -> "\\z";
                case WORD -> "\\b";
                case NOT_WORD -> "\\B";
            });
            case Node.Ref r -> throw new IllegalStateException("unresolved reference to " + r.name());
        }
    }

    private void wrap(String open, Node body) {
        out.append(open);
        write(body);
        out.append(')');
    }

    private void repeat(Node.Repeat r) {
        wrap("(?:", r.body());
        if (r.min() == 0 && r.max() == 1) {
            out.append('?');
        } else if (r.max() == Node.Repeat.UNBOUNDED && r.min() < 2) {
            out.append(r.min() == 0 ? '*' : '+');
        } else {
            out.append('{').append(r.min()).append(',').append(r.max() == Node.Repeat.UNBOUNDED ? "" : r.max()).append('}');
        }
        out.append(switch (r.mode()) {
            case GREEDY -> "";
            case LAZY -> "?";
            case POSSESSIVE -> "+";
        });
    }

    private void set(ByteSet set) {
        out.append('[');
        // An empty class is not valid; this one is, and takes nothing.
        if (set.size() == 0) {
            out.append("\\x00&&[^\\x00]");
        }
        int i = 0;
        while (i < 256) {
            if (!set.has(i)) {
                i++;
                continue;
            }
            int from = i;
            while (i < 256 && set.has(i)) {
                i++;
            }
            character(from);
            if (i - 1 > from) {
                out.append('-');
                character(i - 1);
            }
        }
        out.append(']');
    }

    private void character(int c) {
        if (c < ' ' || c > '~') {
            out.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        } else {
            // A backslash before anything but a letter or digit makes it itself, in a class as well as outside.
            out.append(ByteSet.ALNUM.has(c) || " ,:;=_@/<>\"'%~".indexOf(c) >= 0 ? "" : "\\").append((char) c);
        }
    }
}
