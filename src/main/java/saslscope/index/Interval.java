package saslscope.index;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The width of a histogram's bins. Bins begin where people expect it: minutes and hours are counted from local midnight,
 * days are local days (23 or 25 hours long when the clocks change), weeks begin on Monday.
 *
 * @param seconds width for less than a day, else 0
 * @param days    width in days, else 0
 */
public record Interval(int seconds, int days) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})?\\s*(s|sec|m|min|minute|h|hour|d|day|w|week)s?");

    /**
     * Reads {@code 30s}, {@code 5m}, {@code 1h}, {@code 1d}, {@code 1w}, {@code hour}.
     *
     * @throws QueryProblem if it is none
     */
    public static Interval of(String text) {
        Matcher m = TEXT.matcher(text.strip());
        if (!m.matches()) {
            throw new QueryProblem(text, 0, "'" + text + "' is not a length of time", "5m, 1h, 1d, 1w");
        }
        long n = m.group(1) == null ? 1 : Long.parseLong(m.group(1));
        long seconds = n * switch (m.group(2).charAt(0)) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3600;
            case 'd' -> 86_400;
            default -> 604_800;
        };
        if (seconds == 0 || seconds > 86_400 * 3660L) {
            throw new QueryProblem(text, 0, "'" + text + "' is not between a second and ten years", "5m, 1h, 1d, 1w");
        }
        if (seconds % 86_400 == 0) {
            return new Interval(0, (int) (seconds / 86_400));
        }
        if (seconds > 86_400 || 86_400 % seconds != 0) {
            throw new QueryProblem(text, 0, "'" + text + "' does not divide a day into equal parts", "5m, 1h, 6h, 1d, 1w");
        }
        return new Interval((int) seconds, 0);
    }

    /** Start of the bin that holds a time. */
    Instant start(Instant at, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        if (days > 0) {
            LocalDate first = day;
            if (days % 7 == 0) {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                // Day 4 of the epoch was a Monday.
                first = monday.minusWeeks(Math.floorMod(Math.floorDiv(monday.toEpochDay() - 4, 7), days / 7));
            } else {
                first = LocalDate.ofEpochDay(Math.floorDiv(day.toEpochDay(), (long) days) * days);
            }
            return first.atStartOfDay(zone).toInstant();
        }
        Instant midnight = day.atStartOfDay(zone).toInstant();
        long into = at.getEpochSecond() - midnight.getEpochSecond();
        return midnight.plusSeconds(into / seconds * seconds);
    }

    /** Start of the bin behind the one that starts there. */
    Instant next(Instant start, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(start, zone);
        if (days > 0) {
            return day.plusDays(days).atStartOfDay(zone).toInstant();
        }
        Instant midnight = day.plusDays(1).atStartOfDay(zone).toInstant();
        Instant next = start.plusSeconds(seconds);
        return next.isAfter(midnight) ? midnight : next;
    }
}
