package saslscope.live;

import java.util.Locale;

/**
 * Makes text from a log harmless for a terminal, and visible: what has no glyph of its own, or changes how other text
 * is shown, is written as an escape. Escapes of bytes look like {@code \x1b}, those of characters like
 * {@code <U+202E>}. Everything else stays as it is.
 */
public final class Printable {
    private Printable() {
    }

    /** The text, harmless and whole. */
    public static String of(String raw) {
        int clean = cleanPrefix(raw);
        if (clean == raw.length()) {
            return raw;
        }
        StringBuilder out = new StringBuilder(raw.length() + 16).append(raw, 0, clean);
        int marks = 0;
        for (int i = clean; i < raw.length(); ) {
            int c = raw.codePointAt(i);
            i += Character.charCount(c);
            marks = isMark(c) ? marks + 1 : 0;
            append(out, c, marks);
        }
        return out.toString();
    }

    /**
     * The text, harmless and at most so many columns wide; a longer one ends in the ellipsis.
     *
     * @param max      columns, at least the width of the ellipsis
     * @param ellipsis stands for what was cut
     */
    public static String of(String raw, int max, String ellipsis) {
        // What is cut away need not be escaped first: a value may be megabytes long.
        String head = raw.length() > max * 4 + 8 ? raw.substring(0, max * 4 + 8) : raw;
        String text = of(head);
        return head.length() < raw.length() || Columns.of(text) > max ? Columns.cut(text, max, ellipsis) : text;
    }

    /** Columns that harmless text takes. */
    public static int width(String text) {
        return Columns.of(text);
    }

    private static int cleanPrefix(String s) {
        int i = 0;
        while (i < s.length() && s.charAt(i) >= ' ' && s.charAt(i) < 0x7f) {
            i++;
        }
        return i;
    }

    private static void append(StringBuilder out, int c, int marks) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20 || c == 0x7f) {
                    out.append(String.format(Locale.ROOT, "\\x%02x", c));
                } else if (hidden(c) || marks > 2) {
                    out.append(String.format(Locale.ROOT, "<U+%04X>", c));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** True for characters without a glyph, and for those that reorder or imitate others. */
    private static boolean hidden(int c) {
        if (c < 0x7f) {
            return false;
        }
        if (c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800 || c == 0x034f || c == 0xfffd
            || c >= 0xfe00 && c <= 0xfe0f || c >= 0xe0000 && c <= 0xe0fff) {
            // Blank letters, the grapheme joiner, variation selectors and tags; the mark of a byte that is not UTF-8.
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                 Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> true;
            default -> false;
        };
    }
}
