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
        history.learn(attempt(seconds, user, ip, mechanism, works));
    }

    private boolean says(String fact, String value, Attempt a) {
        return history.about(a).stream().anyMatch(f -> f.name().equals("history." + fact) && f.value().equals(value));
    }

    @Test
    void aUserWhoLoggedInBeforeIsKnown() {
        play(1, "alice", "192.0.2.1", "PLAIN", true);
        assertTrue(says("user.succeeded", "yes", attempt(2, "alice", "192.0.2.9", "CRAM-MD5", false)));
        assertTrue(says("user.succeeded.kind", "plaintext", attempt(2, "alice", "192.0.2.9", "CRAM-MD5", false)));
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

    @Test
    void everybodyFailsSinceAReloadIsSaidWithTheReload() {
        play(1, "alice", "192.0.2.1", "PLAIN", true);
        history.changed(new AuthEvent.ServiceChanged(at(100, "postfix/master"), "reloaded"));
        for (int i = 0; i < 4; i++) {
            play(110 + i, "user" + i, "192.0.2." + i, "PLAIN", false);
        }
        Attempt next = attempt(120, "zoe", "192.0.2.50", "PLAIN", false);
        assertTrue(says("host", "all-fail", next));
        assertTrue(says("change", "postfix-reloaded", next));
        play(130, "alice", "192.0.2.1", "PLAIN", true);
        assertFalse(says("host", "all-fail", next));
    }

    @Test
    void aChangeLongBeforeOrDuringTheFailuresIsNoReason() {
        history.changed(new AuthEvent.ServiceChanged(at(0, "postfix/master"), "reloaded"));
        for (int i = 0; i < 4; i++) {
            play(2_000 + i, "user" + i, "192.0.2." + i, "PLAIN", false);
        }
        history.changed(new AuthEvent.ServiceChanged(at(2_010, "postfix/master"), "reloaded"));
        assertEquals(0, history.about(attempt(2_020, "zoe", "192.0.2.50", "PLAIN", false)).stream()
            .filter(f -> f.name().equals("history.change")).count());
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
        small.learn(attempt(0, "alice", "192.0.2.1", "PLAIN", true));
        for (int i = 0; i < 20; i++) {
            small.learn(attempt(i, "u" + i, "198.51.100." + i, "PLAIN", true));
        }
        assertEquals(0, small.about(attempt(30, "alice", "192.0.2.1", "PLAIN", false)).size());
    }
}
