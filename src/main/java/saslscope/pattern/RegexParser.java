package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import saslscope.definition.Location;
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

    private final String text;
    private final Location start;
    private int pos;
    private int depth;
    private boolean anyCase;

    private RegexParser(Text pattern) {
        this.text = pattern.value();
        this.start = pattern.at();
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
        if (parser.pos < parser.text.length()) {
            throw parser.refuse(parser.pos, "')' without a '('", "write \\) for the character itself");
        }
        return node;
    }

    private Refused refuse(int at, String what, String help) {
        return new Refused(Problem.error(start.plus(at), what, help));
    }

    private boolean more() {
        return pos < text.length();
    }

    private boolean take(String word) {
        if (text.startsWith(word, pos)) {
            pos += word.length();
            return true;
        }
        return false;
    }

    private Node choice() throws Refused {
        if (++depth > DEEPEST) {
            throw refuse(pos, "groups are nested too deeply", "");
        }
        boolean outer = anyCase;
        List<Node> branches = new ArrayList<>();
        branches.add(sequence());
        while (take("|")) {
            branches.add(sequence());
        }
        anyCase = outer;
        depth--;
        return branches.size() == 1 ? branches.getFirst() : new Node.Choice(List.copyOf(branches));
    }

    private Node sequence() throws Refused {
        List<Node> items = new ArrayList<>();
        while (more() && text.charAt(pos) != '|' && text.charAt(pos) != ')') {
            int end = anyCase ? pos : endOfPlain();
            if (end > pos) {
                items.add(new Node.Literal(text.substring(pos, end).getBytes(StandardCharsets.UTF_8)));
                pos = end;
                continue;
            }
            int at = pos;
            Node atom = atom();
            if (atom != null) {
                items.add(quantified(atom, at));
            }
        }
        return Nodes.seq(items);
    }

    /** Behind the plain ASCII characters at the current place; the last one is left out if it may be repeated. */
    private int endOfPlain() {
        int end = pos;
        while (end < text.length() && PLAIN.has(text.charAt(end)) && text.charAt(end) < 128) {
            end++;
        }
        boolean repeated = end < text.length() && "*+?{".indexOf(text.charAt(end)) >= 0;
        return repeated ? end - 1 : end;
    }

    private Node quantified(Node atom, int at) throws Refused {
        Node node = atom;
        while (more()) {
            int from = pos;
            int[] range = quantifier();
            if (range == null) {
                return node;
            }
            if (node instanceof Edge || node instanceof Node.Look) {
                throw refuse(from, "nothing here that could be repeated", "write \\" + text.charAt(from) + " for the character itself");
            }
            boolean braces = text.charAt(from) == '{';
            // Behind braces, Oniguruma reads + as another repetition, not as possessive.
            Mode mode = take("?") ? Mode.LAZY : !braces && take("+") ? Mode.POSSESSIVE : Mode.GREEDY;
            node = new Repeat(node, range[0], range[1], mode, at);
        }
        return node;
    }

    /** The range of the quantifier at the current place, which is then passed; null if there is none. */
    private int[] quantifier() throws Refused {
        switch (text.charAt(pos)) {
            case '*':
                pos++;
                return new int[] {0, Repeat.UNBOUNDED};
            case '+':
                pos++;
                return new int[] {1, Repeat.UNBOUNDED};
            case '?':
                pos++;
                return new int[] {0, 1};
            case '{':
                return braces();
            default:
                return null;
        }
    }

    private int[] braces() throws Refused {
        int close = text.indexOf('}', pos);
        String inner = close < 0 ? "" : text.substring(pos + 1, close);
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
            throw refuse(pos, "the repetition ends below its start", "write {least,most}");
        }
        pos = close + 1;
        return new int[] {min, max};
    }

    private int count(String digits) throws Refused {
        int count = digits.length() > 4 ? LARGEST_COUNT + 1 : Integer.parseInt(digits);
        if (count > LARGEST_COUNT) {
            throw refuse(pos, "more than " + LARGEST_COUNT + " repetitions", "use * or + instead");
        }
        return count;
    }

    /** One atom; null if it stands for nothing (a comment, a flag). */
    private Node atom() throws Refused {
        int at = pos;
        char c = text.charAt(pos++);
        switch (c) {
            case '(':
                return group(at);
            case '[':
                return new Node.OneOf(new ClassParser(at).parse());
            case '.':
                return new Node.OneOf(ByteSet.ALL);
            case '^':
                return new Edge(Edge.Kind.START);
            case '$':
                return new Edge(Edge.Kind.END);
            case '\\':
                return escape(at);
            case '*', '+', '?':
                throw refuse(at, "nothing here that could be repeated", "write \\" + c + " for the character itself");
            case '%':
                return text.startsWith("{", pos) ? reference(at) : literal('%');
            default:
                int point = text.codePointAt(at);
                pos = at + Character.charCount(point);
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
        if (take("?#")) {
            int close = text.indexOf(')', pos);
            if (close < 0) {
                throw refuse(at, "the comment has no end", "close it with )");
            }
            pos = close + 1;
            return null;
        }
        if (!take("?")) {
            return closed(at, choice());
        }
        if (take(":")) {
            return closed(at, choice());
        }
        if (take(">")) {
            return new Node.Atomic(closed(at, choice()));
        }
        if (take("=")) {
            return new Node.Look(closed(at, choice()), true, false);
        }
        if (take("!")) {
            return new Node.Look(closed(at, choice()), true, true);
        }
        if (take("<=")) {
            return new Node.Look(closed(at, choice()), false, false);
        }
        if (take("<!")) {
            return new Node.Look(closed(at, choice()), false, true);
        }
        if (take("<") || take("P<")) {
            return capture(at, '>');
        }
        if (take("'")) {
            return capture(at, '\'');
        }
        return flags(at);
    }

    private Node capture(int at, char close) throws Refused {
        int end = text.indexOf(close, pos);
        String field = end < 0 ? "" : Nodes.fieldName(text.substring(pos, end));
        if (field.isEmpty()) {
            throw refuse(at, "the group's name can't be read", "write (?<name>...)");
        }
        pos = end + 1;
        return new Node.Capture(field, closed(at, choice()), at);
    }

    private Node flags(int at) throws Refused {
        boolean on = true;
        boolean fold = anyCase;
        while (more()) {
            char c = text.charAt(pos++);
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
                default -> throw refuse(at, "'(?" + c + "' is not supported here",
                    "known: (?:...) (?<field>...) (?>...) (?=...) (?!...) (?<=...) (?<!...) (?i) (?i:...) (?#...)");
            }
        }
        throw refuse(at, "'(' without a ')'", "");
    }

    private Node closed(int at, Node body) throws Refused {
        if (!take(")")) {
            throw refuse(at, "'(' without a ')'", "close it, or write \\( for the character itself");
        }
        return body;
    }

    private Node reference(int at) throws Refused {
        int end = text.indexOf('}', pos);
        String inner = end < 0 ? "" : text.substring(pos + 1, end);
        int colon = inner.indexOf(':');
        int type = colon < 0 ? -1 : inner.indexOf(':', colon + 1);
        String name = colon < 0 ? inner : inner.substring(0, colon);
        String field = colon < 0 ? "" : Nodes.fieldName(inner.substring(colon + 1, type < 0 ? inner.length() : type));
        if (Nodes.fieldName(name).isEmpty() || colon >= 0 && field.isEmpty()) {
            throw refuse(at, "the reference can't be read", "write %{NAME}, %{NAME:field} or %{NAME:field:type}");
        }
        pos = end + 1;
        return new Node.Ref(name, field, at);
    }

    private Node escape(int at) throws Refused {
        if (!more()) {
            throw refuse(at, "a backslash at the end", "write \\\\ for the character itself");
        }
        switch (text.charAt(pos)) {
            case 'b':
                pos++;
                return new Edge(Edge.Kind.WORD);
            case 'B':
                pos++;
                return new Edge(Edge.Kind.NOT_WORD);
            case 'A':
                pos++;
                return new Edge(Edge.Kind.START);
            case 'z', 'Z':
                pos++;
                return new Edge(Edge.Kind.END);
            default:
                ByteSet set = setEscape(at);
                if (set != null) {
                    return new Node.OneOf(set);
                }
                return literal(charEscape(at));
        }
    }

    /** The class that an escape stands for; null, and nothing is passed, if it stands for a character. */
    private ByteSet setEscape(int at) throws Refused {
        char c = text.charAt(pos);
        ByteSet set = switch (Character.toLowerCase(c)) {
            case 'd' -> ByteSet.DIGIT;
            case 'w' -> ByteSet.WORD;
            case 's' -> ByteSet.SPACE;
            case 'h' -> ByteSet.HEX;
            default -> null;
        };
        if (set != null) {
            pos++;
            return Character.isUpperCase(c) ? set.not() : set;
        }
        if (c == 'p' && text.startsWith("{", pos + 1)) {
            int end = text.indexOf('}', pos);
            String name = end < 0 ? "" : text.substring(pos + 2, end);
            boolean negated = name.startsWith("^");
            ByteSet named = posix(negated ? name.substring(1) : name);
            if (named != null) {
                pos = end + 1;
                return negated ? named.not() : named;
            }
            throw refuse(at, "unknown class '\\p{" + name + "}'", "use ASCII names such as \\p{Alnum}, or [...]");
        }
        return null;
    }

    private static ByteSet posix(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "alnum" -> ByteSet.ALNUM;
            case "alpha" -> ByteSet.ALPHA;
            case "ascii" -> ByteSet.range(0, 127);
            case "blank" -> ByteSet.BLANK;
            case "cntrl" -> ByteSet.CONTROL;
            case "digit" -> ByteSet.DIGIT;
            case "graph" -> ByteSet.GRAPH;
            case "lower" -> ByteSet.LOWER;
            case "print" -> ByteSet.GRAPH.or(ByteSet.of(' '));
            case "punct" -> ByteSet.PUNCT;
            case "space" -> ByteSet.SPACE;
            case "upper" -> ByteSet.UPPER;
            case "word" -> ByteSet.WORD;
            case "xdigit" -> ByteSet.HEX;
            default -> null;
        };
    }

    /** The character that an escape stands for; {@code pos} is behind the backslash. */
    private int charEscape(int at) throws Refused {
        int point = text.codePointAt(pos);
        pos += Character.charCount(point);
        return switch (point) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> 0x0b;
            case 'a' -> 0x07;
            case 'e' -> 0x1b;
            case 'x' -> hex(at, 2);
            case 'u' -> hex(at, 4);
            case '0' -> 0;
            default -> {
                if (point < 128 && ByteSet.ALNUM.has(point)) {
                    String what = ByteSet.DIGIT.has(point) || point == 'k' ? "references back to a group are not supported"
                        : "'\\" + (char) point + "' is not supported here";
                    throw refuse(at, what, "write the expression out, or " + (char) point + " for the character itself");
                }
                yield point;
            }
        };
    }

    private int hex(int at, int digits) throws Refused {
        int end = Math.min(text.length(), pos + digits);
        String word = text.substring(pos, end);
        if (word.length() != digits || !word.matches("[0-9A-Fa-f]+")) {
            throw refuse(at, "'\\" + text.charAt(at + 1) + "' needs " + digits + " hexadecimal digits", "");
        }
        pos = end;
        return Integer.parseInt(word, 16);
    }

    /** Parses what stands between brackets. */
    private final class ClassParser {
        private final int at;

        ClassParser(int at) {
            this.at = at;
        }

        ByteSet parse() throws Refused {
            boolean negated = take("^");
            ByteSet set = ByteSet.NONE;
            boolean first = true;
            while (first || !take("]")) {
                first = false;
                if (!more()) {
                    throw refuse(at, "'[' without a ']'", "close it, or write \\[ for the character itself");
                }
                set = set.or(item());
            }
            set = anyCase ? set.anyCase() : set;
            return negated ? set.not() : set;
        }

        private ByteSet item() throws Refused {
            int from = pos;
            if (text.startsWith("[:", pos)) {
                int end = text.indexOf(":]", pos);
                String name = end < 0 ? "" : text.substring(pos + 2, end);
                ByteSet named = posix(name.startsWith("^") ? name.substring(1) : name);
                if (named == null) {
                    throw refuse(from, "unknown class '[:" + name + ":]'", "known: alnum alpha blank digit lower punct space upper word xdigit ...");
                }
                pos = end + 2;
                return name.startsWith("^") ? named.not() : named;
            }
            if (text.startsWith("&&", pos)) {
                throw refuse(from, "'&&' inside brackets is not supported", "write the characters out, or \\& for the character itself");
            }
            if (text.charAt(pos) == '[') {
                throw refuse(from, "a bare '[' inside brackets", "write \\[ for the character itself");
            }
            if (text.charAt(pos) == '\\' && pos + 1 < text.length()) {
                pos++;
                if (text.charAt(pos) == 'b') {
                    pos++;
                    return ByteSet.of('\b');
                }
                ByteSet set = setEscape(from);
                if (set != null) {
                    return set;
                }
                pos--;
            }
            int low = member(from);
            if (text.startsWith("-", pos) && pos + 1 < text.length() && text.charAt(pos + 1) != ']') {
                pos++;
                int high = member(pos);
                if (high < low) {
                    throw refuse(from, "the range ends below its start", "write \\- for the character itself");
                }
                return ByteSet.range(low, high);
            }
            return ByteSet.of(low);
        }

        private int member(int from) throws Refused {
            int point;
            if (take("\\")) {
                if (!more()) {
                    throw refuse(at, "'[' without a ']'", "");
                }
                boolean raw = text.charAt(pos) == 'x';
                point = charEscape(from);
                if (raw) {
                    return point;
                }
            } else {
                point = text.codePointAt(pos);
                pos += Character.charCount(point);
            }
            if (point > 127) {
                throw refuse(from, "a character outside ASCII inside brackets", "write it as an alternative: (?:a|b)");
            }
            return point;
        }
    }
}
