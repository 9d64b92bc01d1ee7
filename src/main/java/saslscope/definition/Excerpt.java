package saslscope.definition;

/**
 * A piece of a line that is short enough for a terminal, with a marked range.
 *
 * @param text  the piece, control characters shown as {@code ?} so that every character is one column wide
 * @param from  0-based index in {@code text} of the first marked character; may be the length of the text
 * @param width marked characters, at least 1
 */
public record Excerpt(String text, int from, int width) {
    /** More is cut away. */
    private static final int WIDEST = 150;
    private static final int BEFORE = 60;
    private static final String CUT = "...";

    /**
     * Cuts a line around a range.
     *
     * @param from  0-based index of the first marked character
     * @param width marked characters
     */
    public static Excerpt of(String line, int from, int width) {
        String clean = printable(line);
        int start = Math.min(from, clean.length());
        if (clean.length() <= WIDEST) {
            return new Excerpt(clean, start, clip(width, start, clean.length()));
        }
        int left = Math.max(0, Math.min(start - BEFORE, clean.length() - WIDEST));
        int right = Math.min(clean.length(), left + WIDEST);
        String before = left > 0 ? CUT : "";
        String text = before + clean.substring(left, right) + (right < clean.length() ? CUT : "");
        int shifted = start - left + before.length();
        return new Excerpt(text, shifted, clip(width, shifted, text.length()));
    }

    private static int clip(int width, int from, int length) {
        return Math.max(1, Math.min(width, length - from));
    }

    private static String printable(String line) {
        StringBuilder out = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\t') {
                out.append(' ');
            } else {
                int type = Character.getType(c);
                boolean hidden = type == Character.CONTROL || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
                out.append(hidden ? '?' : c);
            }
        }
        return out.toString();
    }
}
