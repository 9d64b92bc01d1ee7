package saslscope.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Expands {@code $name}, {@code ${name?text}}, {@code ${name:text}}, {@code ${{a} == {b} ? {x} : {y}}} as Postfix does
 * (util/mac_parse.c, util/mac_expand.c, global/compat_level.c).
 */
final class Expansion {
    private static final int DEEPEST = 100;
    private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "<", ">");
    private static final String SPACE = " \t\r\n";

    private final Function<String, String> lookup;
    private int depth;

    private Expansion(Function<String, String> lookup) {
        this.lookup = lookup;
    }

    /**
     * The text with its references replaced.
     *
     * @param lookup the unexpanded value of a name; null for one that is not defined
     * @return empty if Postfix would refuse the text
     */
    static Optional<String> of(String text, Function<String, String> lookup) {
        StringBuilder out = new StringBuilder();
        try {
            new Expansion(lookup).expand(text, out);
        } catch (Malformed e) {
            return Optional.empty();
        }
        return Optional.of(out.toString());
    }

    /** The text is not what Postfix understands. */
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed() {
            super(null, null, false, false);
        }
    }

    private void expand(String text, StringBuilder out) {
        if (++depth > DEEPEST) {
            throw new Malformed();
        }
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '$') {
                out.append(c);
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '$') {
                out.append('$');
                i += 2;
            } else {
                i = reference(text, i + 1, out);
            }
        }
        depth--;
    }

    private int reference(String text, int at, StringBuilder out) {
        int end;
        String inner;
        if (at < text.length() && (text.charAt(at) == '{' || text.charAt(at) == '(')) {
            end = close(text, at) + 1;
            inner = text.substring(at + 1, end - 1);
        } else {
            end = at;
            while (end < text.length() && word(text.charAt(end))) {
                end++;
            }
            inner = text.substring(at, end);
        }
        if (inner.isEmpty()) {
            throw new Malformed();
        }
        expression(inner, out);
        return end;
    }

    /** The position of what closes the bracket at {@code at}. */
    private static int close(String text, int at) {
        char open = text.charAt(at);
        char shut = open == '{' ? '}' : ')';
        int level = 0;
        for (int i = at; i < text.length(); i++) {
            if (text.charAt(i) == open) {
                level++;
            } else if (text.charAt(i) == shut && --level == 0) {
                return i;
            }
        }
        throw new Malformed();
    }

    private static boolean word(char c) {
        return c < 128 && Character.isLetterOrDigit(c) || c == '_';
    }

    private static int skip(String s, int at) {
        int i = at;
        while (i < s.length() && SPACE.indexOf(s.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private void expression(String s, StringBuilder out) {
        int at = skip(s, 0);
        String value;
        if (at < s.length() && s.charAt(at) == '{') {
            int left = close(s, at);
            int op = skip(s, left + 1);
            String operator = OPERATORS.stream().filter(o -> s.startsWith(o, op)).findFirst().orElseThrow(Malformed::new);
            int right = op + operator.length();
            boolean levels = s.startsWith("level", right);
            right = skip(s, levels ? right + 5 : right);
            if (right >= s.length() || s.charAt(right) != '{') {
                throw new Malformed();
            }
            int end = close(s, right);
            String a = expanded(s.substring(at + 1, left));
            String b = expanded(s.substring(right + 1, end));
            value = holds(levels ? levels(a, b) : compare(a, b), operator) ? "true" : "";
            at = skip(s, end + 1);
        } else {
            int end = at;
            while (end < s.length() && word(s.charAt(end))) {
                end++;
            }
            value = lookup.apply(s.substring(at, end));
            at = skip(s, end);
        }
        if (at == s.length()) {
            if (value != null) {
                expand(value, out);
            }
            return;
        }
        boolean filled = value != null && !value.isEmpty();
        char choice = s.charAt(at);
        if (choice != '?' && choice != ':') {
            throw new Malformed();
        }
        at++;
        if (choice == '?') {
            at = operand(s, at, filled, out);
            if (at == s.length()) {
                return;
            }
            if (s.charAt(at) != ':') {
                throw new Malformed();
            }
            at++;
        }
        if (operand(s, at, !filled, out) != s.length()) {
            throw new Malformed();
        }
    }

    /** An operand in braces, or the rest; where it ends. */
    private int operand(String s, int from, boolean wanted, StringBuilder out) {
        int at = skip(s, from);
        boolean braces = at < s.length() && s.charAt(at) == '{';
        int end = braces ? close(s, at) : s.length();
        if (wanted) {
            expand(s.substring(braces ? at + 1 : from, end), out);
        }
        return braces ? skip(s, end + 1) : end;
    }

    private String expanded(String text) {
        StringBuilder b = new StringBuilder();
        expand(text, b);
        return b.toString();
    }

    private static int compare(String a, String b) {
        return digits(a) && digits(b) ? Long.compare(number(a), number(b)) : a.compareTo(b);
    }

    private static boolean digits(String s) {
        return !s.isEmpty() && s.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long number(String s) {
        if (s.length() > 18) {
            throw new Malformed();
        }
        return Long.parseLong(s);
    }

    /** Compares {@code 3.6} with {@code 2}: by major, minor and patch number. */
    static int levels(String a, String b) {
        String[] x = a.strip().split("\\.");
        String[] y = b.strip().split("\\.");
        for (int i = 0; i < 3; i++) {
            String p = i < x.length ? x[i] : "0";
            String q = i < y.length ? y[i] : "0";
            if (!digits(p) || !digits(q)) {
                throw new Malformed();
            }
            int d = Long.compare(number(p), number(q));
            if (d != 0) {
                return d;
            }
        }
        return 0;
    }

    private static boolean holds(int order, String operator) {
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<=" -> order <= 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            default -> order > 0;
        };
    }
}
