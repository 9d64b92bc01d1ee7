package saslscope.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import saslscope.definition.DefinitionException;

/** Runs command lines in this process, with everything pinned that differs between machines. */
final class Runner {
    static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

    private static Definitions shipped;

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    Stop stop = new Stop();
    Instant now = NOW;
    Requests requests = new Requests();
    InputStream in = InputStream.nullInputStream();
    OutputStream to = out;
    boolean inTty = true;
    boolean outTty;
    boolean errTty;
    int columns = 80;
    Map<String, String> env = Map.of("TERM", "xterm");
    Path home = Path.of("");
    Path host = Path.of("/nonexistent");
    List<Path> settings = List.of();

    /** Those that come with the program are read once; folders that a test makes may change. */
    private static synchronized Definitions definitions(List<Path> folders) throws DefinitionException {
        if (!folders.equals(List.of(Path.of("patterns")))) {
            return Definitions.load(folders);
        }
        if (shipped == null) {
            shipped = Definitions.load(folders);
        }
        return shipped;
    }

    Runner stdin(byte[] bytes) {
        in = new ByteArrayInputStream(bytes);
        inTty = false;
        return this;
    }

    int run(String... args) {
        out.reset();
        err.reset();
        return new Cli(new Surroundings(home, settings, env, "tester", Path.of("/home/tester"), host, in, to, err, inTty, outTty, errTty,
            columns, true, () -> now, ZoneOffset.UTC, "debian", Runner::definitions, stop, requests)).run(args);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
