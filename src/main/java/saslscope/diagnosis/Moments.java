package saslscope.diagnosis;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and spans as sentences tell them. */
public final class Moments {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Moments() {
    }

    /** {@code 2026-11-22 16:50:13}. */
    public static String text(long micros, ZoneOffset offset) {
        return DATE.format(time(micros, offset));
    }

    /** Without its date where that is the day of another moment. */
    public static String text(long micros, ZoneOffset offset, long beside) {
        String t = text(micros, offset);
        return beside != Long.MIN_VALUE && t.startsWith(DATE.format(time(beside, offset)).substring(0, 11)) ? t.substring(11) : t;
    }

    private static OffsetDateTime time(long micros, ZoneOffset offset) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)).atOffset(offset);
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
