package saslscope.source;

/**
 * One line of a log, and where it stood.
 *
 * @param file   the file
 * @param offset bytes from the start of the uncompressed file to the line's first byte
 * @param number 1-based number of the line in the file
 * @param bytes  the line without its line ending; never changed by anyone
 * @param cut    true if the line was longer than the reader's limit and its rest was skipped
 */
public record Line(LogFile file, long offset, long number, byte[] bytes, boolean cut) {
}
