package saslscope.export;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The text of one CSV cell, harmless in a spreadsheet and on a terminal. */
final class Cell {
    /** Starts of a formula in Excel, LibreOffice and Google Sheets (OWASP, "CSV Injection"), full-width forms included. */
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private Cell() {
    }

    /** The cell for a value; empty for null. Numbers and times stay as they are. */
    static String of(Object value) {
        return switch (value) {
            case null -> "";
            case Number n -> n.toString();
            case Boolean b -> b.toString();
            case OffsetDateTime time -> plain(time);
            case Collection<?> list -> list(list);
            default -> defused(plain(value));
        };
    }

    /** Joined with {@code ;}. A semicolon or backslash inside a value gets a backslash before it. */
    private static String list(Collection<?> values) {
        List<String> parts = new ArrayList<>();
        for (Object value : values) {
            // Each part alone: where ; separates cells, each one would become a cell.
            parts.add(defused(plain(value)).replace("\\", "\\\\").replace(";", "\\;"));
        }
        return String.join(";", parts);
    }

    /** The value as text, nothing escaped. */
    static String plain(Object value) {
        return switch (value) {
            case OffsetDateTime time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
            case Map<?, ?> candidate when candidate.containsKey("cause") ->
                candidate.get("cause") + (candidate.get("standing") == null ? "" : ":" + candidate.get("standing"));
            default -> value.toString();
        };
    }

    /** A formula gets an apostrophe before it, which spreadsheets take as "this is text"; what has no glyph is escaped. */
    static String defused(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        String start = text.stripLeading();
        if (!text.isEmpty() && (FORMULA.indexOf(text.charAt(0)) >= 0
            || !start.isEmpty() && FORMULA.indexOf(start.charAt(0)) >= 0)) {
            out.append('\'');
        }
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Unseen.is(c)) {
                        Unseen.escape(out, c);
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        }
        return out.toString();
    }
}
