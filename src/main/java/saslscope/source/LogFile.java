package saslscope.source;

/**
 * The file a line came from.
 *
 * @param path        the name to show to people, as given or found
 * @param fingerprint identity of the content: a hash of the file's first complete line, so that it stays the same
 *                    when the file is renamed, copied or compressed; 0 where there is none (a pipe)
 */
public record LogFile(String path, long fingerprint) {
}
