package saslscope.source;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Identity of a log's content: the first 8 bytes of SHA-256 over its first line (without its line ending, at most
 * 4 KiB of it). Lines that are empty or start with {@code --} are passed over: journalctl writes the same one above
 * every output. Survives rename, copy and compression. Two files that start with the same line are taken for the same
 * file; a syslog line with time, host and process id makes that unlikely.
 */
final class Fingerprint {
    /** The line is searched in this many bytes; if all lines there are passed over, the first is taken after all. */
    static final int HEAD = 16 << 10;
    private static final int HASHED = 4 << 10;

    private Fingerprint() {
    }

    /**
     * @param bytes    holds the head of a file
     * @param from     the file's first byte
     * @param to       end of what is known of the file
     * @param complete true if the file ends there and its last line counts even without a newline
     * @return the fingerprint, or 0 if the first line is not complete yet
     */
    static long of(byte[] bytes, int from, int to, boolean complete) {
        int end = Math.min(to, from + HEAD);
        boolean all = complete || to - from >= HEAD;
        int pos = from;
        while (pos < end) {
            int newline = Newlines.first(bytes, pos, end);
            boolean enough = newline >= 0 || all || end - pos > HASHED;
            if (!enough) {
                return 0;
            }
            int stop = newline < 0 ? end : newline;
            if (stop > pos && bytes[stop - 1] == '\r') {
                stop--;
            }
            if (!passedOver(bytes, pos, stop)) {
                return hash(bytes, pos, stop);
            }
            if (newline < 0) {
                break;
            }
            pos = newline + 1;
        }
        return to - from >= HEAD ? hash(bytes, from, end) : 0;
    }

    private static boolean passedOver(byte[] bytes, int from, int to) {
        return from == to || to - from >= 2 && bytes[from] == '-' && bytes[from + 1] == '-';
    }

    private static long hash(byte[] bytes, int from, int to) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes, from, Math.min(to - from, HASHED));
            long hash = ByteBuffer.wrap(sha.digest()).getLong();
            return hash == 0 ? 1 : hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
