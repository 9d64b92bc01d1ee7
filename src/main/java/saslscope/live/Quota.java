package saslscope.live;

import java.time.Duration;
import java.time.OffsetDateTime;

/** So much of something in each span of log time, so that a screen does not flood. */
final class Quota {
    private final int most;
    private final Duration span;
    private OffsetDateTime since;
    private int used;
    private long refused;

    Quota(int most, Duration span) {
        this.most = most;
        this.span = span;
    }

    /** A new span begins if the old one is over. Returns how many were refused in it, 0 if it still lasts. */
    long roll(OffsetDateTime now) {
        // Where the clock was set back, waiting for the end of the span would take long.
        if (since != null && now.isBefore(since.plus(span)) && now.isAfter(since.minus(span))) {
            return 0;
        }
        long n = refused;
        since = now;
        used = 0;
        refused = 0;
        return n;
    }

    /** Whether there is room for one more. */
    boolean take() {
        if (used < most) {
            used++;
            return true;
        }
        return false;
    }

    /** Counts one for which there was no room. */
    void refuse() {
        refused++;
    }
}
