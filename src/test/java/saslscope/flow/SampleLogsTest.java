package saslscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import saslscope.attempt.Outcome;

/** The stories of sample-logs/README.md, told by the tool. */
class SampleLogsTest {
    @Test
    void ofTheArticlesFourLinesTheMissingSecretIsLikelyAndLoginIsAmbiguous() throws Exception {
        Run run = read("01-article-four-lines.log");
        assertEquals(List.of("not-authenticated-relay"), causes(run, "relay-denied"));
        assertEquals(List.of("CRAM-MD5 LIKELY", "LOGIN AMBIGUOUS", "NTLM LIKELY"), run.failures().stream()
            .filter(a -> a.attempt().action().equals("sasl-auth"))
            .map(a -> a.attempt().mechanism() + " " + a.diagnosis().certainty()).toList());
        assertEquals(1, successes(run));
    }

    @Test
    void saslauthdIsDownAndThenItIsNot() throws Exception {
        Run run = read("02-saslauthd-down.log");
        assertEquals(Set.of("saslauthd-not-running"), new TreeSet<>(causes(run, "sasl-auth")));
        assertEquals(1, run.incidents.size());
        assertEquals(2, successes(run));
    }

    @Test
    void theWrongRealmIsAmongTheCandidates() throws Exception {
        Run run = read("03-wrong-realm.log");
        assertEquals(5, run.failures().size());
        run.failures().forEach(a -> assertTrue(
            a.diagnosis().candidates().stream().anyMatch(c -> c.cause().equals("wrong-realm")), a.toString()));
    }

    @Test
    void aGuessingAttackIsOneIncidentFromOneAddress() throws Exception {
        Run run = read("04-guessing-attack.log");
        assertEquals(1, run.incidents.size(), run.incidents.values().toString());
        assertEquals(19, run.failures().size());
        assertEquals(0, successes(run));
    }

    @Test
    void onAGoodDayNothingFails() throws Exception {
        Run run = read("05-good-day.log");
        assertEquals(List.of(), run.failures());
        assertEquals(Set.of(), run.incidents.keySet());
        assertEquals(Set.of("PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"),
            run.attempts.stream().map(a -> a.attempt().mechanism()).filter(m -> m != null).collect(Collectors.toSet()));
    }

    /** Reads one; every line about authentication must be known. */
    private static Run read(String name) throws Exception {
        Run run = Run.of(Files.readString(Path.of("sample-logs").resolve(name)));
        assertEquals(List.of(), run.unknown);
        return run;
    }

    private static List<String> causes(Run run, String action) {
        return run.failures().stream().filter(a -> a.attempt().action().equals(action)).map(a -> a.diagnosis().cause()).toList();
    }

    private static long successes(Run run) {
        return run.attempts.stream().filter(a -> a.attempt().outcome() == Outcome.SUCCESS).count();
    }
}
