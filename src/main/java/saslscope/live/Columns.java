package saslscope.live;

import java.util.ArrayList;
import java.util.List;

/** How wide harmless text is on a terminal, and how it breaks into lines. */
final class Columns {
    private Columns() {
    }

    /** Width in columns. */
    static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            width += of(c);
            i += Character.charCount(c);
        }
        return width;
    }

    private static int of(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return wide(c) ? 2 : 1;
    }

    /** The blocks that Unicode's EastAsianWidth gives as W or F. */
    private static boolean wide(int c) {
        return c >= 0x1100 && c <= 0x115f || c >= 0x2e80 && c <= 0xa4cf || c >= 0xac00 && c <= 0xd7a3
            || c >= 0xf900 && c <= 0xfaff || c >= 0xfe30 && c <= 0xfe6f || c >= 0xff00 && c <= 0xff60
            || c >= 0xffe0 && c <= 0xffe6 || c >= 0x1f300 && c <= 0x1faff || c >= 0x20000 && c <= 0x3fffd;
    }

    /** The first columns of the text, the ellipsis included. */
    static String cut(String text, int max, String ellipsis) {
        return text.substring(0, fit(text, 0, Math.max(0, max - of(ellipsis)))) + ellipsis;
    }

    /** Fills up with blanks. */
    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /** Puts blanks before it. */
    static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - of(text))) + text;
    }

    /** Breaks at blanks; a word longer than a line breaks where the line ends. At least one line. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = fit(text, at, Math.max(8, width));
            if (end < text.length()) {
                int blank = text.lastIndexOf(' ', end);
                end = blank > at ? blank : end;
            }
            lines.add(text.substring(at, end).stripTrailing());
            at = end;
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
        return lines.isEmpty() ? List.of("") : lines;
    }

    /** Index behind the last character that fits into so many columns; always takes one if there is room for one. */
    private static int fit(String text, int from, int width) {
        int used = 0;
        int i = from;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            used += of(c);
            if (used > width) {
                break;
            }
            i += Character.charCount(c);
        }
        return i;
    }
}
