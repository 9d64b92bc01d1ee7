package saslscope.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952) of any number of members. Unlike {@link java.util.zip.GZIPInputStream} it does not depend on
 * {@code available()} to see a further member in a pipe, and it does not keep silent about bytes behind the last one.
 * Everything that can be unpacked is delivered before an error is thrown.
 */
final class GzipInput extends InputStream {
    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] packed = new byte[64 << 10];
    private int pos;
    private int end;
    private boolean inMember;
    private boolean ended;

    GzipInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (!ended) {
                if (!inMember) {
                    ended = !header();
                    continue;
                }
                int n = inflater.inflate(into, at, length);
                if (n > 0) {
                    crc.update(into, at, n);
                    return n;
                }
                if (inflater.finished()) {
                    pos = end - inflater.getRemaining();
                    trailer();
                } else if (inflater.needsDictionary()) {
                    throw new ZipException("the compressed data is damaged");
                } else {
                    if (!more()) {
                        throw new EOFException("the compressed data ends too early");
                    }
                    inflater.setInput(packed, pos, end - pos);
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw new ZipException("the compressed data is damaged");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    /** Reads the header of a member; false if there is none any more. */
    private boolean header() throws IOException {
        int first = byteOrEnd();
        while (first == 0) {
            // Tapes and some tools pad the file with zeros.
            first = byteOrEnd();
        }
        if (first < 0) {
            return false;
        }
        if (first != 0x1f || byteOrEnd() != 0x8b || byteOrEnd() != 8) {
            throw new ZipException("bytes behind the compressed data are not gzip");
        }
        int flags = oneByte();
        skip(6);
        if ((flags & 4) != 0) {
            skip(oneByte() | oneByte() << 8);
        }
        if ((flags & 8) != 0) {
            skipText();
        }
        if ((flags & 16) != 0) {
            skipText();
        }
        if ((flags & 2) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
        inflater.setInput(packed, pos, end - pos);
        inMember = true;
        return true;
    }

    private void trailer() throws IOException {
        long sum = fourBytes();
        long size = fourBytes();
        if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("the compressed data is damaged (its checksum differs)");
        }
        inMember = false;
    }

    private boolean more() throws IOException {
        pos = 0;
        end = Math.max(0, in.read(packed, 0, packed.length));
        return end > 0;
    }

    private int byteOrEnd() throws IOException {
        return pos < end || more() ? packed[pos++] & 0xff : -1;
    }

    private int oneByte() throws IOException {
        int b = byteOrEnd();
        if (b < 0) {
            throw new EOFException("the compressed data ends too early");
        }
        return b;
    }

    private long fourBytes() throws IOException {
        return oneByte() | oneByte() << 8 | oneByte() << 16 | (long) oneByte() << 24;
    }

    private void skip(int n) throws IOException {
        for (int i = 0; i < n; i++) {
            oneByte();
        }
    }

    private void skipText() throws IOException {
        while (oneByte() != 0) {
            continue;
        }
    }
}
