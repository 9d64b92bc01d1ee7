package saslscope.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
import saslscope.attempt.Outcome;
import saslscope.diagnosis.Certainty;
import saslscope.diagnosis.Diagnosis;
import saslscope.event.Client;
import saslscope.event.Origin;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;
import saslscope.incident.Severity;
import saslscope.source.LogFile;

class TalliesTest {
    private final Tallies tallies = new Tallies();

    private static DiagnosedAttempt attempt(String id, Outcome outcome, String cause, Certainty certainty, long second) {
        Origin origin = new Origin(second * 1_000_000, ZoneOffset.UTC, "mail", "postfix/smtpd", 1, new LogFile("maillog", 1), 0, 1, 0, "P",
            Map.of(), "text", 1, null);
        Attempt attempt = new Attempt(id, "sasl-auth", outcome, outcome == Outcome.SUCCESS ? Ending.ACCEPTED : Ending.REJECTED, false,
            new Client("unknown", "192.0.2.1", -1), "alice", "alice", null, "PLAIN", null, origin, List.of(), List.of(), List.of());
        return new DiagnosedAttempt(attempt, outcome == Outcome.SUCCESS ? null
            : new Diagnosis(cause, certainty, List.of(), null, null), null);
    }

    @Test
    void anAttemptThatComesAgainCountsOnceWithItsLaterDiagnosis() {
        tallies.attempt(attempt("a", Outcome.FAILURE, "password-mismatch", Certainty.AMBIGUOUS, 5));
        tallies.attempt(attempt("a", Outcome.FAILURE, "wrong-realm", Certainty.DETERMINED, 5));
        assertEquals(1, tallies.failures());
        assertEquals(Map.of("wrong-realm", 1L), tallies.failuresByCause());
        assertEquals(List.of(Map.entry("alice", 1L)), tallies.users().best(5));
    }

    @Test
    void successesHaveNoCauseAndNoBlame() {
        tallies.attempt(attempt("a", Outcome.SUCCESS, null, null, 9));
        tallies.attempt(attempt("b", Outcome.FAILURE, null, Certainty.UNKNOWN, 3));
        assertEquals(1, tallies.successes());
        assertEquals(Map.of("unknown", 1L), tallies.failuresByCause());
        assertEquals(3, tallies.first().toEpochSecond());
        assertEquals(9, tallies.last().toEpochSecond());
    }

    @Test
    void aFullTableKeepsTheFrequentKeys() {
        Tallies.Top<String> top = new Tallies.Top<>(100);
        for (int i = 0; i < 10_000; i++) {
            top.add("rare " + i, 1);
            top.add("frequent " + i % 5, 1);
        }
        assertFalse(top.exact());
        assertTrue(top.all().size() <= 100);
        assertEquals(List.of("frequent 0", "frequent 1", "frequent 2", "frequent 3", "frequent 4"),
            top.best(5).stream().map(Map.Entry::getKey).toList());
        assertEquals(2_000, top.best(1).getFirst().getValue());
    }

    @Test
    void theMostUrgentIncidentsStandFirstAndTheTableIsBounded() {
        tallies.incident(Incidents.unknown());
        tallies.incident(Incidents.ambiguous());
        tallies.incident(Incidents.outage());
        assertEquals(List.of(Severity.CRITICAL, Severity.MEDIUM, Severity.LOW),
            tallies.incidents().stream().map(i -> i.severity()).toList());
        for (int i = 0; i < 10_000; i++) {
            tallies.incident(Incidents.numbered(i));
        }
        assertTrue(tallies.incidents().size() <= 4_000);
        assertEquals(Severity.CRITICAL, tallies.incidents().getFirst().severity());
        assertEquals(10_003, tallies.incidents().size() + tallies.incidentsDropped());
    }

    @Test
    void incidentsAreBoundedInBytesTheMostUrgentStay() {
        String line = "x".repeat(1_000);
        for (int n = 0; n < 4_000; n++) {
            Incident i = Incidents.numbered(n);
            tallies.incident(new Incident(i.id(), i.state(), n % 1_000 == 0 ? Severity.CRITICAL : i.severity(), i.cause(), i.certainty(), i.title(), i.firstSeen(), i.lastSeen(),
                i.attempts(), i.failures(), i.successes(), i.users(), i.userCount(), i.clients(), i.clientCount(), i.realms(), i.mechanisms(), i.services(), i.hosts(),
                i.evidence(), i.candidates(), i.check(), i.remedy(), Collections.nCopies(12, line), i.scope(), i.kind(), i.ended(), i.related()));
        }
        assertTrue(tallies.incidents().stream().mapToLong(Incident::bytes).sum() < 50L << 20, tallies.incidents().size() + " are kept");
        assertEquals(4, tallies.incidents().stream().filter(i -> i.severity() == Severity.CRITICAL).count());
        assertEquals(4_000, tallies.incidents().size() + tallies.incidentsDropped());
    }
}
