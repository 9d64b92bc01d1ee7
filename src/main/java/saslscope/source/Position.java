package saslscope.source;

/**
 * How far a log was read: everything before was delivered or skipped on purpose.
 *
 * @param file   the file
 * @param offset bytes from the start of the uncompressed file; always the start of a line
 * @param number 1-based number of the line that starts there
 */
public record Position(LogFile file, long offset, long number) {
}
