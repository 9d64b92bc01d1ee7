package saslscope.source;

import java.io.IOException;

/** Reads the lines of one file, from wherever its bytes come. */
final class Reading {
    private final String name;
    private final LineBuffer.Bytes in;
    private final LineBuffer buffer;
    private final long from;
    private LogFile file;
    private boolean over;

    /**
     * @param file null if it is not known yet; then {@code offset} is 0, and the fingerprint is made of the first bytes
     *             that come
     */
    Reading(String name, LineBuffer.Bytes in, LineBuffer buffer, LogFile file) {
        this.name = name;
        this.in = in;
        this.buffer = buffer;
        this.file = file;
        this.from = buffer.offset();
    }

    /** The next selected line; null if there is none now or, if {@link #over}, no complete one will come. */
    Line next() throws IOException {
        while (true) {
            if (file != null) {
                Line line = buffer.next(file);
                if (line != null) {
                    return line;
                }
            }
            int n = over ? -1 : buffer.fill(in);
            if (n <= 0) {
                over = n < 0;
                return null;
            }
            identify(false);
        }
    }

    /** What is left when no more bytes will come; to be called until it returns null. */
    Line rest() {
        over = true;
        identify(true);
        Line line = buffer.next(file);
        return line != null ? line : buffer.last(file);
    }

    /** More bytes may come after all: takes back that {@link #rest} was called. */
    void goOn() {
        over = false;
    }

    /** No more bytes are to be read. */
    void stop() {
        over = true;
    }

    String name() {
        return name;
    }

    boolean over() {
        return over;
    }

    /** Null as long as the file has no complete line. */
    LogFile file() {
        return file;
    }

    LineBuffer buffer() {
        return buffer;
    }

    /** Null as long as the file has no complete line. */
    Position position() {
        return file == null ? null : new Position(file, buffer.offset(), buffer.number());
    }

    /** Where reading began, in bytes of the uncompressed file. */
    long from() {
        return from;
    }

    private void identify(boolean complete) {
        if (file == null) {
            long fingerprint = buffer.fingerprint(complete);
            if (fingerprint != 0 || complete) {
                file = new LogFile(name, fingerprint);
            }
        }
    }
}
