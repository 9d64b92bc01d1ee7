package saslscope.doctor;

import java.time.Instant;
import java.util.List;

/**
 * A host to look at: this one, the file system of another, or a snapshot. Paths are absolute, as that host has them.
 * Text is given with its secrets masked.
 */
public interface Root {
    /** What of a file's text is masked. */
    enum Masking {
        /** What looks like a password or a key. */
        SECRETS,
        /** All of a Postfix table of passwords but keys and login names. */
        TABLE,
        /** All of a file like passwd(5) but the names. */
        ACCOUNTS
    }

    /** The text of a file, at most {@value LiveRoot#LONGEST} bytes of it. Bytes that are no UTF-8 become replacement characters. */
    Reading<String> text(String path, Masking masking);

    /** The text of a configuration file; a table of passwords is told by its name. */
    default Reading<String> read(String path) {
        return text(path, Tables.passwords(path) ? Masking.TABLE : Masking.SECRETS);
    }

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
