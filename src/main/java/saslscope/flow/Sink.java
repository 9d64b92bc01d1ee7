package saslscope.flow;

import saslscope.event.AuthEvent;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;

/** Takes what flows out of the pipeline. Sinks do not know each other. Called from one thread. */
public interface Sink extends AutoCloseable {
    /** A recognised event, before it is joined into an attempt. */
    default void event(AuthEvent event) {
    }

    /** A finished attempt. */
    default void attempt(DiagnosedAttempt attempt) {
    }

    /** An attempt that was handed out before is understood better: the same id, the later diagnosis holds. */
    default void revised(DiagnosedAttempt attempt) {
    }

    /** An incident that is new or has changed. Called once for every change; the later state holds. */
    default void incident(Incident incident) {
    }

    /** No input for the moment: what is held back may be shown now. Comes several times a second while logs are followed. */
    default void pause() {
    }

    /**
     * A good moment to store what came, and how far the logs were read. Comes about once a second, and at the end.
     *
     * @param last the run ends
     */
    default void store(boolean last) {
    }

    @Override
    default void close() {
    }
}
