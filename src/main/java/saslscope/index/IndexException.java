package saslscope.index;

import java.nio.file.Path;

/** The store can't do what was asked. The message is one line for people: which store, what is wrong, what to do. */
public final class IndexException extends RuntimeException {
    /** What kind of trouble it is. */
    public enum Kind {
        /** There is no index there. */
        MISSING,
        /** Another process (or this one) is writing to it. */
        BUSY,
        /** Made by another version of saslscope, or by something else. */
        VERSION,
        /** Damaged files. */
        CORRUPT,
        /** The folder or its files may not be read or written. */
        FORBIDDEN,
        /** No space, or no quota, left. */
        FULL,
        /** Any other failure of the disk or the server. */
        FAILED
    }

    private final Kind kind;

    IndexException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static IndexException missing(Path folder) {
        return new IndexException(Kind.MISSING, folder + ": there is no index here yet; 'saslscope follow' or "
            + "'saslscope analyze --store' makes one, --index names another folder", null);
    }
}
