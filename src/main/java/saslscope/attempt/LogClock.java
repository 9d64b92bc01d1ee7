package saslscope.attempt;

/**
 * How late it is in a log. It goes forward with the stamps, and back only where a clock was set back: that of the host whose stamp is the
 * latest, or, where that host is silent, once the others have gone on for long without it. Lines out of order do not move it.
 */
public final class LogClock {
    /** Lines of one host that stand so far apart in the wrong order are not out of order. */
    private static final long BACK_MICROS = 600_000_000L;
    /** So long, by their own stamps, others go on behind before the latest stamp counts as wrong. */
    private static final long BEHIND_MICROS = 3_600_000_000L;
    private static final long NEVER = Long.MAX_VALUE;

    private long now = Long.MIN_VALUE;
    private String host = "";
    /** When the first of the lines was logged that are behind. */
    private long behind = NEVER;

    /**
     * A line came.
     *
     * @return true if the clock went back: what was said before can't be compared with what comes
     */
    public boolean came(long micros, String from) {
        if (micros > now) {
            now = micros;
            host = from;
            behind = NEVER;
            return false;
        }
        if (micros >= now - BACK_MICROS) {
            behind = NEVER;
            return false;
        }
        if (from.equals(host) || behind != NEVER && micros - behind > BEHIND_MICROS) {
            now = micros;
            host = from;
            behind = NEVER;
            return true;
        }
        behind = behind == NEVER ? micros : behind;
        return false;
    }

    /** Microseconds since the epoch; {@link Long#MIN_VALUE} before the first line. */
    public long now() {
        return now;
    }
}
