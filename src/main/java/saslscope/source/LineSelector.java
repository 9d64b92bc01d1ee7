package saslscope.source;

/** Tells which lines are worth looking at. Most lines of a mail log are not about authentication. */
public interface LineSelector {
    /** Selects every line. */
    LineSelector ALL = (bytes, from, to) -> from;

    /**
     * Finds the next line to look at. Must be safe to call from several threads.
     *
     * @param bytes complete lines
     * @param from  start of a line
     * @param to    end of the last line: behind its newline, or behind its last byte if the line has no newline
     *              (the last line of a file) or was longer than the reader's limit; greater than {@code from}
     * @return the index of some byte inside the first selected line, or -1 if no line in the range is selected
     */
    int next(byte[] bytes, int from, int to);
}
