package saslscope.live;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import saslscope.Golden;
import saslscope.incident.Incident;

class IncidentBlockTest {
    static final UnaryOperator<String> TITLES = code -> Map.of("saslauthd-not-running", "saslauthd is not running",
        "saslauthd-wrong-path", "saslauthd listens on another path than smtpd asks", "password-mismatch", "The password is wrong",
        "user-not-in-sasldb", "The user is not in sasldb2").getOrDefault(code, code);
    static final Look PLAIN = new Look(false, true, 80, false);

    private static String block(Look look, Incident incident, boolean whole) {
        return String.join("\n", new IncidentBlock(look, TITLES).lines(incident, whole)) + "\n";
    }

    @Test
    void showsALikelyCauseWithItsRivals() {
        Golden.check("live/likely.txt", block(PLAIN, Incidents.outage(), false));
    }

    @Test
    void namesTheCandidatesAndTheCheckWhereNothingFavoursOne() {
        Golden.check("live/ambiguous.txt", block(PLAIN, Incidents.ambiguous(), false));
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        Golden.check("live/unknown.txt", block(PLAIN, Incidents.unknown(), false));
    }

    @Test
    void showsSpanAndCountsOfAnIncidentLookedAtLater() {
        Golden.check("live/whole.txt", block(PLAIN, Incidents.grown(Incidents.outage(), 754, 1234, 3, "closed"), true));
    }

    @Test
    void coloursAreFew() {
        Golden.check("live/colour.txt", block(new Look(true, true, 80, true), Incidents.outage(), false)
            .replace("\u001b", "<ESC>"));
    }

    @Test
    void fitsANarrowTerminalWithoutUnicode() {
        Golden.check("live/narrow-ascii.txt", block(new Look(false, false, 40, false), Incidents.outage(), false));
    }

    @Test
    void hostileTextIsHarmlessAndShort() {
        Golden.check("live/hostile.txt", block(PLAIN, Incidents.hostile(), true));
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (Incident i : List.of(Incidents.outage(), Incidents.ambiguous(), Incidents.hostile())) {
            for (int width : new int[] {40, 57, 80, 120}) {
                for (String line : new IncidentBlock(new Look(false, true, width, false), TITLES).lines(i, true)) {
                    assertTrue(Columns.of(line) <= width, width + ": " + line);
                    assertFalse(line.codePoints().anyMatch(c -> c < ' ' || c >= 0x7f && c < 0xa0), line);
                }
            }
        }
    }
}
