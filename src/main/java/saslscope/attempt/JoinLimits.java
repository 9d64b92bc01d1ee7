package saslscope.attempt;

import java.util.List;
import saslscope.event.AuthEvent;

/**
 * Bounds of the joiner; times are those of the log.
 *
 * @param sessions       sessions and processes kept at once; the one idle longest is let go first
 * @param linesPerAttempt lines kept for one attempt; more are counted, not kept
 * @param bytesPerAttempt and how many bytes these may take
 * @param bytes          what all lines together may take; beyond, older ones are let go, and counted
 * @param idleMicros     a session without a line for this long is taken as lost
 * @param graceMicros    how long an attempt waits after its verdict for lines of other processes
 * @param verifierMicros how far before the verdict a line of another process may stand
 * @param lateMicros     how long an attempt that was handed out is kept for lines of other processes that come late
 */
public record JoinLimits(int sessions, int linesPerAttempt, long bytesPerAttempt, long bytes, long idleMicros, long graceMicros, long verifierMicros,
                         long lateMicros) {
    /**
     * 20,000 sessions of at most 64 lines, which take no more than 128 KiB; 48 MiB in all; 1 hour idle, more than any SMTP time limit (RFC 5321 section 4.5.3.2);
     * 2 seconds of grace; verifier lines up to 17 seconds earlier (saslauthd and PAM delay a refusal by some seconds, Dovecot
     * by 2 and up to 15 more for a client that failed before, src/auth/auth-penalty.h); another log may lag 30 seconds behind.
     */
    public static final JoinLimits DEFAULT = new JoinLimits(20_000, 64, 128 << 10, 48 << 20, 3_600_000_000L, 2_000_000L, 17_000_000L,
        30_000_000L);

    /** Whether one more line may be kept for an attempt. */
    boolean room(List<AuthEvent> lines, AuthEvent more) {
        if (lines.size() >= linesPerAttempt) {
            return false;
        }
        return bytes(lines) + more.origin().bytes() <= bytesPerAttempt;
    }

    /** Upper bound of the memory that these lines take. */
    static long bytes(List<AuthEvent> lines) {
        long bytes = 0;
        for (AuthEvent e : lines) {
            bytes += e.origin().bytes();
        }
        return bytes;
    }
}
