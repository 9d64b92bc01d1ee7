package saslscope.report;

/** Text from anywhere, as text of an HTML page or of an attribute in double quotes. */
final class Html {
    private static final int LONGEST = 600;

    private Html() {
    }

    /**
     * Escaped, so that it shows and does nothing else. Characters that do not show, or turn the direction of reading, are spelt out.
     */
    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        int[] places = text.codePoints().limit(LONGEST + 1L).toArray();
        for (int i = 0; i < Math.min(places.length, LONGEST); i++) {
            int c = places[i];
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    if (unseen(c)) {
                        out.append(String.format("\\u{%x}", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        }
        return places.length > LONGEST ? out + "\u2026" : out.toString();
    }

    private static boolean unseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
