package saslscope.doctor;

import java.time.Instant;
import java.util.List;

/**
 * A host to look at: this one, the file system of another, or a snapshot. Paths are absolute, as that host has them.
 * Text is given with its secrets masked.
 */
public interface Root {
    /** The text of a file, at most {@value LiveRoot#LONGEST} bytes of it. Bytes that are no UTF-8 become replacement characters. */
    Reading<String> read(String path);

    /** The same of a table of passwords: only keys and login names are kept. */
    Reading<String> table(String path);

    /** A file's state, symbolic links followed. */
    Reading<FileState> state(String path);

    /** The names in a folder, sorted. */
    Reading<List<String>> list(String folder);

    /** What a command prints, with standard error. */
    Reading<String> run(Command command);

    /** Whether this is the running host itself. */
    boolean live();

    /** What time it is there; null if that is not known. */
    Instant now();

    /** When this was so; null for a host that is looked at now, or if it is not known. */
    Instant taken();
}
