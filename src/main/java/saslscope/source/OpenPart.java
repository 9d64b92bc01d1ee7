package saslscope.source;

import java.io.Closeable;
import java.io.IOException;

/** One file that a follower has open: either plain, and then it may grow, or compressed. */
final class OpenPart implements Closeable {
    private final Tail tail;
    private final PartInput packed;
    private final Reading reading;
    private final long packedSize;

    private OpenPart(Tail tail, PartInput packed, Reading reading, long packedSize) {
        this.tail = tail;
        this.packed = packed;
        this.reading = reading;
        this.packedSize = packedSize;
    }

    /** Reads a plain file that stands where its tail was put. */
    static OpenPart plain(Tail tail, LineBuffer buffer, String name, LogFile file) {
        return new OpenPart(tail, null, new Reading(name, tail, buffer, file), 0);
    }

    static OpenPart packed(PartInput packed, LineBuffer buffer, String name, LogFile file, long size) {
        return new OpenPart(null, packed, new Reading(name, packed, buffer, file), size);
    }

    Reading reading() {
        return reading;
    }

    /** Null if it is compressed. */
    Tail tail() {
        return tail;
    }

    /** Identity among the files that exist now; null if it is compressed. */
    Object key() {
        return tail == null ? null : tail.key();
    }

    long raw() {
        return tail == null ? packed.raw() : tail.offset() - reading.from();
    }

    /** Bytes on disk that were or will be read. */
    long rawTotal() {
        return tail == null ? packedSize : Math.max(raw(), tail.sizeSeen() - reading.from());
    }

    @Override
    public void close() throws IOException {
        if (tail == null) {
            packed.close();
        } else {
            tail.close();
        }
    }
}
