package saslscope.cli;

import java.util.function.LongSupplier;
import saslscope.flow.Flow;

/**
 * Waits for input: shortly while it keeps coming, so that a pipe is read at full speed, then longer, up to 50 ms, and after
 * ten quiet seconds 100 ms: to wake up and look twenty times a second takes a hundredth of a processor. It is not told of
 * changes: inotify knows nothing of network file systems, and tells of every single line on a busy one.
 */
final class Pulse implements Flow.Idle {
    private static final long SHORTEST = 1_000_000;
    private static final long LONGEST = 50_000_000;
    private static final long RESTING = 100_000_000;
    private static final long QUIET = 10_000_000_000L;
    private static final long TICK = 75_000_000;
    private static final long STORE = 1_000_000_000;

    private final LongSupplier reads;
    private final LongSupplier nanos;
    private final Pause pause;
    private long seen = -1;
    private long delay;
    private long came;
    private long ticked;
    private long stored;

    /** Waits so many nanoseconds, or less if a signal comes. */
    interface Pause {
        void nanos(long nanos);
    }

    /**
     * @param reads grows whenever something was read
     * @param nanos a clock that never goes back, in nanoseconds
     */
    Pulse(LongSupplier reads, LongSupplier nanos, Pause pause) {
        this.reads = reads;
        this.nanos = nanos;
        this.pause = pause;
        this.ticked = nanos.getAsLong();
        this.stored = ticked;
    }

    @Override
    public Flow.Due await() {
        long now = reads.getAsLong();
        if (now != seen) {
            seen = now;
            delay = SHORTEST;
            came = nanos.getAsLong();
        }
        pause.nanos(delay);
        long time = nanos.getAsLong();
        delay = Math.min(time - came < QUIET ? LONGEST : RESTING, delay * 2);
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
