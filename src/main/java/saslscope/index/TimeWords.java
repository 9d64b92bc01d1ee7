package saslscope.index;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as people write it, in the grammar of journalctl(1) and systemd.time(7): {@code 2026-11-20},
 * {@code 2026-11-20 10:00}, {@code 10:00}, {@code now}, {@code today}, {@code yesterday}, {@code tomorrow},
 * {@code -2h}, {@code 2 hours ago}, {@code @1763632800}; and ISO 8601 with an offset.
 *
 * @param from the time meant
 * @param to   the end, excluded, of what is meant if the text is a span: the day of a date, the minute of a time without
 *             seconds; a microsecond behind {@code from} for an exact time
 */
public record TimeWords(Instant from, Instant to) {
    private static final Pattern CLOCK = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(?:[.,](\\d{1,9}))?)?");
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})\\s*([a-z]+)\\s*");

    /** Reads a time; empty if the text is none. */
    public static Optional<TimeWords> parse(String text, Instant now, ZoneId zone) {
        String t = text.strip();
        if (t.isEmpty() || t.length() > 100) {
            return Optional.empty();
        }
        try {
            return read(t, now, zone);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<TimeWords> read(String text, Instant now, ZoneId zone) {
        String t = text.toLowerCase(Locale.ROOT);
        LocalDate today = LocalDate.ofInstant(now, zone);
        switch (t) {
            case "now" -> {
                return exact(now);
            }
            case "today" -> {
                return day(today, zone);
            }
            case "yesterday" -> {
                return day(today.minusDays(1), zone);
            }
            case "tomorrow" -> {
                return day(today.plusDays(1), zone);
            }
            default -> {
                // Not one of the words.
            }
        }
        if (t.matches("@\\d{1,11}")) {
            return exact(Instant.ofEpochSecond(Long.parseLong(t.substring(1))));
        }
        if (t.startsWith("-") || t.startsWith("+")) {
            int sign = t.charAt(0) == '-' ? -1 : 1;
            return span(t.substring(1)).flatMap(d -> exact(now.plus(d.multipliedBy(sign))));
        }
        if (t.endsWith("ago")) {
            return span(t.substring(0, t.length() - 3)).flatMap(d -> exact(now.minus(d)));
        }
        if (CLOCK.matcher(t).matches()) {
            return clock(today, t, zone);
        }
        if (t.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return day(LocalDate.parse(t), zone);
        }
        if (t.matches("\\d{4}-\\d\\d-\\d\\d[ t]\\d.*")) {
            String time = t.substring(11);
            if (CLOCK.matcher(time).matches()) {
                return clock(LocalDate.parse(t.substring(0, 10)), time, zone);
            }
            return exact(OffsetDateTime.parse(t.substring(0, 10) + "T" + time.toUpperCase(Locale.ROOT)).toInstant());
        }
        return Optional.empty();
    }

    private static Optional<TimeWords> exact(Instant at) {
        return Optional.of(new TimeWords(at, at.plus(1, ChronoUnit.MICROS)));
    }

    private static Optional<TimeWords> day(LocalDate day, ZoneId zone) {
        return Optional.of(new TimeWords(day.atStartOfDay(zone).toInstant(), day.plusDays(1).atStartOfDay(zone).toInstant()));
    }

    private static Optional<TimeWords> clock(LocalDate day, String text, ZoneId zone) {
        Matcher m = CLOCK.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        String fraction = m.group(4);
        int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
        LocalTime time = LocalTime.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)),
            m.group(3) == null ? 0 : Integer.parseInt(m.group(3)), nanos);
        Instant from = LocalDateTime.of(day, time).atZone(zone).toInstant();
        if (fraction != null) {
            return exact(from);
        }
        return Optional.of(new TimeWords(from, from.plusSeconds(m.group(3) == null ? 60 : 1)));
    }

    /** A length of time: {@code 2h}, {@code 1h30min}, {@code 2 hours}. */
    private static Optional<Duration> span(String text) {
        Matcher m = SPAN.matcher(text.strip());
        Duration sum = Duration.ZERO;
        int end = 0;
        while (m.find() && m.start() == end) {
            long unit = switch (m.group(2)) {
                case "s", "sec", "secs", "second", "seconds" -> 1;
                case "m", "min", "mins", "minute", "minutes" -> 60;
                case "h", "hr", "hour", "hours" -> 3600;
                case "d", "day", "days" -> 86_400;
                case "w", "week", "weeks" -> 604_800;
                case "month", "months" -> 2_629_800;
                case "y", "year", "years" -> 31_557_600;
                default -> 0;
            };
            if (unit == 0) {
                return Optional.empty();
            }
            sum = sum.plusSeconds(Math.multiplyExact(unit, Long.parseLong(m.group(1))));
            end = m.end();
        }
        return end > 0 && end == text.strip().length() ? Optional.of(sum) : Optional.empty();
    }
}
