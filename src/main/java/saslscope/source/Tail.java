package saslscope.source;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * A plain file that may still grow. It stays the same file when it is renamed or deleted. Says when its content is not
 * the one any more of which the first bytes were read: truncated, or truncated and written anew. The latter is noticed
 * unless the first KiB is the same.
 *
 * <p>{@link RandomAccessFile} and not a channel: a channel is closed for good when its thread is interrupted.
 */
final class Tail implements LineBuffer.Bytes, Closeable {
    private static final int HEAD = 1 << 10;
    private static final int WINDOW = 64 << 10;

    private final Object key;
    private final RandomAccessFile file;
    /** The first bytes, as far as they were read, and no more than HEAD. */
    private final byte[] head = new byte[HEAD];
    private final byte[] headNow = new byte[HEAD];
    private long offset;
    private long sizeSeen;

    private Tail(Object key, RandomAccessFile file) {
        this.key = key;
        this.file = file;
    }

    /** Opens the file that has that name now, to be read from its first byte. */
    static Tail open(Path path) throws IOException {
        while (true) {
            BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
            if (before.isDirectory()) {
                throw new NotALog("is a directory", "name the files in it");
            }
            if (!before.isRegularFile()) {
                throw new NotALog("is not a regular file", "name a log file");
            }
            Tail tail = new Tail(before.fileKey(), openFile(path));
            // The key is that of the name, not of what was opened: both must be the same file.
            try {
                if (Files.readAttributes(path, BasicFileAttributes.class).fileKey().equals(tail.key)) {
                    return tail;
                }
            } catch (IOException e) {
                tail.close();
                throw e;
            }
            tail.close();
        }
    }

    /** Identity of the file among those that exist now. */
    Object key() {
        return key;
    }

    long size() throws IOException {
        return file.length();
    }

    /** The size as of the last read, in bytes. */
    long sizeSeen() {
        return sizeSeen;
    }

    /** Fingerprint of the content; 0 as long as it has no complete line. */
    long fingerprint() throws IOException {
        byte[] start = new byte[Fingerprint.HEAD];
        return Fingerprint.of(start, 0, readAt(0, start, start.length), false);
    }

    /** The first bytes, no more than were read. */
    byte[] head() {
        return Arrays.copyOf(head, (int) Math.min(HEAD, offset));
    }

    boolean startsWith(byte[] bytes) throws IOException {
        return readAt(0, headNow, bytes.length) == bytes.length
            && Arrays.equals(headNow, 0, bytes.length, bytes, 0, bytes.length);
    }

    /** Next byte to be read. */
    long offset() {
        return offset;
    }

    /** Goes on at that byte; the bytes before it are taken as they are. */
    void seek(long to) throws IOException {
        readAt(0, head, (int) Math.min(HEAD, to));
        offset = to;
        sizeSeen = file.length();
    }

    /** @return -1 if the content that was being read is gone */
    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        long size = file.length();
        sizeSeen = size;
        if (size < offset) {
            return -1;
        }
        int n = 0;
        if (size > offset) {
            file.seek(offset);
            n = Math.max(0, file.read(into, at, length));
        }
        // Looked at after the read: what was read then is of the content whose beginning this is.
        int known = (int) Math.min(HEAD, offset);
        if (readAt(0, headNow, known) < known || !Arrays.equals(head, 0, known, headNow, 0, known)) {
            return -1;
        }
        if (known < HEAD) {
            System.arraycopy(into, at, head, known, Math.min(n, HEAD - known));
        }
        offset += n;
        return n;
    }

    /** Start of the last complete lines, at most that many; 0 of them: the end of the last complete line. */
    long lastLines(long count) throws IOException {
        byte[] window = new byte[WINDOW];
        long newlines = 0;
        long to = file.length();
        while (to > 0) {
            int length = (int) Math.min(WINDOW, to);
            to -= length;
            int end = readAt(to, window, length);
            while (end > 0) {
                end = Newlines.last(window, 0, end);
                if (end >= 0 && newlines++ == count) {
                    return to + end + 1;
                }
            }
        }
        return 0;
    }

    /** Number of the line that starts there, 1 for the first. Reads the whole file up to there. */
    long numberAt(long place) throws IOException {
        byte[] window = new byte[WINDOW];
        long number = 1;
        for (long at = 0; at < place; at += WINDOW) {
            number += Newlines.count(window, 0, readAt(at, window, (int) Math.min(WINDOW, place - at)));
        }
        return number;
    }

    /** Start of the line that the byte before belongs to, if that byte is no newline; else the place itself. */
    long lineStart(long place) throws IOException {
        byte[] window = new byte[WINDOW];
        int length = (int) Math.min(WINDOW, place);
        int end = readAt(place - length, window, length);
        int newline = Newlines.last(window, 0, end);
        return newline >= 0 ? place - length + newline + 1 : place == length ? 0 : place;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private int readAt(long from, byte[] into, int length) throws IOException {
        file.seek(from);
        int n = 0;
        while (n < length) {
            int more = file.read(into, n, length - n);
            if (more < 0) {
                break;
            }
            n += more;
        }
        return n;
    }

    private static RandomAccessFile openFile(Path path) throws IOException {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            // This exception does not say why; the one for the same from java.nio does.
            Files.newInputStream(path).close();
            throw new NoSuchFileException(path.toString());
        }
    }
}
