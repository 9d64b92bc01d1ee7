package saslscope.cli;

import saslscope.live.Printable;

/** Text from outside, as messages show it. */
final class Shown {
    private Shown() {
    }

    /** Harmless, on one line, and not too long. */
    static String of(String raw) {
        return Printable.of(raw, 200, "...");
    }
}
