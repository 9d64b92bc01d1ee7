package saslscope.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import saslscope.diagnosis.Change;
import saslscope.diagnosis.Certainty;
import saslscope.diagnosis.Diagnosis;
import saslscope.diagnosis.Past;
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
    private final Set<String> users = new HashSet<>();
    private final Map<String, Set<String>> worked = new HashMap<>();
    private final Map<String, Set<String>> worst = new HashMap<>();
    private Change change;
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
        incidents = make(50, 1 << 30);
    }

    private Incidents make(int most, long bytes) throws DefinitionException {
        return new Incidents(Causes.load(List.of(dir), Set.of()),
            new IncidentLimits(most, bytes, 10, 20, 3, 20, 5, 8, 5, 3, 1_800_000_000L, 86_400_000_000L),
            (host, from, to) -> Optional.ofNullable(change).filter(c -> c.micros() >= from && c.micros() <= to), i -> {
                seen.put(i.id(), i);
                calls.add(i);
            });
    }

    private String fail(double seconds, String user, String ip, String... causes) {
        worst.computeIfAbsent(ip, k -> new HashSet<>()).add(user);
        Past past = new Past(users.contains(user), worked.containsKey(ip), worked.getOrDefault(ip, Set.of()).contains(user), worst.get(ip).size(),
            worked.getOrDefault(ip, Set.of()).size(), 0, 0, 0, 0, !users.isEmpty());
        return incidents.add(attempt(seconds, user, ip, Outcome.FAILURE), new Diagnosis(causes[0], Certainty.AMBIGUOUS,
            List.of(causes).stream().map(c -> new Candidate(c, Standing.POSSIBLE, List.of("e"), "h")).toList(), "check", "remedy"), past)
            .incidentId();
    }

    private String works(double seconds, String user, String ip) {
        Past past = new Past(users.contains(user), worked.containsKey(ip), worked.getOrDefault(ip, Set.of()).contains(user),
            worst.getOrDefault(ip, Set.of()).size(), worked.getOrDefault(ip, Set.of()).size(), 0, 0, 0, 0, !users.isEmpty());
        users.add(user);
        worked.computeIfAbsent(ip, k -> new HashSet<>()).add(user);
        return incidents.add(attempt(seconds, user, ip, Outcome.SUCCESS), null, past).incidentId();
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
    void whatTheyTakeInMemoryIsBounded() throws DefinitionException {
        incidents = make(5_000, 1 << 20);
        for (int i = 0; i < 4_000; i++) {
            // Each is an incident of its own, with a name of 600 characters.
            fail(i * 0.001, i + "x".repeat(600), "10.0." + i / 250 + "." + i % 250, "aborted");
        }
        incidents.flush();
        List<Incident> open = seen.values().stream().filter(i -> !i.state().equals("closed")).toList();
        assertEquals(4_000, seen.size());
        long bytes = open.stream().mapToLong(Incident::bytes).sum();
        assertTrue(bytes < 4 << 20, bytes + " of " + open.size());
        assertTrue(open.stream().anyMatch(i -> i.clients().containsKey("10.0.15.249")), "the latest stay");
        assertTrue(open.size() > 100, "no more than needed are closed: " + open.size());
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
    void whatIsOverIsClosedAlsoIfOthersGoOnAndItsClientLogsIn() {
        String over = fail(1, "alice", "192.0.2.1", "password");
        for (int i = 0; i < 25 * 6; i++) {
            fail(2 + i * 600, "bob", "192.0.2.2", "password");
            works(3 + i * 600, "carol", "192.0.2.1");
        }
        assertEquals("closed", now(over).state());
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
        works(2, "alice", "192.0.2.1");
        assertEquals(1, now(a).successes());
    }

    @Test
    void aLaterRunGoesOnWithStoredIncidents() throws DefinitionException {
        String user = fail(1, "alice", "192.0.2.1", "password");
        String host = fail(2, "bob", "192.0.2.2", "down");
        incidents.flush();
        List<Incident> stored = List.copyOf(seen.values());
        incidents = make(50, 1 << 30);
        incidents.restore(stored);
        assertEquals(user, fail(3, "alice", "192.0.2.1", "password"));
        assertEquals(host, fail(4, "carol", "192.0.2.3", "down"));
        assertEquals(2, now(user).attempts());
        assertEquals(seen.get(host).users().keySet(), Set.of("bob", "carol"));
    }

    @Test
    void anOutageEndsWithTheFirstLoginAndSaysAfterWhat() {
        String a = fail(100, "alice", "192.0.2.1", "down");
        fail(110, "bob", "192.0.2.2", "down");
        change = new Change("saslauthd", "started", 150_000_000L, "maillog:60");
        works(160, "carol", "192.0.2.3");
        assertEquals("ended", now(a).state());
        assertEquals("works again since 1970-01-01 00:02:40 (carol, PLAIN), after saslauthd started at 00:02:30 (maillog:60)", now(a).ended());
        fail(170, "alice", "192.0.2.1", "down");
        assertEquals("open", now(a).state());
        assertNull(now(a).ended());
    }

    @Test
    void aFaultThatNeedNotHitEverybodyEndsWithOneItHitOrWithSeveralUsers() {
        String a = fail(1, "alice", "192.0.2.1", "path");
        works(2, "bob", "192.0.2.2");
        works(3, "bob", "192.0.2.2");
        works(4, "carol", "192.0.2.3");
        assertEquals("open", now(a).state());
        works(5, "alice", "192.0.2.1");
        assertEquals("ended", now(a).state());
        String b = fail(10, "dan", "192.0.2.1", "path");
        assertEquals(a, b);
        works(12, "bob", "192.0.2.2");
        works(13, "carol", "192.0.2.3");
        works(14, "erin", "192.0.2.4");
        assertEquals("ended", now(a).state());
    }

    @Test
    void whatComesAndGoesIsNotToldForEver() {
        String a = fail(0, "alice", "192.0.2.1", "down");
        for (int i = 1; i < 20; i += 2) {
            works(i, "alice", "192.0.2.1");
            fail(i + 1, "alice", "192.0.2.1", "down");
        }
        works(30, "alice", "192.0.2.1");
        assertEquals("open", now(a).state());
    }

    @Test
    void usersOfOneOfficeHaveTheirOwnIncidents() {
        for (int i = 0; i < 10; i++) {
            works(i, "user" + i, "192.0.2.1");
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            ids.add(fail(20 + i, "user" + i, "192.0.2.1", "password"));
        }
        assertEquals(6, ids.size());
        assertTrue(seen.values().stream().noneMatch(i -> i.kind().attack()));
    }

    @Test
    void aGuesserWhoGetsInIsAnIncidentOfItsOwn() {
        works(0, "zoe", "192.0.2.77");
        String guesser = null;
        for (int i = 0; i < 9; i++) {
            guesser = fail(10 + i, "name" + i, "198.51.100.1", "password");
        }
        String intruder = works(30, "alice", "198.51.100.1");
        Incident i = now(intruder);
        assertEquals(Kind.COMPROMISE, i.kind());
        assertEquals(Severity.HIGH, i.severity());
        assertEquals(List.of(guesser), i.related());
        assertEquals("198.51.100.1 failed 9 times since 1970-01-01 00:00:10, then logged in as alice with PLAIN", i.evidence().getFirst());
        assertEquals(intruder, works(40, "alice", "198.51.100.1"));
        assertEquals(2, now(intruder).successes());
        assertEquals(Kind.BRUTE_FORCE, now(guesser).kind());
    }

    @Test
    void manyStrangersAreOneSprayThatTakesInWhatCameBefore() {
        works(0, "zoe", "192.0.2.77");
        Set<String> ids = new HashSet<>();
        String last = null;
        for (int i = 0; i < 30; i++) {
            last = fail(1 + i, "name" + i, "198.51.100." + i, "password");
            ids.add(last);
        }
        Incident spray = now(last);
        assertEquals(Kind.SPRAY, spray.kind());
        assertEquals(30, spray.attempts());
        assertEquals(8, spray.related().size());
        assertEquals(9, ids.size());
        assertEquals("part of incident " + spray.id(), seen.get(spray.related().getFirst()).ended());
        assertEquals(Severity.LOW, seen.get(spray.related().getFirst()).severity());
        String zoe = fail(40, "zoe", "192.0.2.77", "password");
        assertNotEquals(spray.id(), zoe);
        assertEquals(Kind.USER, now(zoe).kind());
    }

    @Test
    void whereNobodyEverLoggedInManyFailuresAreNotCalledASpray() {
        for (int i = 0; i < 30; i++) {
            fail(1 + i, "name" + i, "198.51.100." + i, "password");
        }
        incidents.flush();
        assertTrue(seen.values().stream().noneMatch(i -> i.kind().attack()));
    }

    @Test
    void aBetterDiagnosisOfAnAttemptIsItsIncidents() {
        Attempt a = attempt(1, "alice", "192.0.2.1", Outcome.FAILURE);
        String id = incidents.add(a, new Diagnosis("password", Certainty.AMBIGUOUS, List.of(), null, null), Past.NONE).incidentId();
        Diagnosis better = new Diagnosis("password", Certainty.LIKELY, List.of(new Candidate("password", Standing.SUPPORTED, List.of("e"), "h")), "check", "r");
        assertEquals(id, incidents.revise(a, better).incidentId());
        assertEquals(Certainty.LIKELY, now(id).certainty());
    }
}
