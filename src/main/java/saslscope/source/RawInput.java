package saslscope.source;

import java.io.IOException;
import java.io.InputStream;

/** Counts what is read, and lets the first bytes be looked at before they are read. */
final class RawInput extends InputStream {
    private final InputStream in;
    private final byte[] head = new byte[Compression.HEAD];
    private int headAt;
    private int headEnd;
    /** Written by whoever reads; asked for progress by another thread. */
    private volatile long count;
    private boolean failed;

    /** Reads no more of the stream than it takes to tell how it is compressed: a pipe may be slow. */
    RawInput(InputStream in) throws IOException {
        this.in = in;
        while (Compression.undecided(head, headEnd)) {
            int n = in.read(head, headEnd, head.length - headEnd);
            if (n <= 0) {
                break;
            }
            headEnd += n;
        }
    }

    byte[] head() {
        return head;
    }

    int headLength() {
        return headEnd;
    }

    long count() {
        return count;
    }

    /** True if an error came from below: it is not the data that is wrong. */
    boolean failed() {
        return failed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        int n;
        if (headAt < headEnd) {
            n = Math.min(length, headEnd - headAt);
            System.arraycopy(head, headAt, into, at, n);
            headAt += n;
        } else {
            try {
                n = in.read(into, at, length);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
        count += Math.max(0, n);
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
