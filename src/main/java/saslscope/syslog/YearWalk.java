package saslscope.syslog;

import java.util.function.LongSupplier;

/**
 * Finds the year of stamps that carry none, reading forward through one log.
 *
 * <p>A step back of more than half a year is New Year; a smaller one is a clock that was set or a line that came
 * late. Nothing may lie behind the limit. A lone stamp that does not fit (another host's wrong clock) gets the year
 * that it can have and moves nothing.
 *
 * <p>Works on calendar positions (see {@link #position}), so that no zone is needed.
 */
final class YearWalk {
    static final long DAY = 86_400;
    /** Positions in a year. */
    static final long YEAR = 12 * 31 * DAY;
    private static final long HALF = YEAR / 2;
    /** A stamp that close to where the log was before New Year belongs there: a line that came late. */
    private static final long NEAR = 2 * DAY;

    private final LongSupplier newest;
    private long limit;
    private int year;
    private long at;
    /** The last position before New Year; meaningful while {@link #turned} is. */
    private long before;
    /** The first position after New Year; -1 once the log has gone on from there. */
    private long turned = -1;
    private int oddities;

    /**
     * Starts before the first stamp.
     *
     * @param first  the year of the first stamp
     * @param newest position that no stamp may lie behind; asked again when one does, as a log that is followed grows
     */
    YearWalk(int first, LongSupplier newest) {
        this.year = first;
        this.newest = newest;
        this.limit = newest.getAsLong();
        this.at = -1;
    }

    /**
     * Seconds in a calendar of months that all have 31 days: keeps the order of times, and nearly the distances.
     *
     * @param second second of the day
     */
    static long position(int year, int month, int day, int second) {
        return ((year * 12L + month - 1) * 31 + day - 1) * DAY + second;
    }

    /** A stamp that states its year was read. */
    void stated(int stated, int month, int day, int second) {
        long p = position(stated, month, day, second);
        if (behindLimit(p)) {
            oddities++;
            return;
        }
        if (at >= 0 && (p < at - NEAR || p > at + HALF)) {
            oddities++;
        }
        year = stated;
        at = p;
        turned = -1;
    }

    /** The year of the next stamp; the date exists in it. */
    int next(int month, int day, int second) {
        if (month == 2 && day == 29 && !Stamp.leap(year)) {
            return leapDay(second);
        }
        long p = position(year, month, day, second);
        if (at < 0) {
            return behindLimit(p) ? earlier(month, day, second) : arrive(year, p);
        }
        if (turned >= 0) {
            long late = p - YEAR;
            if (Math.abs(late - before) <= NEAR && Math.abs(p - at) > HALF && exists(year - 1, month, day)
                && !behindLimit(late)) {
                return turn(year - 1, late);
            }
            if (Math.abs(p - turned) > NEAR) {
                turned = -1;
            }
        }
        if (p < at - HALF) {
            if (exists(year + 1, month, day) && !behindLimit(p + YEAR)) {
                return turn(year + 1, p + YEAR);
            }
            oddities++;
            return year;
        }
        if (behindLimit(p)) {
            return earlier(month, day, second);
        }
        if (p < at - NEAR || p > at + HALF) {
            oddities++;
        }
        return arrive(year, p);
    }

    /** How many stamps did not fit so far. */
    int oddities() {
        return oddities;
    }

    private int arrive(int y, long p) {
        year = y;
        at = p;
        return y;
    }

    /** Crosses New Year, or goes back for a line that came late. */
    private int turn(int y, long p) {
        before = at;
        turned = p;
        return arrive(y, p);
    }

    /** 29 February tells that the year was wrong, unless it is to be the coming one. */
    private int leapDay(int second) {
        long coming = position(year + 1, 2, 29, second);
        if (Stamp.leap(year + 1) && at > coming - HALF && !behindLimit(coming)) {
            return turn(year + 1, coming);
        }
        int y = year;
        while (!Stamp.leap(y)) {
            y--;
        }
        long p = position(y, 2, 29, second);
        if (behindLimit(p)) {
            return earlier(2, 29, second);
        }
        oddities++;
        turned = -1;
        return arrive(y, p);
    }

    private int earlier(int month, int day, int second) {
        oddities++;
        int y = year - 1;
        while (!exists(y, month, day) || position(y, month, day, second) > limit) {
            y--;
        }
        if (at < 0) {
            arrive(y, position(y, month, day, second));
        }
        return y;
    }

    private boolean behindLimit(long p) {
        if (p <= limit) {
            return false;
        }
        limit = newest.getAsLong();
        return p > limit;
    }

    private static boolean exists(int year, int month, int day) {
        return month != 2 || day != 29 || Stamp.leap(year);
    }
}
