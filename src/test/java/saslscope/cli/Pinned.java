package saslscope.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The command line where nothing depends on the machine: clock, zone, width, platform and index are given. */
public final class Pinned {
    static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

    private Pinned() {
    }

    /** Runs one command line in a process of its own; {@code STATE_DIRECTORY} says where the index is. */
    public static void main(String[] args) {
        Path index = Path.of(System.getenv("STATE_DIRECTORY"));
        System.exit(new Cli(surroundings(index, System.in, new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err))).run(args));
    }

    static Surroundings surroundings(Path index, InputStream in, OutputStream out, OutputStream err) {
        return new Surroundings(Path.of("").toAbsolutePath(), List.of(), Map.of("STATE_DIRECTORY", index.toString()), "root",
            index.resolveSibling("home"), in, out, err, false, false, false, 80, true, InstantSource.fixed(NOW), ZoneOffset.UTC,
            "debian", new Stop());
    }
}
