package saslscope.diagnosis;

import java.util.concurrent.TimeUnit;
import saslscope.source.LogFile;

/**
 * What is remembered of a user, or of a client. At most {@link #BYTES} bytes, its place in the tables included; names
 * are kept as hashes only.
 */
final class Peer {
    /** Upper bound of what one costs on a 64-bit JVM: this object, its two tables, its key and its place in a map. */
    static final int BYTES = 450;
    /** Others that are told apart: logins of a client, clients of a login. */
    static final int OTHERS = 12;
    /** Others are counted within so much log time. */
    static final long WINDOW = TimeUnit.HOURS.toMicros(1);
    /** Who tries again sooner is still at the same try: a bot, a program with two connections. */
    private static final long PAUSE = TimeUnit.SECONDS.toMicros(30);
    /** Retries closer together than this are not told from a person's, or a bot's, haste. */
    private static final long SHORTEST_RHYTHM = TimeUnit.SECONDS.toMicros(10);

    int successes;
    /** One bit for each kind of mechanism that succeeded. */
    int kinds;
    String mechanism;
    long lastSuccess;
    private LogFile lastFile;
    private long lastNumber;
    /** With whom it succeeded, the latest ones. */
    private final int[] good = new int[OTHERS];
    private int goodCount;

    int failures;
    long firstFailure;
    /** With whom it failed in this window. */
    private final int[] bad = new int[OTHERS];
    private int badCount;
    private int badGood;
    private long since = Long.MIN_VALUE / 2;

    private int rhythmOther;
    private long last = Long.MIN_VALUE / 2;
    long interval;
    int even;
    long evenSince;

    /** Whether it fails again with the same other one, after a while. */
    boolean comesBack(int other, long now) {
        return rhythmOther == other && now - last >= PAUSE;
    }

    /** A login that worked. */
    void success(int kind, String with, int other, long now, LogFile file, long number) {
        successes++;
        kinds |= kind;
        mechanism = with == null ? mechanism : with;
        lastSuccess = now;
        lastFile = file;
        lastNumber = number;
        if (!knows(other)) {
            good[goodCount++ % OTHERS] = other;
        }
        failures = 0;
    }

    /**
     * A login that failed.
     *
     * @param examined whether name and password were looked at; if the server itself was at fault, they tell nothing
     */
    void failure(int other, long now, boolean examined) {
        if (failures++ == 0) {
            firstFailure = now;
        }
        if (!examined) {
            return;
        }
        if (over(now)) {
            since = now;
            badCount = 0;
            badGood = 0;
        }
        for (int i = 0; i < badCount; i++) {
            if (bad[i] == other) {
                return;
            }
        }
        if (badCount < OTHERS) {
            bad[badCount++] = other;
            badGood += knows(other) ? 1 : 0;
        }
    }

    /** Even: within a tenth, or a second, of the interval before, with the same other. People are not; a phone with an old password is. */
    void rhythm(int other, long now) {
        if (other != rhythmOther) {
            if (Math.abs(now - last) < WINDOW / 4) {
                // Somebody else's attempt between two of the regular ones.
                return;
            }
            rhythmOther = other;
            even = 0;
            interval = 0;
            last = now;
            return;
        }
        long gap = now - last;
        boolean steady = interval >= SHORTEST_RHYTHM && Math.abs(gap - interval) <= Math.max(1_000_000L, interval / 10);
        if (!steady) {
            even = 0;
            interval = gap;
            evenSince = last;
        } else {
            even++;
        }
        last = now;
    }

    /** Whether this window is over, or the clock was set back behind it. */
    private boolean over(long now) {
        return Math.abs(now - since) > WINDOW;
    }

    /** Whether it succeeded with that one, as far as that is still known. */
    boolean knows(int other) {
        for (int i = 0; i < Math.min(goodCount, OTHERS); i++) {
            if (good[i] == other) {
                return true;
            }
        }
        return false;
    }

    /** Its last login that worked; only if there was one. */
    History.Success last() {
        return new History.Success(lastSuccess, lastFile, lastNumber);
    }

    /** With how many it succeeded, at most {@link #OTHERS}. */
    int goodCount() {
        return Math.min(goodCount, OTHERS);
    }

    /** With how many it failed within the window, at most {@link #OTHERS}. */
    int badCount(long now) {
        return over(now) ? 0 : badCount;
    }

    /** With how many of these it had succeeded before. */
    int badGood(long now) {
        return over(now) ? 0 : badGood;
    }
}
