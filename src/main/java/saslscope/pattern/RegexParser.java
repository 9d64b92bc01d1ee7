package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import saslscope.definition.Problem;
import saslscope.definition.Text;
import saslscope.pattern.Node.Edge;
import saslscope.pattern.Node.Mode;
import saslscope.pattern.Node.Repeat;

/**
 * Parses a grok expression: Oniguruma's syntax as far as it makes sense on bytes, and {@code %{NAME:field:type}}. What it does not
 * know it refuses, at the place where it stands; nothing is read as something else.
 *
 * <p>{@code \w \d \s \b} and POSIX classes mean ASCII; {@code \h} is a hexadecimal digit as in Oniguruma; {@code .} takes any byte;
 * {@code ^} and {@code $} are the ends of the message. Plain groups capture nothing. A type behind a field is ignored: values are text.
 */
final class RegexParser {
    private static final int DEEPEST = 60;
    private static final int LARGEST_COUNT = 1000;

    /** Characters that stand for themselves wherever they are. */
    private static final ByteSet PLAIN = ByteSet.ALNUM.or(ByteSet.of(' ')).or(ByteSet.of(':')).or(ByteSet.of(',')).or(ByteSet.of('='))
        .or(ByteSet.of('_')).or(ByteSet.of('-')).or(ByteSet.of('/')).or(ByteSet.of('<')).or(ByteSet.of('>')).or(ByteSet.of(';'));

    private final RegexCursor in;
    private final String text;
    private int depth;
    private boolean anyCase;

    private RegexParser(Text pattern) {
        this.in = new RegexCursor(pattern);
        this.text = pattern.value();
    }

    /** The expression is refused. */
    static final class Refused extends Exception {
        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.what(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    static Node parse(Text pattern) throws Refused {
        RegexParser parser = new RegexParser(pattern);
        Node node = parser.choice();
        if (parser.in.pos < parser.text.length()) {
            throw parser.in.refuse(parser.in.pos, "')' without a '('", "write \\) for the character itself");
        }
        return node;
    }

    private Node choice() throws Refused {
        if (++depth > DEEPEST) {
            throw in.refuse(in.pos, "groups are nested too deeply", "");
        }
        boolean outer = anyCase;
        List<Node> branches = new ArrayList<>();
        branches.add(sequence());
        while (in.take("|")) {
            branches.add(sequence());
        }
        anyCase = outer;
        depth--;
        return branches.size() == 1 ? branches.getFirst() : new Node.Choice(List.copyOf(branches));
    }

    private Node sequence() throws Refused {
        List<Node> items = new ArrayList<>();
        while (in.more() && text.charAt(in.pos) != '|' && text.charAt(in.pos) != ')') {
            int end = anyCase ? in.pos : endOfPlain();
            if (end > in.pos) {
                items.add(new Node.Literal(text.substring(in.pos, end).getBytes(StandardCharsets.UTF_8)));
                in.pos = end;
                continue;
            }
            int at = in.pos;
            Node atom = atom();
            if (atom != null) {
                items.add(quantified(atom, at));
            }
        }
        return Nodes.seq(items);
    }

    /** Behind the plain ASCII characters at the current place; the last one is left out if it may be repeated. */
    private int endOfPlain() {
        int end = in.pos;
        while (end < text.length() && PLAIN.has(text.charAt(end)) && text.charAt(end) < 128) {
            end++;
        }
        boolean repeated = end < text.length() && "*+?{".indexOf(text.charAt(end)) >= 0;
        return repeated ? end - 1 : end;
    }

    private Node quantified(Node atom, int at) throws Refused {
        Node node = atom;
        while (in.more()) {
            int from = in.pos;
            int[] range = quantifier();
            if (range == null) {
                return node;
            }
            if (node instanceof Edge || node instanceof Node.Look) {
                throw in.refuse(from, "nothing here that could be repeated", "write \\" + text.charAt(from) + " for the character itself");
            }
            boolean braces = text.charAt(from) == '{';
            // Behind braces, Oniguruma reads + as another repetition, not as possessive.
            Mode mode = in.take("?") ? Mode.LAZY : !braces && in.take("+") ? Mode.POSSESSIVE : Mode.GREEDY;
            node = new Repeat(node, range[0], range[1], mode, at);
        }
        return node;
    }

    /** The range of the quantifier at the current place, which is then passed; null if there is none. */
    private int[] quantifier() throws Refused {
        switch (text.charAt(in.pos)) {
            case '*':
                in.pos++;
                return new int[] {0, Repeat.UNBOUNDED};
            case '+':
                in.pos++;
                return new int[] {1, Repeat.UNBOUNDED};
            case '?':
                in.pos++;
                return new int[] {0, 1};
            case '{':
                return braces();
            default:
                return null;
        }
    }

    private int[] braces() throws Refused {
        int close = text.indexOf('}', in.pos);
        String inner = close < 0 ? "" : text.substring(in.pos + 1, close);
        int comma = inner.indexOf(',');
        boolean digits = !inner.isEmpty() && !inner.equals(",")
            && inner.chars().allMatch(c -> c == ',' || c >= '0' && c <= '9') && comma == inner.lastIndexOf(',');
        if (!digits) {
            return null;
        }
        String low = comma < 0 ? inner : inner.substring(0, comma);
        String high = comma < 0 ? inner : inner.substring(comma + 1);
        int min = low.isEmpty() ? 0 : count(low);
        int max = high.isEmpty() ? Repeat.UNBOUNDED : count(high);
        if (max < min) {
            throw in.refuse(in.pos, "the repetition ends below its start", "write {least,most}");
        }
        in.pos = close + 1;
        return new int[] {min, max};
    }

    private int count(String digits) throws Refused {
        int count = digits.length() > 4 ? LARGEST_COUNT + 1 : Integer.parseInt(digits);
        if (count > LARGEST_COUNT) {
            throw in.refuse(in.pos, "more than " + LARGEST_COUNT + " repetitions", "use * or + instead");
        }
        return count;
    }

    /** One atom; null if it stands for nothing (a comment, a flag). */
    private Node atom() throws Refused {
        int at = in.pos;
        char c = text.charAt(in.pos++);
        switch (c) {
            case '(':
                return group(at);
            case '[':
                return new Node.OneOf(new ClassParser(in, at, anyCase).parse());
            case '.':
                return new Node.OneOf(ByteSet.ALL);
            case '^':
                return new Edge(Edge.Kind.START);
            case '$':
                return new Edge(Edge.Kind.END);
            case '\\':
                return escape(at);
            case '*', '+', '?':
                throw in.refuse(at, "nothing here that could be repeated", "write \\" + c + " for the character itself");
            case '%':
                return text.startsWith("{", in.pos) ? reference(at) : literal('%');
            default:
                int point = text.codePointAt(at);
                in.pos = at + Character.charCount(point);
                return literal(point);
        }
    }

    private Node literal(int point) {
        if (anyCase && point < 128 && ByteSet.ALPHA.has(point)) {
            return new Node.OneOf(ByteSet.of(point).anyCase());
        }
        return new Node.Literal(Character.toString(point).getBytes(StandardCharsets.UTF_8));
    }

    private Node group(int at) throws Refused {
        if (in.take("?#")) {
            int close = text.indexOf(')', in.pos);
            if (close < 0) {
                throw in.refuse(at, "the comment has no end", "close it with )");
            }
            in.pos = close + 1;
            return null;
        }
        if (!in.take("?")) {
            return closed(at, choice());
        }
        if (in.take(":")) {
            return closed(at, choice());
        }
        if (in.take(">")) {
            return new Node.Atomic(closed(at, choice()));
        }
        if (in.take("=")) {
            return new Node.Look(closed(at, choice()), true, false);
        }
        if (in.take("!")) {
            return new Node.Look(closed(at, choice()), true, true);
        }
        if (in.take("<=")) {
            return new Node.Look(closed(at, choice()), false, false);
        }
        if (in.take("<!")) {
            return new Node.Look(closed(at, choice()), false, true);
        }
        if (in.take("<") || in.take("P<")) {
            return capture(at, '>');
        }
        if (in.take("'")) {
            return capture(at, '\'');
        }
        return flags(at);
    }

    private Node capture(int at, char close) throws Refused {
        int end = text.indexOf(close, in.pos);
        String field = end < 0 ? "" : Nodes.fieldName(text.substring(in.pos, end));
        if (field.isEmpty()) {
            throw in.refuse(at, "the group's name can't be read", "write (?<name>...)");
        }
        in.pos = end + 1;
        return new Node.Capture(field, closed(at, choice()), at);
    }

    private Node flags(int at) throws Refused {
        boolean on = true;
        boolean fold = anyCase;
        while (in.more()) {
            char c = text.charAt(in.pos++);
            switch (c) {
                case '-' -> on = false;
                case 'i' -> fold = on;
                // A message is one line, and . takes any byte: these change nothing.
                case 'm', 's' -> { }
                case ':' -> {
                    boolean outer = anyCase;
                    anyCase = fold;
                    Node body = closed(at, choice());
                    anyCase = outer;
                    return body;
                }
                case ')' -> {
                    anyCase = fold;
                    return null;
                }
                default -> throw in.refuse(at, "'(?" + c + "' is not supported here",
                    "known: (?:...) (?<field>...) (?>...) (?=...) (?!...) (?<=...) (?<!...) (?i) (?i:...) (?#...)");
            }
        }
        throw in.refuse(at, "'(' without a ')'", "");
    }

    private Node closed(int at, Node body) throws Refused {
        if (!in.take(")")) {
            throw in.refuse(at, "'(' without a ')'", "close it, or write \\( for the character itself");
        }
        return body;
    }

    private Node reference(int at) throws Refused {
        int end = text.indexOf('}', in.pos);
        String inner = end < 0 ? "" : text.substring(in.pos + 1, end);
        int colon = inner.indexOf(':');
        int type = colon < 0 ? -1 : inner.indexOf(':', colon + 1);
        String name = colon < 0 ? inner : inner.substring(0, colon);
        String field = colon < 0 ? "" : Nodes.fieldName(inner.substring(colon + 1, type < 0 ? inner.length() : type));
        if (Nodes.fieldName(name).isEmpty() || colon >= 0 && field.isEmpty()) {
            throw in.refuse(at, "the reference can't be read", "write %{NAME}, %{NAME:field} or %{NAME:field:type}");
        }
        in.pos = end + 1;
        return new Node.Ref(name, field, at);
    }

    private Node escape(int at) throws Refused {
        if (!in.more()) {
            throw in.refuse(at, "a backslash at the end", "write \\\\ for the character itself");
        }
        switch (text.charAt(in.pos)) {
            case 'b':
                in.pos++;
                return new Edge(Edge.Kind.WORD);
            case 'B':
                in.pos++;
                return new Edge(Edge.Kind.NOT_WORD);
            case 'A':
                in.pos++;
                return new Edge(Edge.Kind.START);
            case 'z', 'Z':
                in.pos++;
                return new Edge(Edge.Kind.END);
            default:
                ByteSet set = in.setEscape(at);
                if (set != null) {
                    return new Node.OneOf(set);
                }
                return literal(in.charEscape(at));
        }
    }
}
