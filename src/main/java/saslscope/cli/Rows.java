package saslscope.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import saslscope.export.DocumentWriter;
import saslscope.export.JsonLines;
import saslscope.export.Shape;

/** Found documents, as a table or in the form that was asked for. */
final class Rows implements AutoCloseable {
    private static final int TABLE = 1_000;
    private static final int WIDEST = 40;

    private final Session session;
    private DocumentWriter writer;
    private Table table;
    private int held;

    Rows(Session session) {
        this.session = session;
        this.table = new Table(session.plan().look(), WIDEST);
    }

    /** Takes a document; what it becomes may be held back until {@link #show()}. */
    void add(Map<String, Object> document) {
        try {
            if (session.plan().output() == Plan.Output.JSONL) {
                writer = writer == null ? new JsonLines(session.out()) : writer;
            } else if (session.plan().output() == Plan.Output.CSV) {
                // A table has one set of columns: those of what is found first.
                writer = writer == null ? shape(document).csv(session.out()) : writer;
            }
            if (writer != null) {
                writer.write(document);
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        row(document);
        if (++held == TABLE) {
            show();
        }
    }

    private static Shape shape(Map<String, Object> document) {
        return switch (String.valueOf(document.get("doc.type"))) {
            case "incident" -> Shape.INCIDENTS;
            case "event" -> Shape.EVENTS;
            default -> Shape.ATTEMPTS;
        };
    }

    private void row(Map<String, Object> d) {
        String time = String.valueOf(d.get("@timestamp"));
        String clock = time.length() >= 19 ? time.substring(0, 19).replace('T', ' ') : time;
        switch (String.valueOf(d.get("doc.type"))) {
            case "incident" -> table.row(clock, d.get("severity"), d.get("state"), d.get("incident_id"), null, d.get("title"));
            case "event" -> table.row(clock, d.get("event.action"), d.get("service.name"), null, null, d.get("event.original"));
            default -> table.row(clock, d.get("event.outcome"), or(d, "user.name", "-"), or(d, "source.ip", or(d, "destination.ip", "-")),
                or(d, "sasl.mechanism", "-"), cause(d));
        }
    }

    private static Object or(Map<String, Object> d, String key, Object otherwise) {
        return d.getOrDefault(key, otherwise);
    }

    private static Object cause(Map<String, Object> d) {
        if ("success".equals(d.get("event.outcome"))) {
            return "";
        }
        Object cause = d.get("diagnosis.cause");
        Object certainty = d.get("diagnosis.certainty");
        if ("ambiguous".equals(certainty) && d.get("diagnosis.candidates") instanceof List<?> all && all.size() > 1) {
            return cause + " or " + (all.size() - 1) + " more (ambiguous)";
        }
        return cause == null ? "unknown" : cause + " (" + certainty + ")";
    }

    /** Writes what is held back. */
    void show() throws UncheckedIOException {
        try {
            table.lines().forEach(session::say);
            table = new Table(session.plan().look(), WIDEST);
            held = 0;
            if (writer != null) {
                writer.flush();
            }
            session.out().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        show();
    }
}
