package saslscope.syslog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Turns wall clock times of one zone into moments. Asks the zone's rules once an hour, not once a line.
 */
final class LocalClock {
    /** How far back a log may step without it being the second pass through a repeated hour. */
    private static final long BACKWARDS = 300;

    private final ZoneRules rules;
    private long dayKey = Long.MIN_VALUE;
    private long epochDay;
    private long hour = Long.MIN_VALUE;
    private ZoneOffset hourOffset;
    private ZoneOffset offset = ZoneOffset.UTC;
    private boolean seen;
    private long last;

    LocalClock(ZoneId zone) {
        rules = zone.getRules();
    }

    /** The offset of the time that was worked out last. */
    ZoneOffset offset() {
        return offset;
    }

    /** Seconds since 1970 of a wall clock time; the date must exist. */
    long seconds(int year, int month, int day, int second) {
        long local = local(year, month, day) + second;
        long h = Math.floorDiv(local, 3600L);
        if (h != hour) {
            hour = h;
            hourOffset = steady(h * 3600);
        }
        if (hourOffset == null) {
            last = changing(local);
        } else {
            offset = hourOffset;
            last = local - hourOffset.getTotalSeconds();
        }
        seen = true;
        return last;
    }

    /** Takes note of a moment that a stamp stated by itself; with the offset it stated. */
    long seconds(int year, int month, int day, int second, int stated) {
        if (stated != offset.getTotalSeconds()) {
            offset = ZoneOffset.ofTotalSeconds(stated);
        }
        last = local(year, month, day) + second - stated;
        seen = true;
        return last;
    }

    /** Takes note of a moment given in seconds since 1970. */
    long seconds(long epoch) {
        offset = rules.getOffset(Instant.ofEpochSecond(epoch));
        last = epoch;
        seen = true;
        return epoch;
    }

    private long local(int year, int month, int day) {
        long key = (year * 12L + month) * 32 + day;
        if (key != dayKey) {
            epochDay = LocalDate.of(year, month, day).toEpochDay();
            dayKey = key;
        }
        return epochDay * 86400;
    }

    /** The offset throughout the hour of local time that starts there; null if it changes near it. */
    private ZoneOffset steady(long local) {
        LocalDateTime start = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
        LocalDateTime end = start.plusSeconds(3599);
        ZoneOffset at = rules.getOffset(start);
        return rules.getTransition(start) == null && rules.getTransition(end) == null
            && at.equals(rules.getOffset(end)) ? at : null;
    }

    /**
     * Near a change of offset. A time that did not exist is taken as if the clock had not been put forward yet. A time
     * that came twice is the first of the two, unless the log would have to step back for that.
     */
    private long changing(long local) {
        LocalDateTime wall = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
        ZoneOffsetTransition change = rules.getTransition(wall);
        if (change == null) {
            offset = rules.getOffset(wall);
            return local - offset.getTotalSeconds();
        }
        long moment = local - change.getOffsetBefore().getTotalSeconds();
        if (change.isGap()) {
            offset = change.getOffsetAfter();
            return moment;
        }
        if (seen && moment < last - BACKWARDS) {
            offset = change.getOffsetAfter();
            return local - offset.getTotalSeconds();
        }
        offset = change.getOffsetBefore();
        return moment;
    }
}
