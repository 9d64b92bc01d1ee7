package saslscope.live;

import java.time.Duration;
import java.util.Locale;

/** Numbers for people. */
final class Spans {
    private Spans() {
    }

    /** A length of time, in its two largest units. */
    static String text(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        long days = seconds / 86_400;
        long hours = seconds / 3_600 % 24;
        long minutes = seconds / 60 % 60;
        if (days > 0) {
            return days + " d" + (hours > 0 ? " " + hours + " h" : "");
        }
        if (hours > 0) {
            return hours + " h" + (minutes > 0 ? " " + minutes + " min" : "");
        }
        return minutes > 0 ? minutes + " min" + (seconds % 60 > 0 ? " " + seconds % 60 + " s" : "") : seconds + " s";
    }

    /** "1 attempt", "2 attempts", "12,345 attempts". */
    static String count(long n, String noun) {
        return number(n) + " " + noun + (n == 1 ? "" : "s");
    }

    static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
