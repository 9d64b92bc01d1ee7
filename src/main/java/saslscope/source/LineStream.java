package saslscope.source;

import java.io.Closeable;
import java.io.IOException;

/**
 * The selected lines of one log, rotated parts included, in order.
 */
public interface LineStream extends Closeable {
    /**
     * The next selected line.
     *
     * @return the line; null when there is none now: for good if {@link #ended()}, else until more is written
     * @throws IOException if reading fails for good; what came before was delivered
     */
    Line next() throws IOException;

    /** True once no line can ever follow. */
    boolean ended();

    /** How far this log was read; null as long as nothing is known of the file. */
    Position position();

    /** What was read so far. */
    Tally tally();

    /** When the current file was last written, in epoch milliseconds, for the year of stamps that carry none. */
    long modified();

    /**
     * Counts of one stream.
     *
     * @param lines      lines read, selected or not
     * @param bytes      uncompressed bytes read
     * @param cut        lines longer than the limit
     * @param rawBytes   bytes read from disk (compressed ones for an archive)
     * @param rawTotal   bytes on disk that this stream knows of, for progress; -1 if unknown (a pipe)
     */
    record Tally(long lines, long bytes, long cut, long rawBytes, long rawTotal) {
    }
}
