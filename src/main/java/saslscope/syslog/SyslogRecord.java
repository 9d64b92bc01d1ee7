package saslscope.syslog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import saslscope.source.Line;

/**
 * One syslog message.
 *
 * @param line   the line it stood on
 * @param micros when it was logged, microseconds since the epoch
 * @param offset the zone offset that the stamp carried, or that of the assumed zone at that moment
 * @param host   host name as logged; empty if the format has none (Postfix {@code maillog_file} has one)
 * @param tag    the program: {@code postfix/submission/smtpd}, {@code saslauthd}, {@code dovecot}
 * @param pid    process id; -1 if not logged
 * @param text   holds the message
 * @param from   index in {@code text} of the message's first byte
 * @param to     index behind its last byte
 * @param repeat how many times the message was logged: 1, or N for {@code message repeated N times}
 */
public record SyslogRecord(Line line, long micros, ZoneOffset offset, String host, String tag, int pid,
                           byte[] text, int from, int to, int repeat) {

    /** The message as text; bytes that are not UTF-8 become U+FFFD. */
    public String message() {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    /** The time with its offset. */
    public OffsetDateTime time() {
        return time(micros, offset);
    }

    /** A moment in microseconds since the epoch as a time with its offset. */
    public static OffsetDateTime time(long micros, ZoneOffset offset) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L)
            .atOffset(offset);
    }
}
