package saslscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import saslscope.Golden;
import saslscope.attempt.Attempt;
import saslscope.attempt.Outcome;
import saslscope.attempt.Service;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Certainty;
import saslscope.incident.DiagnosedAttempt;

/** Other programs that share a mail log: their logins count, and no more is claimed of them than their lines tell. */
class NeighboursTest {
    private static final Path ROOT = Path.of("src/test/resources/neighbours");

    /** One line for each attempt; most messages are those by which fail2ban tests its filters. */
    @ParameterizedTest
    @ValueSource(strings = {"exim", "sendmail", "courier", "uw-imap", "vpopmail", "dovecot", "cyrus-imapd"})
    void loginsAndTheirCauses(String program) throws Exception {
        Run run = Run.of(Files.readString(ROOT.resolve(program + ".log")));
        assertEquals("", run.unknown.stream().map(u -> u.text() + "\n").collect(Collectors.joining()));
        Golden.check("neighbours/" + program + ".txt", run.attempts.stream().map(NeighboursTest::told).collect(Collectors.joining()));
    }

    private static String told(DiagnosedAttempt d) {
        Attempt a = d.attempt();
        String who = Stream.of(a.client() == null ? null : a.client().address(), a.login(), a.mechanism())
            .map(s -> s == null ? "-" : s).collect(Collectors.joining(" "));
        String why = a.outcome() == Outcome.SUCCESS ? "" : "\n    " + d.diagnosis().certainty().name().toLowerCase(Locale.ROOT) + ": "
            + d.diagnosis().candidates().stream().map(NeighboursTest::candidate).collect(Collectors.joining(", "));
        return Service.type(a.origin()) + " " + a.action() + " " + a.outcome().name().toLowerCase(Locale.ROOT) + " " + who + why + "\n";
    }

    private static String candidate(Candidate c) {
        return c.cause() + (c.standing().name().equals("POSSIBLE") ? "" : " (" + c.standing().name().toLowerCase(Locale.ROOT) + ")");
    }

    @Test
    void nothingThatMerelyLooksLikeALoginCounts() throws Exception {
        Run run = Run.of(Files.readString(ROOT.resolve("no-login.log")));
        assertEquals("", run.unknown.stream().map(u -> u.text() + "\n").collect(Collectors.joining()), "shown as unknown");
        assertEquals("", run.attempts.stream().filter(a -> !a.attempt().action().equals("relay-denied")).map(NeighboursTest::told)
            .collect(Collectors.joining()));
        assertTrue(run.attempts.stream().noneMatch(a -> a.diagnosis().certainty() == Certainty.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exim[1]: login authenticator gave up on (x) [192.0.2.1]", "sm-mta[1]: x1AB2cD3004567: AUTH went wrong, relay=[192.0.2.1]",
        "vpopmail[1]: vchkpw-pop3: something new a@b:192.0.2.1", "imapd: LOGIN FAILED in a new way, user=a",
        "dovecot: auth(bob,192.0.2.1,sasl:plain)<x>: Error: sql: something new"})
    void newWordsAboutALoginAreShown(String line) throws Exception {
        Run run = Run.of("Nov 22 10:00:00 mail " + line + "\n");
        assertEquals(1, run.unknown.size());
    }
}
