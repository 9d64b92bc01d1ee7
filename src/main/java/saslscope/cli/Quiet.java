package saslscope.cli;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waits for input: shortly while it keeps coming, so that a pipe is read at full speed, and longer the longer nothing
 * comes. Tells once when it has been quiet for a second: by then other processes have logged what they had to say.
 */
final class Quiet implements BooleanSupplier {
    private static final long SHORTEST = 1_000_000;
    private static final long LONGEST = 200_000_000;
    private static final long SETTLED = 1_000_000_000;

    private final LongSupplier reads;
    private final Pause pause;
    private long seen = -1;
    private long delay;
    private long waited;

    /** Waits so many nanoseconds, or less if a signal comes. */
    interface Pause {
        void nanos(long nanos);
    }

    /**
     * @param reads grows whenever something was read
     */
    Quiet(LongSupplier reads, Pause pause) {
        this.reads = reads;
        this.pause = pause;
    }

    @Override
    public boolean getAsBoolean() {
        long now = reads.getAsLong();
        if (now != seen) {
            seen = now;
            delay = SHORTEST;
            waited = 0;
        }
        pause.nanos(delay);
        boolean before = waited >= SETTLED;
        waited += delay;
        delay = Math.min(LONGEST, delay * 2);
        return !before && waited >= SETTLED;
    }
}
