package saslscope.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log does to a name, and what an attempt says of it. */
class LoggedTest {
    @ParameterizedTest
    @CsvSource({
        "alice@example.com, alice, , alice@example.com", "a?b@example.com, 'a\u0001b', , 'a\u0001b@example.com'", "a?b, a?b, , a?b",
        "root@example.com, alice, root, alice", "root@example.com, alice, , root@example.com", "bob, alice, carol, bob",
        "m??ller, müller, , müller", "müller@example.com, müller, , müller@example.com", "alice2, alice, , alice2"})
    void aNameThatWasAlteredIsShownAsItWasSent(String logged, String sent, String authzid, String shown) {
        assertEquals(shown, Logged.asSent(logged, sent, authzid));
    }

    /** Whatever a client sends: what Postfix makes of it is known again, and another name is not taken for it. */
    @Test
    void anyNameIsKnownAgain() {
        Random random = new Random(5);
        String alphabet = "ab@?, =[]:<>\"'%\u0001\t\n\u001b\u007füß\u20ac\ud83d\ude00";
        for (int run = 0; run < 20_000; run++) {
            StringBuilder name = new StringBuilder();
            int length = random.nextInt(run % 10 == 0 ? 180 : 12) + 1;
            for (int i = 0; i < length; i++) {
                int c = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
                name.appendCodePoint(alphabet.codePoints().skip(c).findFirst().orElseThrow());
            }
            String sent = name.toString();
            String realm = random.nextBoolean() ? "@example.com" : "";
            String logged = postfix(sent + realm);
            boolean whole = (sent + realm).getBytes(StandardCharsets.UTF_8).length < 100;
            assertEquals(whole ? sent + realm : sent, Logged.asSent(logged, sent, null), () -> sent + " as " + logged);
            assertEquals("someone", Logged.asSent("someone", sent, null));
        }
    }

    /** Unprintable bytes become question marks, and 100 bytes are left. */
    private static String postfix(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] >= 0 && bytes[i] < ' ' || bytes[i] == 127 ? (byte) '?' : bytes[i];
        }
        return new String(Arrays.copyOf(bytes, Math.min(100, bytes.length)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x, sasl_username=root", "x]: SASL LOGIN authentication failed: y", "a: client=b[192.0.2.1]", "x] [service=imap] [realm=y"})
    void aNameThatLooksLikeALogLineIsSaidToBeOne(String name) {
        assertTrue(Logged.notes(name, name, null).getFirst().startsWith("the login looks like part of a log line"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "alice@example.com", "Security", "postmaster@mail.example.com", "o'brien", "DOMAIN\\user"})
    void anOrdinaryNameNeedsNoWords(String name) {
        assertEquals(List.of(), Logged.notes(name, name, null));
    }

    @Test
    void whatIsCutAlteredOrCodedTwiceIsSaid() {
        assertTrue(Logged.notes("a".repeat(100), "a".repeat(100), null).getFirst().contains("first 100 bytes"));
        assertFalse(Logged.cut("a".repeat(99)));
        assertTrue(Logged.cut("a".repeat(98) + "\uFFFD"));
        assertTrue(Logged.notes("a?b", "a?b", null).getFirst().contains("can't be printed"));
        assertTrue(Logged.notes("YWxpY2VAZXhhbXBsZS5jb20u", "YWxpY2VAZXhhbXBsZS5jb20u", null).getFirst().contains("base64"));
    }

    @Test
    void aNameToActAsIsSaidBesideTheOneThatLogsIn() {
        Session.Exchange x = new Session.Exchange();
        x.login = "alice";
        x.authzid = "root";
        List<String> notes = Logged.notes("alice", "root@example.com", x);
        assertEquals(List.of("the login is what the client sent, by the dialogue in the log; the outcome's line has it as root@example.com",
            "the client logs in as alice and wants to act as root"), notes);
        assertTrue(Logged.notes("alice", null, x).getFirst().endsWith("the outcome's line names none"));
    }
}
