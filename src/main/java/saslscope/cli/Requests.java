package saslscope.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/** What a signal asked of a run that goes on: {@code SIGHUP} to load the definitions anew, {@code SIGUSR1} to tell its counts. */
class Requests {
    private final AtomicBoolean reload = new AtomicBoolean();
    private final AtomicBoolean counts = new AtomicBoolean();

    void reload() {
        reload.set(true);
    }

    void counts() {
        counts.set(true);
    }

    /** Whether definitions are to be loaded anew; true once for each time it was asked. */
    boolean takeReload() {
        return reload.getAndSet(false);
    }

    /** Whether counts are to be told; true once for each time it was asked. */
    boolean takeCounts() {
        return counts.getAndSet(false);
    }
}
