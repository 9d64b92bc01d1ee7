package saslscope.syslog;

/**
 * A line from somewhere in a file, looked at before the file is read, to see how its stamps run.
 *
 * @param offset bytes from the start of the uncompressed file to the line's first byte
 * @param bytes  the line, or at least the beginning of it
 */
public record Sample(long offset, byte[] bytes) {
}
