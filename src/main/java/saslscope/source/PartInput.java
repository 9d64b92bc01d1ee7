package saslscope.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tukaani.xz.MemoryLimitException;

/**
 * The uncompressed bytes of one part, read once from start to end. If the compressed data is damaged, all bytes before
 * the damage are delivered before the error is thrown. (From a pipe, up to one block before it may be missing for bzip2
 * and xz: a pipe cannot be read again.)
 */
final class PartInput implements LineBuffer.Bytes, Closeable {
    private final Path path;
    private RawInput raw;
    private InputStream in;
    private Compression compression;
    private long delivered;
    /** The error that was met; what is left before it is now read byte by byte. */
    private IOException error;
    /** Nothing is left before it. */
    private boolean exhausted;

    private PartInput(Path path) {
        this.path = path;
    }

    /** @throws IOException if the file cannot be opened, or is of a kind that cannot be read */
    static PartInput open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new NotALog("is a directory", "name the files in it, or a file");
        }
        PartInput part = new PartInput(path);
        part.attach(Files.newInputStream(path));
        return part;
    }

    /** Reads a stream, such as standard input. */
    static PartInput open(InputStream pipe) throws IOException {
        PartInput part = new PartInput(null);
        part.attach(pipe);
        return part;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (error != null) {
            return lastBytes(into, at, length);
        }
        try {
            int n = in.read(into, at, length);
            delivered += Math.max(0, n);
            return n;
        } catch (IOException | RuntimeException e) {
            error = explained(e);
            if (path == null || compression == Compression.NONE || compression == Compression.GZIP) {
                exhausted = true;
                throw error;
            }
            // They also forget what they had put into the array when they throw: go there again in small steps.
            reopen();
            return lastBytes(into, at, length);
        }
    }

    /** Skips bytes; true if there were that many. */
    boolean skip(long bytes) throws IOException {
        byte[] junk = new byte[64 << 10];
        long left = bytes;
        while (left > 0) {
            int n = read(junk, 0, (int) Math.min(junk.length, left));
            if (n < 0) {
                return false;
            }
            left -= n;
        }
        return true;
    }

    Compression compression() {
        return compression;
    }

    /** Bytes read from disk or from the pipe. */
    long raw() {
        return raw.count();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void attach(InputStream source) throws IOException {
        try {
            raw = new RawInput(source);
            String[] foreign = Compression.foreign(raw.head(), raw.headLength());
            if (foreign != null) {
                throw new NotALog(foreign[0], foreign[1]);
            }
            compression = Compression.of(raw.head(), raw.headLength());
            in = compression.over(raw);
        } catch (IOException | RuntimeException e) {
            source.close();
            throw explained(e);
        } catch (LinkageError e) {
            source.close();
            throw new NotALog("is compressed with zstd, which cannot be read on this platform",
                "pipe it: zstd -dc FILE | saslscope analyze -");
        }
    }

    /**
     * Decoders word the same faults differently, throw nothing but EOFException for some, and unchecked exceptions for
     * others.
     */
    private IOException explained(Exception e) {
        if (e instanceof IOException io && (compression == null || compression == Compression.NONE || raw.failed()
            || io instanceof NotALog || io instanceof MemoryLimitException)) {
            return io;
        }
        return new NotALog("the compressed data is damaged or incomplete",
            "what could be read of it was used; get a complete copy");
    }

    private void reopen() throws IOException {
        in.close();
        attach(Files.newInputStream(path));
        long left = delivered;
        byte[] junk = new byte[64 << 10];
        while (left > 0) {
            int n = in.read(junk, 0, (int) Math.min(junk.length, left));
            if (n < 0) {
                throw error;
            }
            left -= n;
        }
    }

    private int lastBytes(byte[] into, int at, int length) throws IOException {
        int n = 0;
        try {
            while (n < length && !exhausted) {
                int b = in.read();
                exhausted = b < 0;
                if (!exhausted) {
                    into[at + n++] = (byte) b;
                }
            }
        } catch (IOException | RuntimeException e) {
            exhausted = true;
        }
        if (n == 0) {
            throw error;
        }
        return n;
    }
}
