package saslscope.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
import saslscope.attempt.Outcome;
import saslscope.event.AuthEvent;
import saslscope.event.Client;
import saslscope.event.Origin;
import saslscope.source.LogFile;

class HistoryTest {
    private final History history = new History(1_000);

    private static Origin at(double seconds, String tag) {
        return new Origin((long) (seconds * 1e6), ZoneOffset.UTC, "mail", tag, 1, new LogFile("l", 1), 0, 1, 1, "P", Map.of(), "", 1, null);
    }

    private Attempt attempt(double seconds, String user, String ip, String mechanism, boolean works) {
        return new Attempt("id", "sasl-auth", works ? Outcome.SUCCESS : Outcome.FAILURE, works ? Ending.ACCEPTED : Ending.REJECTED, false,
            new Client("unknown", ip, -1), user, user, null, mechanism, "r", at(seconds, "postfix/smtpd"), List.of(), List.of(), List.of());
    }

    private void play(double seconds, String user, String ip, String mechanism, boolean works) {
        history.learn(attempt(seconds, user, ip, mechanism, works), true);
    }

    private String told(String fact, Attempt a) {
        return history.about(a).stream().filter(f -> f.name().equals("history." + fact)).findFirst().orElseThrow().told();
    }

    private boolean says(String fact, String value, Attempt a) {
        return history.about(a).stream().anyMatch(f -> f.name().equals("history." + fact) && f.value().equals(value));
    }

    @Test
    void aUserWhoLoggedInBeforeIsKnown() {
        play(1, "alice", "192.0.2.1", "PLAIN", true);
        assertTrue(says("user.succeeded", "yes", attempt(2, "alice", "192.0.2.9", "CRAM-MD5", false)));
        assertTrue(says("user.succeeded.kind", "plaintext", attempt(2, "alice", "192.0.2.9", "CRAM-MD5", false)));
        assertEquals("alice logged in 1 time before, last with PLAIN at 1970-01-01 00:00:01 (l:1)",
            told("user.succeeded", attempt(2, "alice", "192.0.2.9", "CRAM-MD5", false)));
        assertFalse(says("user.succeeded", "yes", attempt(2, "bob", "192.0.2.9", "PLAIN", false)));
        assertTrue(says("client.succeeded", "yes", attempt(2, "bob", "192.0.2.1", "PLAIN", false)));
    }

    @Test
    void namesOfAClientAndClientsOfANameAreCountedWithinAnHour() {
        for (int i = 0; i < 6; i++) {
            play(i, "name" + i, "198.51.100.1", "LOGIN", false);
            play(i, "root", "198.51.100." + (10 + i), "LOGIN", false);
        }
        assertTrue(says("client.names", "many", attempt(9, "x", "198.51.100.1", "LOGIN", false)));
        assertTrue(says("user.clients", "many", attempt(9, "root", "203.0.113.1", "LOGIN", false)));
        play(9_000, "x", "198.51.100.1", "LOGIN", false);
        assertTrue(says("client.names", "one", attempt(9_001, "x", "198.51.100.1", "LOGIN", false)));
    }

    private void everybodyWorked() {
        for (int i = 0; i < 4; i++) {
            play(1 + i, "user" + i, "192.0.2." + i, "PLAIN", true);
        }
    }

    @Test
    void everybodyFailsSinceAReloadIsSaidWithTheReload() {
        everybodyWorked();
        history.changed(new AuthEvent.ServiceChanged(at(100, "postfix/master"), "reload"));
        for (int i = 0; i < 4; i++) {
            play(110 + i, "user" + i, "192.0.2." + i, "PLAIN", false);
        }
        Attempt next = attempt(120, "zoe", "192.0.2.50", "PLAIN", false);
        assertEquals("nobody has logged in on mail since 1970-01-01 00:00:04 (l:1): 4 failures of 4 users from 1970-01-01 00:01:50 on",
            told("host", next));
        assertTrue(says("change", "postfix-reloaded", next));
        assertEquals("10 s before that, postfix was reloaded at 00:01:40 (l:1)", told("change", next));
        play(130, "user1", "192.0.2.1", "PLAIN", true);
        assertFalse(says("host", "all-fail", next));
    }

    @Test
    void strangersWhoFailAtNightAreNotEverybody() {
        everybodyWorked();
        for (int i = 0; i < 400; i++) {
            play(110 + i, "guess" + i, "198.51.100." + i % 100, "PLAIN", false);
        }
        // Also when they guess names that exist.
        play(600, "user1", "198.51.100.200", "PLAIN", false);
        play(601, "user2", "198.51.100.201", "PLAIN", false);
        assertFalse(says("host", "all-fail", attempt(602, "user3", "192.0.2.3", "PLAIN", false)));
    }

    @Test
    void whereNobodyEverLoggedInThatIsSaid() {
        for (int i = 0; i < 10; i++) {
            assertFalse(says("host", "nobody-yet", attempt(40 * i, "zoe", "192.0.2.50", "PLAIN", false)));
            play(40 * i, "user" + i % 5, "192.0.2." + i % 5, "PLAIN", false);
        }
        assertTrue(says("host", "nobody-yet", attempt(400, "zoe", "192.0.2.50", "PLAIN", false)));
    }

    @Test
    void passersByAreNotEverybodyEither() {
        for (int i = 0; i < 100; i++) {
            play(40 * i, "user" + i % 5, "192.0.2." + i, "PLAIN", false);
            play(40 * i + 1, "user" + i % 5, "192.0.2." + i, "PLAIN", false);
        }
        assertFalse(says("host", "nobody-yet", attempt(4_000, "zoe", "192.0.2.50", "PLAIN", false)));
    }

    @Test
    void aChangeLongBeforeOrDuringTheFailuresIsNoReason() {
        everybodyWorked();
        history.changed(new AuthEvent.ServiceChanged(at(5, "postfix/master"), "reload"));
        for (int i = 0; i < 4; i++) {
            play(2_000 + i, "user" + i, "192.0.2." + i, "PLAIN", false);
        }
        history.changed(new AuthEvent.ServiceChanged(at(2_010, "postfix/master"), "reload"));
        Attempt next = attempt(2_020, "zoe", "192.0.2.50", "PLAIN", false);
        assertTrue(says("host", "all-fail", next));
        assertEquals(0, history.about(next).stream().filter(f -> f.name().equals("history.change")).count());
    }

    @Test
    void oneUserFailingOftenIsNotEverybody() {
        for (int i = 0; i < 50; i++) {
            play(i, "alice", "192.0.2.1", "PLAIN", false);
        }
        assertFalse(says("host", "all-fail", attempt(60, "bob", "192.0.2.2", "PLAIN", false)));
    }

    @Test
    void aPhoneWithAnOldPasswordRetriesEvenly() {
        for (int i = 0; i < 8; i++) {
            play(i * 300 + (i % 2) * 0.4, "alice", "192.0.2.1", "PLAIN", false);
        }
        assertTrue(says("rhythm", "steady", attempt(2_400, "alice", "192.0.2.1", "PLAIN", false)));
        assertEquals("alice failed every 5 min, 8 times since 1970-01-01 00:00:00",
            told("rhythm", attempt(2_400, "alice", "192.0.2.1", "PLAIN", false)));
    }

    @Test
    void challengeMechanismsThatNeverWorkWherePlaintextDoes() {
        play(1, "alice", "192.0.2.1", "PLAIN", true);
        for (int i = 0; i < 3; i++) {
            play(2 + i, "alice", "192.0.2.1", "CRAM-MD5", false);
        }
        assertTrue(says("challenge", "never-works", attempt(9, "bob", "192.0.2.2", "CRAM-MD5", false)));
        play(10, "alice", "192.0.2.1", "CRAM-MD5", true);
        assertFalse(says("challenge", "never-works", attempt(11, "bob", "192.0.2.2", "CRAM-MD5", false)));
    }

    @Test
    void whoHadNoNewsForLongestIsForgottenFirst() {
        History small = new History(10);
        small.learn(attempt(0, "alice", "192.0.2.1", "PLAIN", true), true);
        for (int i = 0; i < 20; i++) {
            small.learn(attempt(i, "u" + i, "198.51.100." + i, "PLAIN", true), true);
        }
        assertFalse(small.about(attempt(30, "alice", "192.0.2.1", "PLAIN", false)).stream().anyMatch(f -> f.name().matches("history.(user|client).*")));
    }

    @Test
    void theReverseMeansTheVerifier() {
        play(1, "alice", "192.0.2.1", "CRAM-MD5", true);
        for (int i = 0; i < 3; i++) {
            play(2 + i, "user" + i, "192.0.2.1", "PLAIN", false);
        }
        assertTrue(says("plaintext", "never-works", attempt(9, "bob", "192.0.2.2", "LOGIN", false)));
    }

    @Test
    void oneUserWhoMistypesSaysNothingOfTheVerifier() {
        play(1, "alice", "192.0.2.1", "CRAM-MD5", true);
        for (int i = 0; i < 5; i++) {
            play(2 + i, "carol", "192.0.2.1", "PLAIN", false);
        }
        assertFalse(says("plaintext", "never-works", attempt(9, "bob", "192.0.2.2", "LOGIN", false)));
    }

    @Test
    void whatTheSameProcessAcceptedIsKnownUntilItIsAnotherOne() {
        play(1, "alice", "192.0.2.1", "PLAIN", true);
        assertTrue(says("process.accepted", "plaintext", attempt(2, "bob", "192.0.2.2", "PLAIN", false)));
        assertFalse(says("process.user", "plaintext", attempt(2, "bob", "192.0.2.2", "PLAIN", false)));
        assertTrue(says("process.user", "plaintext", attempt(2, "alice", "192.0.2.2", "LOGIN", false)));
        assertEquals("process 1 accepted alice with PLAIN at 1970-01-01 00:00:01 (l:1)", told("process.user", attempt(2, "alice", "192.0.2.2", "LOGIN", false)));
        // Process ids are used again.
        assertFalse(says("process.accepted", "plaintext", attempt(700, "bob", "192.0.2.2", "PLAIN", false)));
        history.changed(new AuthEvent.ServiceChanged(at(3, "postfix/master"), "reload"));
        assertFalse(says("process.accepted", "plaintext", attempt(4, "bob", "192.0.2.2", "PLAIN", false)));
    }

    @Test
    void aSecretThatWasFoundIsToldForAMinuteAndOnlyOfThatLogin() {
        Attempt a = attempt(1, "alice", "192.0.2.1", "CRAM-MD5", false);
        Origin line = new Origin(1_000_000, ZoneOffset.UTC, "mail", "postfix/smtpd", 1, new LogFile("l", 1), 0, 1, 1, "SASL_CRAM_INCORRECT_DIGEST", Map.of(), "", 1, null);
        history.learn(new Attempt(a.id(), a.action(), a.outcome(), a.ending(), false, a.client(), a.login(), a.user(), null, "CRAM-MD5", "r",
            a.origin(), List.of(new AuthEvent.Trace(line)), List.of(), List.of()), true);
        assertTrue(says("process.secret", "found", attempt(30, "alice", "192.0.2.1", "PLAIN", false)));
        assertFalse(says("process.secret", "found", attempt(30, "bob", "192.0.2.1", "PLAIN", false)));
        assertFalse(says("process.secret", "found", attempt(90, "alice", "192.0.2.1", "PLAIN", false)));
    }

    private Attempt named(double seconds, String user, String realm, boolean works) {
        Attempt a = attempt(seconds, realm == null ? user : user + "@" + realm, "192.0.2.1", "PLAIN", works);
        return new Attempt(a.id(), a.action(), a.outcome(), a.ending(), false, a.client(), a.login(), user, realm, a.mechanism(), "r",
            a.origin(), List.of(), List.of(), List.of());
    }

    @Test
    void theFormOfTheNameThatWorksIsKnown() {
        history.learn(named(1, "alice", "example.com", true), true);
        assertTrue(says("name.succeeded", "with-realm", named(2, "alice", null, false)));
        assertTrue(says("name.client", "same", named(2, "alice", null, false)));
        assertEquals("alice@example.com logged in 1 time, last at 1970-01-01 00:00:01; alice never did",
            told("name.succeeded", named(2, "alice", null, false)));
        assertTrue(says("name.succeeded", "other-realm", named(2, "alice", "example.org", false)));
        assertFalse(says("name.succeeded", "with-realm", named(2, "alice", "example.com", false)));
        history.learn(named(3, "bob", "example.com", true), true);
        history.learn(named(4, "alice", null, false), true);
        assertFalse(says("form", "bare-fails", named(6, "carol", null, false)));
        history.learn(named(5, "bob", null, false), true);
        assertTrue(says("form", "bare-fails", named(6, "carol", null, false)));
    }

    @Test
    void anAttackDoesNotWashAwayTheUsers() {
        History small = new History(100);
        for (int i = 0; i < 50; i++) {
            small.learn(attempt(i, "user" + i, "192.0.2." + i, "PLAIN", true), true);
        }
        for (int i = 0; i < 100_000; i++) {
            small.learn(attempt(60 + i, "guess" + i, "198.51.100." + i, "PLAIN", false), true);
        }
        assertEquals(100, small.users().size());
        assertTrue(small.about(attempt(200_000, "user7", "192.0.2.7", "PLAIN", false)).stream()
            .anyMatch(f -> f.name().equals("history.user.succeeded.here")));
    }

    @Test
    void aPeerCostsNoMoreThanWasStated() throws IllegalAccessException {
        Peer p = new Peer();
        // Object header 16, key 24 with padding, entry of a LinkedHashMap 64 and two slots in its table, without compressed pointers.
        long bytes = 16 + 24 + 64 + 16;
        for (java.lang.reflect.Field f : Peer.class.getDeclaredFields()) {
            if (!java.lang.reflect.Modifier.isStatic(f.getModifiers())) {
                f.setAccessible(true);
                bytes += 8 + (f.get(p) instanceof int[] table ? 24 + 4L * table.length : 0);
            }
        }
        assertTrue(bytes <= Peer.BYTES, "a peer costs " + bytes);
    }
}
