package saslscope.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import saslscope.event.AuthEvent;
import saslscope.export.DocumentWriter;
import saslscope.flow.Fields;
import saslscope.flow.Sink;
import saslscope.incident.DiagnosedAttempt;

/** Writes every attempt, or every event, as a document. */
final class DocumentSink implements Sink {
    private final DocumentWriter writer;
    private final boolean events;
    private final Predicate<Instant> within;

    /**
     * @param events write events instead of attempts
     * @param within the span of time that is wanted
     */
    DocumentSink(DocumentWriter writer, boolean events, Predicate<Instant> within) {
        this.writer = writer;
        this.events = events;
        this.within = within;
    }

    @Override
    public void event(AuthEvent event) {
        if (events && within.test(event.origin().time().toInstant())) {
            write(Fields.of(event));
        }
    }

    @Override
    public void attempt(DiagnosedAttempt attempt) {
        if (!events) {
            write(Fields.of(attempt));
        }
    }

    private void write(Map<String, Object> document) {
        try {
            writer.write(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void pause() {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
