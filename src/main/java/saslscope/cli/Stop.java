package saslscope.cli;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Asks long work to end: what was read so far is stored and summed up, then the process ends with the signal's code. */
final class Stop implements BooleanSupplier {
    private final AtomicInteger code = new AtomicInteger();
    private volatile boolean prompting;

    /** Somebody is asked for a password, which nothing interrupts: what asks meanwhile has to end the process itself. */
    void prompting(boolean now) {
        prompting = now;
    }

    boolean prompting() {
        return prompting;
    }

    /** Asks; the first one counts. */
    void ask(int exitCode) {
        code.compareAndSet(0, exitCode);
    }

    /** True once asked. */
    @Override
    public boolean getAsBoolean() {
        return code.get() != 0;
    }

    /** The exit code: that of the signal if there was one. */
    int code(int otherwise) {
        int asked = code.get();
        return asked != 0 ? asked : otherwise;
    }
}
