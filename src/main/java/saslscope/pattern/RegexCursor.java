package saslscope.pattern;

import java.util.Locale;
import saslscope.definition.Location;
import saslscope.definition.Problem;
import saslscope.definition.Text;

/** A place in an expression, and what is read the same way inside brackets and outside: escapes. */
final class RegexCursor {
    private final Location start;
    final String text;
    int pos;

    RegexCursor(Text pattern) {
        this.text = pattern.value();
        this.start = pattern.at();
    }

    RegexParser.Refused refuse(int at, String what, String help) {
        return new RegexParser.Refused(Problem.error(start.plus(at), what, help));
    }

    boolean more() {
        return pos < text.length();
    }

    boolean take(String word) {
        if (text.startsWith(word, pos)) {
            pos += word.length();
            return true;
        }
        return false;
    }

    /** The class that an escape stands for; null, and nothing is passed, if it stands for a character. */
    ByteSet setEscape(int at) throws RegexParser.Refused {
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

    static ByteSet posix(String name) {
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
    int charEscape(int at) throws RegexParser.Refused {
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

    private int hex(int at, int digits) throws RegexParser.Refused {
        int end = Math.min(text.length(), pos + digits);
        String word = text.substring(pos, end);
        if (word.length() != digits || !word.matches("[0-9A-Fa-f]+")) {
            throw refuse(at, "'\\" + text.charAt(at + 1) + "' needs " + digits + " hexadecimal digits", "");
        }
        pos = end;
        return Integer.parseInt(word, 16);
    }
}
