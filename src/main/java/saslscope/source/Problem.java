package saslscope.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import org.tukaani.xz.MemoryLimitException;

/**
 * Something that kept a file from being read whole. The others, and what can be read of this one, are still read.
 *
 * @param file   the name to show to people, as given; not escaped
 * @param what   what is wrong, a few words without a full stop: {@code does not exist}
 * @param advice what to do about it; empty if there is nothing to say
 * @param passing true if it may end by itself and is waited for: a followed file that is not there yet
 */
public record Problem(String file, String what, String advice, boolean passing) {
    Problem(String file, String what, String advice) {
        this(file, what, advice, false);
    }

    /** The problem in one line. */
    @Override
    public String toString() {
        return file + ": " + what + (advice.isEmpty() ? "" : "; " + advice);
    }

    /** What an error while a file was opened or read means to its owner. */
    static Problem of(String file, IOException e) {
        return switch (e) {
            case NotALog n -> new Problem(file, n.getMessage(), n.advice());
            case NoSuchFileException n -> new Problem(file, "does not exist", "check the name");
            case AccessDeniedException n -> new Problem(file, "permission denied",
                "run as a user who may read it, such as root or a member of the group that owns it (often adm)");
            case FileSystemLoopException n -> new Problem(file, "is a symbolic link to itself", "check the link");
            case MemoryLimitException n -> new Problem(file, "needs more memory to unpack than is allowed (100 MiB)",
                "pipe it: xz -dc FILE | saslscope analyze -");
            case FileSystemException n -> new Problem(file, "cannot be read: "
                + (n.getReason() == null ? n.getClass().getSimpleName() : n.getReason()), "");
            default -> new Problem(file, "cannot be read on: " + e.getMessage(), "what could be read was used");
        };
    }
}
