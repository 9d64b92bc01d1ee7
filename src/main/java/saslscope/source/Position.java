package saslscope.source;

/**
 * How far a log was read: everything before was delivered or skipped on purpose.
 *
 * @param file   the file
 * @param offset bytes from the start of the uncompressed file; the start of a line, or the end of
 *               a file whose last line has no newline and was delivered all the same
 * @param number 1-based number of the line that starts there
 */
public record Position(LogFile file, long offset, long number) {
}
