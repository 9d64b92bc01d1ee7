package saslscope.index;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** A time to the microsecond with its zone offset, and the ways in which a log line or a document writes it. */
record Stamp(long micros, ZoneOffset offset) {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /** Reads ISO 8601 with an offset; null if the text is something else. */
    static Stamp parse(String text) {
        try {
            OffsetDateTime t = OffsetDateTime.parse(text);
            return new Stamp(Math.addExact(Math.multiplyExact(t.toEpochSecond(), 1_000_000L), t.getNano() / 1000), t.getOffset());
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    private LocalDateTime local() {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, offset);
    }

    /** {@code 2026-11-22T16:50:13}: without fraction and offset. */
    String iso() {
        LocalDateTime t = local();
        StringBuilder s = new StringBuilder(19);
        digits(s, t.getYear(), 4);
        digits(s.append('-'), t.getMonthValue(), 2);
        digits(s.append('-'), t.getDayOfMonth(), 2);
        return clock(s.append('T'), t);
    }

    /** {@code Nov 22 16:50:13}, as RFC 3164 writes it. */
    String bsd() {
        LocalDateTime t = local();
        int month = t.getMonthValue() * 3;
        StringBuilder s = new StringBuilder(15).append(MONTHS, month - 3, month).append(' ');
        if (t.getDayOfMonth() < 10) {
            s.append(' ');
        }
        return clock(s.append(t.getDayOfMonth()).append(' '), t);
    }

    /** The first {@code count} digits of the fraction of a second. */
    String fraction(int count) {
        StringBuilder s = new StringBuilder(6);
        digits(s, (int) Math.floorMod(micros, 1_000_000L), 6);
        return s.substring(0, count);
    }

    private static String clock(StringBuilder s, LocalDateTime t) {
        digits(s, t.getHour(), 2);
        digits(s.append(':'), t.getMinute(), 2);
        digits(s.append(':'), t.getSecond(), 2);
        return s.toString();
    }

    static void digits(StringBuilder s, int value, int width) {
        String text = Integer.toString(value);
        s.repeat('0', Math.max(0, width - text.length())).append(text);
    }
}
