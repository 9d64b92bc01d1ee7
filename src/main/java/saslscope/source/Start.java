package saslscope.source;

/** Where following begins. A file that appears only later is always read from its first line. */
public sealed interface Start {
    /** With the first line of the live file. */
    record Beginning() implements Start {
    }

    /** With the first line of the oldest part that rotation has left. */
    record Oldest() implements Start {
    }

    /** With the next line that is written to the live file. */
    record End() implements Start {
    }

    /**
     * With the last lines of the live file.
     *
     * @param count number of lines, at least 0
     */
    record LastLines(long count) implements Start {
    }

    /** Where reading stopped earlier, wherever rotation has moved that file; then everything written since. */
    record At(Position position) implements Start {
    }
}
