package saslscope.export;

/** Characters that have no glyph or that change how others are shown: never written as they are. */
final class Unseen {
    private static final String HEX = "0123456789abcdef";

    private Unseen() {
    }

    /** True for control, format (bidirectional marks, zero width), separator and unassigned characters, and for tags. */
    static boolean is(int c) {
        if (c >= ' ' && c < 0x7f) {
            return false;
        }
        if (c >= 0xe0000 && c <= 0xe0fff) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
                 Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Appends <code>&#92;u202e</code>, a pair of these for a character beyond the first plane. */
    static void escape(StringBuilder out, int c) {
        for (char half : Character.toChars(c)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(HEX.charAt(half >> shift & 0xf));
            }
        }
    }
}
