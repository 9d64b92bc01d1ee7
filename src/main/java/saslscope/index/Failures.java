package saslscope.index;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import saslscope.index.IndexException.Kind;

/** What Lucene and the disk say, said to people. */
final class Failures {
    private static final String AGAIN = "move the folder away and read the logs again ('saslscope analyze --store')";

    private Failures() {
    }

    /** The message for a failure on a folder. */
    static IndexException of(Path folder, Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof IndexException known) {
                return known;
            }
            IndexException told = known(folder, t, failure);
            if (told != null) {
                return told;
            }
            if (t.getCause() == t) {
                break;
            }
        }
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return new IndexException(Kind.FAILED, folder + ": the index can't be used: " + words(root), failure);
    }

    private static IndexException known(Path folder, Throwable t, Throwable failure) {
        String words = t.getMessage() == null ? "" : t.getMessage().toLowerCase(Locale.ROOT);
        if (t instanceof IOException && (words.contains("no space left") || words.contains("quota exceeded"))) {
            return new IndexException(Kind.FULL, folder + ": no space left on the disk; make room and start again, "
                + "reading goes on where the last commit stopped", failure);
        }
        if (t instanceof AccessDeniedException || words.contains("permission denied") || words.contains("read-only file system")) {
            return new IndexException(Kind.FORBIDDEN, folder + ": this user may not use it (" + words(t)
                + "); run as its owner, or name another folder with --index", failure);
        }
        if (t instanceof IndexFormatTooOldException old && !damaged(old.getVersion())
            || t instanceof IndexFormatTooNewException young && !damaged(young.getVersion())) {
            return new IndexException(Kind.VERSION, folder + ": this index was written by another version of Lucene; use the "
                + "saslscope that made it, or " + AGAIN, failure);
        }
        if (t instanceof IndexNotFoundException) {
            return IndexException.missing(folder);
        }
        if (t instanceof CorruptIndexException || t instanceof IndexFormatTooOldException || t instanceof IndexFormatTooNewException || t instanceof EOFException || t instanceof NoSuchFileException
            || t instanceof FileNotFoundException) {
            return new IndexException(Kind.CORRUPT, folder + ": the index is damaged (" + words(t) + "); " + AGAIN, failure);
        }
        return null;
    }

    /** Lucene's formats are numbered from 0 and have not come to 100; null: it was given as text. */
    private static boolean damaged(Integer version) {
        return version != null && (version < 0 || version > 1_000);
    }

    static IndexException version(Path folder, String found) {
        return new IndexException(Kind.VERSION, folder + ": this index has format " + (found == null ? "of some other program" : found)
            + ", this saslscope reads and writes format " + Schema.VERSION + "; use the saslscope that made it, or " + AGAIN, null);
    }

    private static String words(Throwable t) {
        String message = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
        if (t instanceof FileSystemException f && f.getReason() == null) {
            message = (t instanceof AccessDeniedException ? "permission denied: " : "no such file: ") + message;
        }
        String line = message.replaceAll("\\s+", " ");
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }
}
