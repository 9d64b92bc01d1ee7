package saslscope.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures of the file system in words. */
final class Reasons {
    private Reasons() {
    }

    /** Why it failed, without the file's name. */
    static String of(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            case NoSuchFileException missing -> "no such file";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : Shown.of(e.getMessage());
        };
    }
}
