package saslscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import saslscope.attempt.Outcome;
import saslscope.definition.DefinitionException;
import saslscope.flow.Flow;
import saslscope.flow.Sink;
import saslscope.incident.DiagnosedAttempt;

/** Runs a few lines through all stages. */
final class Excerpts {
    private Excerpts() {
    }

    /** The failed attempts in it, in order. */
    static List<DiagnosedAttempt> failures(Session session, Definitions definitions, String log) throws IOException, DefinitionException {
        List<DiagnosedAttempt> failures = new ArrayList<>();
        Sink sink = new Sink() {
            @Override
            public void attempt(DiagnosedAttempt attempt) {
                if (attempt.attempt().outcome() == Outcome.FAILURE) {
                    failures.removeIf(earlier -> earlier.attempt().id().equals(attempt.attempt().id()));
                    failures.add(attempt);
                }
            }
        };
        try (Inputs inputs = new Inputs(session, definitions, () -> { })) {
            Flow flow = new Flow(definitions.patterns(), definitions.causes(),
                session.diagnoser(), Flow.Setup.PLAIN, List.of(sink));
            inputs.read(flow, log.getBytes(StandardCharsets.UTF_8));
            flow.run(() -> false, () -> Flow.Due.NOTHING);
            inputs.report(definitions.patterns(), flow.ledger());
        }
        return failures;
    }
}
