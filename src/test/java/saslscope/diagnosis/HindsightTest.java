package saslscope.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import java.util.Collections;
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

class HindsightTest {
    private static final Diagnosis OPEN = new Diagnosis("password-mismatch", Certainty.AMBIGUOUS, List.of(), "check", "remedy");

    private final Hindsight hindsight = new Hindsight();
    private final History history = new History(100);
    private long line;

    private Attempt attempt(String user, Outcome outcome, int lines, String text) {
        line++;
        Origin o = new Origin(line * 1_000_000L, ZoneOffset.UTC, "mail", "postfix/smtpd", 1, new LogFile("l", 1), line, line, line, "P", Map.of(), text, 1, null);
        return new Attempt(o.id(0), "sasl-auth", outcome, outcome == Outcome.SUCCESS ? Ending.ACCEPTED : Ending.REJECTED, false, new Client("unknown", "192.0.2.7", -1),
            user, user, null, "PLAIN", "r", o, Collections.nCopies(lines, new AuthEvent.Detail(o)), List.of(), List.of());
    }

    private int explained(String user) {
        return hindsight.look(attempt(user, Outcome.SUCCESS, 1, "x"), history).size();
    }

    @Test
    void whatIsKeptIsBoundedInBytesTheNameWithoutNewsForLongestGoesFirst() {
        for (int i = 0; i < 40; i++) {
            hindsight.keep(attempt("u" + i, Outcome.FAILURE, 60, "x".repeat(4_000)), List.of(), OPEN);
        }
        assertEquals(0, explained("u0"));
        assertEquals(1, explained("u39"));
        int kept = 0;
        for (int i = 0; i < 39; i++) {
            kept += explained("u" + i);
        }
        assertEquals(Hindsight.BYTES / (60 * (500 + 4 * 4_000)), 1 + kept);
        // What was told makes room.
        for (int i = 0; i < 10; i++) {
            hindsight.keep(attempt("v" + i, Outcome.FAILURE, 60, "x".repeat(4_000)), List.of(), OPEN);
        }
        assertEquals(1, explained("v0"));
    }
}
