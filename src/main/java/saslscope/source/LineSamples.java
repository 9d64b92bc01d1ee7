package saslscope.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A few lines from all over a file, in order, so that its time stamps can be placed before it is read. */
public final class LineSamples {
    /** Never more samples than this; the distance is widened instead. */
    public static final int MOST = 1024;
    private static final int WINDOW = 8 << 10;

    /**
     * A line.
     *
     * @param offset bytes from the start of the uncompressed file to its first byte
     * @param bytes  the line without its ending, or the beginning of it
     */
    public record At(long offset, byte[] bytes) {
    }

    private LineSamples() {
    }

    /**
     * The first line, and the first whole line after every {@code distance} bytes; of a compressed file the first line
     * only. A line that is longer than 8 KiB is cut or passed over.
     *
     * @param distance bytes between samples, at least 1
     * @return without line endings; empty for a pipe and for a file that cannot be read: reading it tells why
     */
    public static List<At> of(Path path, int distance) {
        List<At> samples = new ArrayList<>();
        if (path == null || !Files.isRegularFile(path)) {
            return samples;
        }
        byte[] window = new byte[WINDOW];
        try {
            boolean plain;
            try (PartInput in = PartInput.open(path)) {
                plain = in.compression() == Compression.NONE;
                add(samples, window, 0, readFully(in, window), 0);
            }
            if (plain) {
                try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                    long size = file.length();
                    long step = Math.max(Math.max(1, distance), size / (MOST - 1) + 1);
                    for (long at = step; at < size; at += step) {
                        // One byte early: a line that starts right at the mark counts.
                        file.seek(at - 1);
                        int n = readFully(file::read, window);
                        int newline = Newlines.first(window, 0, n);
                        if (newline >= 0) {
                            add(samples, window, newline + 1, n, at - 1);
                        }
                    }
                }
            }
        } catch (IOException e) {
            // What was found so far is what there is.
            return samples;
        }
        return samples;
    }

    /** @param start where the window begins in the file */
    private static void add(List<At> samples, byte[] window, int from, int to, long start) {
        int newline = Newlines.first(window, from, to);
        int stop = newline < 0 ? to : newline;
        if (stop > from && window[stop - 1] == '\r') {
            stop--;
        }
        if (stop > from) {
            samples.add(new At(start + from, Arrays.copyOfRange(window, from, stop)));
        }
    }

    private static int readFully(LineBuffer.Bytes in, byte[] into) throws IOException {
        int n = 0;
        while (n < into.length) {
            int more = in.read(into, n, into.length - n);
            if (more < 0) {
                break;
            }
            n += more;
        }
        return n;
    }
}
