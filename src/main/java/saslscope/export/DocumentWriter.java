package saslscope.export;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** Writes documents one after another. Closing flushes, but leaves the writer below open. */
public interface DocumentWriter extends Closeable {
    /** Writes one document; keys with a null value count as absent. */
    void write(Map<String, ?> document) throws IOException;

    /** Hands on what is buffered. */
    void flush() throws IOException;
}
