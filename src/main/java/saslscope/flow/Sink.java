package saslscope.flow;

import saslscope.event.AuthEvent;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;

/** Takes what flows out of the pipeline. Sinks do not know each other. Called from one thread. */
public interface Sink extends AutoCloseable {
    /** A recognised event, before it is joined into an attempt. */
    default void event(AuthEvent event) {
    }

    /** A finished attempt. The same id may come again with a better diagnosis: the later one holds. */
    default void attempt(DiagnosedAttempt attempt) {
    }

    /** An incident that is new or has changed. Called once for every change; the later state holds. */
    default void incident(Incident incident) {
    }

    /** Input has gone quiet or a batch is complete: what is held back may be shown or stored now. */
    default void pause() {
    }

    @Override
    default void close() {
    }
}
