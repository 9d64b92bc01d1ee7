package saslscope.attempt;

/**
 * Bounds of the joiner, all in log time.
 *
 * @param sessions       sessions and processes kept at once; the one idle longest is let go first
 * @param linesPerAttempt lines kept for one attempt; more are counted, not kept
 * @param idleMicros     a session without a line for this long is taken as lost
 * @param graceMicros    how long an attempt waits after its verdict for lines of other processes
 * @param verifierMicros how far before the verdict a line of another process may stand
 * @param lateMicros     how long an attempt that was handed out is kept for lines of other processes that come late
 */
public record JoinLimits(int sessions, int linesPerAttempt, long idleMicros, long graceMicros, long verifierMicros,
                         long lateMicros) {
    /**
     * 20,000 sessions of at most 64 lines; 1 hour idle, more than any SMTP time limit (RFC 5321 section 4.5.3.2);
     * 2 seconds of grace; verifier lines up to 17 seconds earlier (saslauthd and PAM delay a refusal by some seconds, Dovecot
     * by 2 and up to 15 more for a client that failed before, src/auth/auth-penalty.h); another log may lag 30 seconds behind.
     */
    public static final JoinLimits DEFAULT = new JoinLimits(20_000, 64, 3_600_000_000L, 2_000_000L, 17_000_000L,
        30_000_000L);
}
