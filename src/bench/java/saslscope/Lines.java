package saslscope;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import saslscope.definition.DefinitionException;
import saslscope.event.AuthEvent;
import saslscope.event.Events;
import saslscope.pattern.Match;
import saslscope.pattern.PatternSet;
import saslscope.source.Limits;
import saslscope.source.Line;
import saslscope.source.LineSelector;
import saslscope.source.LineSelectors;
import saslscope.source.Log;
import saslscope.source.LogReader;
import saslscope.syslog.SyslogParser;
import saslscope.syslog.SyslogRecord;

/** What benchmarks read: the log named by a system property, as the program itself would read it. */
public final class Lines {
    private Lines() {
    }

    /** The built-in patterns. */
    public static PatternSet patterns() {
        try {
            return PatternSet.load(List.of(Path.of(System.getProperty("bench.patterns", "patterns"))));
        } catch (DefinitionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file that a property names. */
    public static Path file(String property) {
        String name = System.getProperty(property);
        if (name == null || !Files.isRegularFile(Path.of(name))) {
            throw new IllegalStateException("-D" + property + "=LOG names no file: " + name);
        }
        return Path.of(name);
    }

    /** Opens a log. */
    public static LogReader open(Path file, LineSelector selector) {
        return LogReader.open(new Log(file.toString(), List.of(new Log.Part(file.toString(), file))), new ByteArrayInputStream(new byte[0]), selector, Limits.STANDARD,
            InstantSource.system(), p -> {
                throw new UncheckedIOException(new IOException(p.toString()));
            });
    }

    /** The first lines that may matter, parsed. */
    public static List<SyslogRecord> records(PatternSet patterns, Path file, int most) {
        List<SyslogRecord> out = new ArrayList<>();
        try (LogReader reader = open(file, LineSelectors.of(patterns.needles()))) {
            SyslogParser parser = new SyslogParser(ZoneOffset.UTC, OptionalInt.of(2026));
            boolean begun = false;
            for (Line line = reader.next(); line != null && out.size() < most; line = reader.next()) {
                if (!begun) {
                    parser.part(reader::modified, List.of());
                    begun = true;
                }
                SyslogRecord record = parser.parse(line);
                if (record != null) {
                    out.add(record);
                }
            }
        }
        return out;
    }

    /** The events in the first lines that matter. */
    public static List<AuthEvent> events(PatternSet patterns, Path file, int most) {
        List<AuthEvent> out = new ArrayList<>();
        for (SyslogRecord r : records(patterns, file, most)) {
            if (patterns.recognise(r) instanceof Match m) {
                out.add(Events.of(m));
            }
        }
        return out;
    }
}
