package saslscope.cli;

import java.util.function.LongSupplier;
import saslscope.flow.Flow;

/**
 * Waits for input: shortly while much of it comes, so that a pipe is read at full speed; else 50 ms, and after ten quiet seconds
 * 100 ms: to wake up and look twenty times a second takes a hundredth of a processor. While lines keep coming it waits 200 ms, for
 * most of what reading a few of them costs is to wake up: nothing of it is in the processor's caches any more. It is not told of
 * changes: inotify knows nothing of network file systems, and tells of every single line on a busy one.
 */
final class Pulse implements Flow.Idle {
    private static final long SHORTEST = 1_000_000;
    private static final long LONG = 50_000_000;
    private static final long BUSY = 200_000_000;
    /** How many times something came, without a gap, while the log is busy. */
    private static final int KEEPS_COMING = 10;
    /** Nanoseconds without a byte that make a gap: a logger may write what it has ten times a second. */
    private static final long GAP = 250_000_000;
    /** Nanoseconds for a byte of an input that is not to be held up: a megabyte a second. */
    private static final long FAST = 1_000;
    private static final long RESTING = 100_000_000;
    private static final long QUIET = 10_000_000_000L;
    private static final long TICK = 75_000_000;
    private static final long STORE = 1_000_000_000;

    private final LongSupplier read;
    private final LongSupplier nanos;
    private final Pause pause;
    private long seen;
    private long looked;
    private long delay = SHORTEST;
    private long came;
    private int times;
    private long ticked;
    private long stored;

    /** Waits so many nanoseconds, or less if a signal comes. */
    interface Pause {
        void nanos(long nanos);
    }

    /**
     * @param read  how many bytes were read so far, about
     * @param nanos a clock that never goes back, in nanoseconds
     */
    Pulse(LongSupplier read, LongSupplier nanos, Pause pause) {
        this.read = read;
        this.nanos = nanos;
        this.pause = pause;
        this.ticked = nanos.getAsLong();
        this.stored = ticked;
        this.looked = ticked;
        this.came = ticked;
    }

    @Override
    public Flow.Due await() {
        long bytes = read.getAsLong() - seen;
        long now = nanos.getAsLong();
        if (bytes > 0) {
            times++;
            delay = bytes * FAST >= now - looked ? SHORTEST : times > KEEPS_COMING ? BUSY : LONG;
            seen += bytes;
            came = now;
        } else {
            times = now - came < GAP ? times : 0;
            delay = Math.min(now - came < QUIET ? LONG : RESTING, delay * 2);
        }
        looked = now;
        pause.nanos(delay);
        long time = nanos.getAsLong();
        if (time - ticked < TICK) {
            return Flow.Due.NOTHING;
        }
        ticked = time;
        return storesMeanwhile() ? Flow.Due.STORE : Flow.Due.TICK;
    }

    @Override
    public boolean storesMeanwhile() {
        long time = nanos.getAsLong();
        if (time - stored < STORE) {
            return false;
        }
        stored = time;
        return true;
    }
}
