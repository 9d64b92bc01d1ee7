package saslscope.pattern;

/** Parses what stands between brackets: {@code [a-z_]}. */
final class ClassParser {
    private final RegexCursor in;
    private final boolean anyCase;
    private final int at;

    /**
     * @param in      stands behind the opening bracket
     * @param at      the index of that bracket
     * @param anyCase if letters stand for both cases
     */
    ClassParser(RegexCursor in, int at, boolean anyCase) {
        this.in = in;
        this.at = at;
        this.anyCase = anyCase;
    }

    /** The set of bytes; the cursor is then behind the closing bracket. */
    ByteSet parse() throws RegexParser.Refused {
        boolean negated = in.take("^");
        ByteSet set = ByteSet.NONE;
        boolean first = true;
        while (first || !in.take("]")) {
            first = false;
            if (!in.more()) {
                throw in.refuse(at, "'[' without a ']'", "close it, or write \\[ for the character itself");
            }
            set = set.or(item());
        }
        set = anyCase ? set.anyCase() : set;
        return negated ? set.not() : set;
    }

    private ByteSet item() throws RegexParser.Refused {
        int from = in.pos;
        if (in.text.startsWith("[:", in.pos)) {
            int end = in.text.indexOf(":]", in.pos);
            String name = end < 0 ? "" : in.text.substring(in.pos + 2, end);
            ByteSet named = RegexCursor.posix(name.startsWith("^") ? name.substring(1) : name);
            if (named == null) {
                throw in.refuse(from, "unknown class '[:" + name + ":]'", "known: alnum alpha blank digit lower punct space upper word xdigit ...");
            }
            in.pos = end + 2;
            return name.startsWith("^") ? named.not() : named;
        }
        if (in.text.startsWith("&&", in.pos)) {
            throw in.refuse(from, "'&&' inside brackets is not supported", "write the characters out, or \\& for the character itself");
        }
        if (in.text.charAt(in.pos) == '[') {
            throw in.refuse(from, "a bare '[' inside brackets", "write \\[ for the character itself");
        }
        if (in.text.charAt(in.pos) == '\\' && in.pos + 1 < in.text.length()) {
            in.pos++;
            if (in.text.charAt(in.pos) == 'b') {
                in.pos++;
                return ByteSet.of('\b');
            }
            ByteSet set = in.setEscape(from);
            if (set != null) {
                return set;
            }
            in.pos--;
        }
        int low = member(from);
        if (in.text.startsWith("-", in.pos) && in.pos + 1 < in.text.length() && in.text.charAt(in.pos + 1) != ']') {
            in.pos++;
            int high = member(in.pos);
            if (high < low) {
                throw in.refuse(from, "the range ends below its start", "write \\- for the character itself");
            }
            return ByteSet.range(low, high);
        }
        return ByteSet.of(low);
    }

    private int member(int from) throws RegexParser.Refused {
        int point;
        if (in.take("\\")) {
            if (!in.more()) {
                throw in.refuse(at, "'[' without a ']'", "");
            }
            boolean raw = in.text.charAt(in.pos) == 'x';
            point = in.charEscape(from);
            if (raw) {
                return point;
            }
        } else {
            point = in.text.codePointAt(in.pos);
            in.pos += Character.charCount(point);
        }
        if (point > 127) {
            throw in.refuse(from, "a character outside ASCII inside brackets", "write it as an alternative: (?:a|b)");
        }
        return point;
    }
}
