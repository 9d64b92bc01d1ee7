package saslscope.syslog;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * Decides the year of a file's first stamp, where the stamps carry none: the latest year with which the whole file
 * can be read forward and ends no later than the file was last written. If no year fits every stamp, the one that
 * fits most of them.
 */
final class YearInference {
    /** A file that spans more years than this is not a log. */
    private static final int MOST_YEARS = 40;
    /** Clocks of the log's writer and of the file system may differ, and the zone may be wrong. */
    private static final long SLACK = 86_400;
    private static final long LAST_MOMENT = Instant.parse("9998-12-31T00:00:00Z").getEpochSecond();

    private YearInference() {
    }

    /**
     * A stamp as it stands in a file.
     *
     * @param year   0 if it carries none
     * @param second second of the day
     */
    record Wall(int year, int month, int day, int second) {
    }

    /** The calendar position that no stamp of a file may lie behind: a day after it was last written. */
    static long newest(long modifiedMillis, ZoneId zone) {
        long seconds = Math.clamp(Math.floorDiv(modifiedMillis, 1000L), 0L, LAST_MOMENT);
        LocalDateTime t = LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds + SLACK), zone);
        return YearWalk.position(t.getYear(), t.getMonthValue(), t.getDayOfMonth(), t.toLocalTime().toSecondOfDay());
    }

    /**
     * The year of the first of some stamps of one file.
     *
     * @param stamps         in the order of the file, at least one
     * @param modifiedMillis when the file was last written, in epoch milliseconds
     * @param zone           the zone of the stamps
     */
    static int first(List<Wall> stamps, long modifiedMillis, ZoneId zone) {
        if (stamps.getFirst().year() != 0) {
            return stamps.getFirst().year();
        }
        long newest = newest(modifiedMillis, zone);
        int latest = Math.toIntExact(newest / YearWalk.YEAR);
        int best = latest;
        int fewest = Integer.MAX_VALUE;
        for (int first = latest; first > latest - MOST_YEARS && fewest > 0; first--) {
            YearWalk walk = new YearWalk(first, () -> newest);
            for (Wall s : stamps) {
                if (s.year() == 0) {
                    walk.next(s.month(), s.day(), s.second());
                } else {
                    walk.stated(s.year(), s.month(), s.day(), s.second());
                }
            }
            if (walk.oddities() < fewest) {
                fewest = walk.oddities();
                best = first;
            }
        }
        return best;
    }
}
