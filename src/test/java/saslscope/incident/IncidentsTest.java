package saslscope.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
import saslscope.attempt.Outcome;
import saslscope.definition.DefinitionException;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Causes;
import saslscope.diagnosis.Certainty;
import saslscope.diagnosis.Diagnosis;
import saslscope.diagnosis.Standing;
import saslscope.event.Client;
import saslscope.event.Origin;
import saslscope.source.LogFile;

class IncidentsTest {
    @TempDir
    Path dir;

    private Incidents incidents;
    private final Map<String, Incident> seen = new LinkedHashMap<>();
    private final List<Incident> calls = new ArrayList<>();
    private long line;

    @BeforeEach
    void load() throws IOException, DefinitionException {
        Files.createDirectory(dir.resolve("causes"));
        for (String[] c : new String[][] {{"down", "outage"}, {"path", "configuration"}, {"password", "credentials"}, {"aborted", "client"}}) {
            Files.writeString(dir.resolve("causes/" + c[0] + ".yaml"), """
                title: The %s
                kind: %s
                rank: 1
                summary: s
                allows: [{when: {ended: rejected}, because: b}]
                decides: {hand: h}
                remedy: {debian: a, rhel: b, freebsd: c}
                samples: [{log: x, ends: {certainty: unknown}}]
                """.formatted(c[0], c[1]));
        }
        incidents = make();
    }

    private Incidents make() throws DefinitionException {
        return new Incidents(Causes.load(List.of(dir), Set.of()),
            new IncidentLimits(50, 10, 20, 3, 1_800_000_000L, 86_400_000_000L), i -> {
                seen.put(i.id(), i);
                calls.add(i);
            });
    }

    private String fail(double seconds, String user, String ip, String... causes) {
        return incidents.add(attempt(seconds, user, ip, Outcome.FAILURE), new Diagnosis(causes[0], Certainty.AMBIGUOUS,
            List.of(causes).stream().map(c -> new Candidate(c, Standing.POSSIBLE, List.of("e"), "h")).toList(), "check", "remedy"))
            .incidentId();
    }

    private Attempt attempt(double seconds, String user, String ip, Outcome outcome) {
        line++;
        Origin o = new Origin((long) (seconds * 1e6), ZoneOffset.UTC, "mail", "postfix/smtpd", 1, new LogFile("l", 1), line, line,
            line * 31, "P", Map.of(), "text " + line, 1, null);
        return new Attempt(o.id(0), "sasl-auth", outcome, outcome == Outcome.SUCCESS ? Ending.ACCEPTED : Ending.REJECTED, false,
            new Client("unknown", ip, -1), user, user, null, "PLAIN", "r", o, List.of(), List.of(), List.of());
    }

    private Incident now(String id) {
        incidents.flush();
        return seen.get(id);
    }

    @Test
    void aFaultOfTheHostIsOneIncidentForAllItHits() {
        String a = fail(1, "alice", "192.0.2.1", "down", "path");
        assertEquals(a, fail(2, "bob", "192.0.2.2", "down", "path"));
        Incident i = now(a);
        assertEquals(2, i.attempts());
        assertEquals(2, i.userCount());
        assertEquals(Severity.CRITICAL, i.severity());
    }

    @Test
    void aUsersTroubleIsOneIncidentAlsoFromSeveralClients() {
        String a = fail(1, "alice", "192.0.2.1", "password");
        assertEquals(a, fail(2, "alice", "192.0.2.9", "password"));
        assertNotEquals(a, fail(3, "bob", "192.0.2.3", "password"));
    }

    @Test
    void oneClientWithManyNamesIsGuessingAndOfLowSeverity() {
        String a = fail(1, "root", "198.51.100.1", "password");
        fail(2, "test", "198.51.100.1", "password");
        assertEquals(Severity.MEDIUM, now(a).severity());
        assertEquals(a, fail(3, "admin", "198.51.100.1", "password"));
        assertEquals(Severity.LOW, now(a).severity());
        assertTrue(now(a).title().startsWith("Guessing: 3 names tried from 198.51.100.1"), now(a)::title);
    }

    @Test
    void aGuessedNameDoesNotDragItsOwnerIntoTheGuessersIncident() {
        String guesser = fail(1, "root", "198.51.100.1", "password");
        fail(2, "alice", "198.51.100.1", "password");
        assertNotEquals(guesser, fail(3, "alice", "192.0.2.1", "password"));
    }

    @Test
    void aNewIncidentIsToldAtOnceAndRepeatsOnlyWhenAsked() {
        fail(1, "alice", "192.0.2.1", "password");
        fail(2, "alice", "192.0.2.1", "password");
        assertEquals(1, calls.size());
        incidents.flush();
        incidents.flush();
        assertEquals(2, calls.size());
    }

    @Test
    void aQuietIncidentReopensAndAClosedOneDoesNot() {
        String a = fail(0, "alice", "192.0.2.1", "password");
        fail(3_000, "bob", "192.0.2.2", "password");
        assertEquals("quiet", now(a).state());
        assertEquals(a, fail(4_000, "alice", "192.0.2.1", "password"));
        assertEquals("open", now(a).state());
        fail(200_000, "bob", "192.0.2.2", "password");
        assertEquals("closed", seen.get(a).state());
        assertNotEquals(a, fail(200_001, "alice", "192.0.2.1", "password"));
    }

    @Test
    void manyUsersFromManyClientsBecomeACrowd() {
        for (int i = 0; i < 1_000; i++) {
            fail(i * 0.01, "user" + i, "192.0.2." + i, "password");
        }
        incidents.flush();
        assertEquals(11, seen.size());
        Incident crowd = seen.values().stream().filter(i -> i.attempts() > 1).findFirst().orElseThrow();
        assertEquals(990, crowd.attempts());
        assertEquals(990, crowd.userCount());
        assertEquals(20, crowd.users().size());
    }

    @Test
    void aSuccessIsCountedForItsUsersIncident() {
        String a = fail(1, "alice", "192.0.2.1", "password");
        incidents.add(attempt(2, "alice", "192.0.2.1", Outcome.SUCCESS), null);
        assertEquals(1, now(a).successes());
    }

    @Test
    void aLaterRunGoesOnWithStoredIncidents() throws DefinitionException {
        String user = fail(1, "alice", "192.0.2.1", "password");
        String host = fail(2, "bob", "192.0.2.2", "down");
        incidents.flush();
        List<Incident> stored = List.copyOf(seen.values());
        incidents = make();
        incidents.restore(stored);
        assertEquals(user, fail(3, "alice", "192.0.2.1", "password"));
        assertEquals(host, fail(4, "carol", "192.0.2.3", "down"));
        assertEquals(2, now(user).attempts());
        assertEquals(seen.get(host).users().keySet(), Set.of("bob", "carol"));
    }
}
