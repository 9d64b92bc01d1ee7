package saslscope.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import saslscope.export.DocumentWriter;
import saslscope.export.JsonLines;
import saslscope.export.Shape;
import saslscope.export.WholeFile;
import saslscope.index.Search;
import saslscope.index.StoredEvents;

/** Writes what is stored, all of it. */
final class Exporting {
    private static final List<String> SHAPES = List.of("incidents", "attempts", "events");

    private final Session session;
    private final ExportCommand options;

    Exporting(Session session, ExportCommand options) {
        this.session = session;
        this.options = options;
    }

    int run() throws IOException {
        if (options.what == null || !SHAPES.contains(options.what)) {
            throw new Refusal("export" + (options.what == null ? ": of what? choose " + String.join(", ", SHAPES)
                : " " + Shown.of(options.what) + ": no such thing; " + Plan.suggestion(options.what, SHAPES)));
        }
        Shape shape = Shape.valueOf(options.what.toUpperCase(Locale.ROOT));
        Plan.Output format = format();
        Search search = Searching.search(session, options.query).among(options.what.substring(0, options.what.length() - 1));
        try (StoredEvents events = Storage.read(session)) {
            if (options.to == null || options.to.equals("-")) {
                write(events, search, shape, format, session.out());
            } else {
                toFile(events, search, shape, format);
            }
        }
        return Exit.DONE;
    }

    private Plan.Output format() {
        String text = options.format;
        if (text == null && session.plan().output() != null) {
            text = session.plan().output().name();
        }
        if (text == null) {
            text = options.to != null && (options.to.endsWith(".jsonl") || options.to.endsWith(".json")) ? "jsonl" : "csv";
        }
        Plan.Output format = Plan.Output.of("--format", text);
        if (format == Plan.Output.TEXT) {
            throw new Refusal("--format=text: export writes csv or jsonl; choose one");
        }
        return format;
    }

    private void toFile(StoredEvents events, Search search, Shape shape, Plan.Output format) {
        long n;
        try (WholeFile file = WholeFile.at(Path.of(options.to))) {
            n = write(events, search, shape, format, file.writer());
            file.commit();
        } catch (IOException e) {
            throw new Refusal("--to=" + Shown.of(options.to) + ": cannot be written: " + Reasons.of(e) + "; nothing was changed there");
        } catch (UncheckedIOException e) {
            throw new Refusal("--to=" + Shown.of(options.to) + ": cannot be written: " + Reasons.of(e.getCause()) + "; nothing was changed there");
        }
        session.hint("wrote " + n + " " + (n == 1 ? options.what.substring(0, options.what.length() - 1) : options.what) + " to " + Shown.of(options.to));
    }

    private static long write(StoredEvents events, Search search, Shape shape, Plan.Output format, Writer out) throws IOException {
        long[] n = {0};
        try (DocumentWriter writer = format == Plan.Output.JSONL ? new JsonLines(out) : shape.csv(out)) {
            events.each(search, document -> {
                try {
                    writer.write(document);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                n[0]++;
                return true;
            });
        }
        return n[0];
    }
}
