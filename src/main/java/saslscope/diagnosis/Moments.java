package saslscope.diagnosis;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times and spans as sentences tell them. */
public final class Moments {
    /** Characters of a date and the blank behind it. */
    private static final int DATE = "2026-11-22 ".length();

    private Moments() {
    }

    /** {@code 2026-11-22 16:50:13}. */
    public static String text(long micros, ZoneOffset offset) {
        // By hand: every login that works is told of with its time, and a formatter takes most of the work for it.
        LocalDateTime t = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, offset);
        StringBuilder b = new StringBuilder(19);
        two(b, t.getYear() / 100);
        two(b, t.getYear() % 100);
        two(b.append('-'), t.getMonthValue());
        two(b.append('-'), t.getDayOfMonth());
        two(b.append(' '), t.getHour());
        two(b.append(':'), t.getMinute());
        two(b.append(':'), t.getSecond());
        return b.toString();
    }

    private static void two(StringBuilder b, int n) {
        b.append((char) ('0' + n / 10)).append((char) ('0' + n % 10));
    }

    /** Without its date where that is the day of another moment. */
    public static String text(long micros, ZoneOffset offset, long beside) {
        String t = text(micros, offset);
        return beside != Long.MIN_VALUE && t.startsWith(text(beside, offset).substring(0, DATE)) ? t.substring(DATE) : t;
    }

    /** {@code 40 s}, {@code 5 min}, {@code 2 h}, {@code 3 d}: rounded to what matters. */
    public static String span(long micros) {
        long s = Math.max(0, (micros + 500_000L) / 1_000_000L);
        if (s < 120) {
            return s + " s";
        }
        if (s < 7_200) {
            return (s + 30) / 60 + " min";
        }
        return s < 172_800 ? (s + 1_800) / 3_600 + " h" : (s + 43_200) / 86_400 + " d";
    }

    /** {@code 1 name}, {@code 5 names}. */
    public static String times(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
