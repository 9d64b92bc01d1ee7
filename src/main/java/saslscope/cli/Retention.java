package saslscope.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import saslscope.index.EventStore;

/**
 * Deletes from the index what is older or more than the user wants, at most once a minute. A clock that was set forward
 * would make everything old: after such a jump nothing is deleted by age for a day.
 */
final class Retention {
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();
    private static final Duration JUMP = Duration.ofHours(1);
    private static final long HOLD = Duration.ofDays(1).toNanos();

    /**
     * How much is kept.
     *
     * @param age   null for all
     * @param bytes {@link Long#MAX_VALUE} for all
     */
    record Bounds(Duration age, long bytes) {
        static final Bounds NONE = new Bounds(null, Long.MAX_VALUE);
    }

    private final Bounds bounds;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Consumer<String> note;
    private boolean looked;
    private long lastNanos;
    private Instant lastTime;
    /** No deletion by age before that; without meaning unless {@link #holds}. */
    private long heldUntil;
    private boolean holds;
    private boolean toldAge;
    private boolean toldSize;

    /**
     * @param nanos a clock that nobody sets
     * @param note  takes what is said, each thing once
     */
    Retention(Bounds bounds, InstantSource clock, LongSupplier nanos, Consumer<String> note) {
        this.bounds = bounds;
        this.clock = clock;
        this.nanos = nanos;
        this.note = note;
    }

    /**
     * Deletes if it is time; the commit that follows makes it so.
     *
     * @param last look now, whenever the last look was
     * @return true if something was deleted
     */
    boolean apply(EventStore store, boolean last) {
        if (bounds.equals(Bounds.NONE)) {
            return false;
        }
        long now = nanos.getAsLong();
        if (looked && !last && now - lastNanos < PAUSE) {
            return false;
        }
        Instant time = clock.instant();
        watch(now, time);
        long old = bounds.age() == null || holds ? 0 : store.forget(time.minus(bounds.age()));
        if (old > 0 && !toldAge) {
            toldAge = true;
            note.accept("--keep: " + old + " older documents are deleted from the index; further ones as they become too old");
        }
        long surplus = bounds.bytes() == Long.MAX_VALUE ? 0 : store.fit(bounds.bytes());
        if (surplus > 0 && !toldSize) {
            toldSize = true;
            note.accept("--max-size: the " + surplus + " oldest documents are deleted from the index; further ones as it grows");
        }
        return old + surplus > 0;
    }

    private void watch(long now, Instant time) {
        if (holds && now - heldUntil >= 0) {
            holds = false;
        }
        if (looked && Duration.between(lastTime, time).minusNanos(now - lastNanos).compareTo(JUMP) > 0) {
            if (bounds.age() != null && !holds) {
                note.accept("the clock went forward by more than an hour at once; --keep deletes nothing for a day");
            }
            holds = true;
            heldUntil = now + HOLD;
        }
        looked = true;
        lastNanos = now;
        lastTime = time;
    }
}
