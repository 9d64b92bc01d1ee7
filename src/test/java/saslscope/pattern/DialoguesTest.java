package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import saslscope.definition.DefinitionException;
import saslscope.syslog.SyslogRecord;

/** The login of a verbose log's dialogue: taken where it is certain, and never a password instead. */
class DialoguesTest {
    private static final String HERE = "unknown[192.0.2.7]: ";
    private static final String CYRUS = "xsasl_cyrus_server_";
    private static PatternSet patterns;

    private final Dialogues dialogues = new Dialogues();
    private final List<Match> matches = new ArrayList<>();
    private long micros = 1_000_000;
    private int pid = 7;

    @BeforeAll
    static void load() throws DefinitionException {
        patterns = Patterns.builtIn();
    }

    /** The logins that the lines make certain: {@code user}, or {@code user/authzid/realm}. */
    private List<String> play(String... lines) {
        List<String> logins = new ArrayList<>();
        for (String line : lines) {
            byte[] text = line.getBytes(StandardCharsets.UTF_8);
            SyslogRecord r = new SyslogRecord(null, micros, ZoneOffset.UTC, "mail", "postfix/submission/smtpd", pid, text, 0, text.length, 1);
            if (patterns.recognise(r) instanceof Match m) {
                Match out = dialogues.follow(m);
                matches.add(out);
                boolean added = out.fields().size() > m.fields().size();
                if (added) {
                    String user = out.fields().getOrDefault("user", "");
                    String more = "/" + out.fields().getOrDefault("authzid", "") + "/" + out.fields().getOrDefault("realm", "");
                    logins.add(more.equals("//") ? user : user + more);
                }
            }
        }
        return logins;
    }

    private static String b64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String auth(String mechanism, String response) {
        return "< " + HERE + "AUTH " + mechanism + " " + b64(response);
    }

    private static final String[] LOGIN = {
        "< " + HERE + "AUTH LOGIN",
        CYRUS + "first: sasl_method LOGIN",
        CYRUS + "auth_response: uncoded server challenge: Username:",
        "> " + HERE + "334 VXNlcm5hbWU6",
        CYRUS + "next: decoded response: bob",
        CYRUS + "auth_response: uncoded server challenge: Password:",
        "> " + HERE + "334 UGFzc3dvcmQ6",
        CYRUS + "next: decoded response: S3cret-pass",
        "> " + HERE + "235 2.7.0 Authentication successful"};

    @Test
    void theNameOfAuthLoginIsCertainWhenTheServerAsksForThePasswordNext() {
        assertEquals(List.of("bob"), play(LOGIN));
        assertEquals(0, dialogues.size());
    }

    @Test
    void whateverLinesAreMissingThePasswordIsNeverTakenForTheName() {
        Random random = new Random(11);
        List<String> twice = new ArrayList<>(List.of(LOGIN));
        twice.addAll(List.of(LOGIN));
        for (int run = 0; run < 3_000; run++) {
            // A limit on log lines drops a run of them; so does a restart of syslogd.
            int from = random.nextInt(twice.size());
            int to = from + random.nextInt(twice.size() - from + 1);
            List<String> left = new ArrayList<>(twice.subList(0, from));
            left.addAll(twice.subList(to, twice.size()));
            left.removeIf(l -> random.nextInt(20) == 0 && !l.contains("S3cret"));
            assertTrue(play(left.toArray(String[]::new)).stream().allMatch("bob"::equals), left::toString);
        }
        assertFalse(matches.toString().contains("S3cret"));
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, '\0alice\0pw', alice",
        "PLAIN, 'root\0alice\0pw', alice/root/",
        "PLAIN, 'alice@example.com\0alice@example.com\0pw', alice@example.com/alice@example.com/",
        "PLAIN, 'alice\0pw', alice",
        "XOAUTH2, 'user=bob@example.com\1auth=Bearer pw\1\1', bob@example.com",
        "OAUTHBEARER, 'n,a=bob@example.com,\1host=mail\1auth=Bearer pw\1\1', bob@example.com",
        "EXTERNAL, carol, /carol/",
        "SCRAM-SHA-256, 'n,,n=al=2Cice,r=nonce', 'al,ice'",
        "SCRAM-SHA-1-PLUS, 'p=tls-unique,a=root,n=alice,r=nonce', alice/root/",
        "DIGEST-MD5, 'charset=utf-8,username=\"al\\\"i,ce\",realm=\"example.com\",nonce=\"x\",response=0', 'al\"i,ce//example.com'"})
    void anInitialResponseNamesItsLogin(String mechanism, String response, String login) {
        assertEquals(List.of(login), play(auth(mechanism, response)));
        assertFalse(matches.toString().contains("pw"));
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, password", "PLAIN, '\0password'", "PLAIN, '\0\0password'", "LOGIN, '\0alice\0password'", "CRAM-MD5, password",
        "DIGEST-MD5, password", "SCRAM-SHA-1, password", "SCRAM-SHA-1, 'c=biws,r=nonce,p=n=password'", "XOAUTH2, password",
        "XOAUTH2, 'user=password'", "OAUTHBEARER, 'n,a=password,'", "NTLM, password", "X-UNKNOWN, password", "ANONYMOUS, password"})
    void aResponseThatHasNotItsMechanismsFormNamesNobody(String mechanism, String response) {
        assertEquals(List.of(), play(auth(mechanism, response)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH PLAIN ====x", "AUTH PLAIN =", "AUTH PLAIN AGFsaWNlAHB3c", "AUTH PLAIN !!!!", "AUTH PLAIN"})
    void whatIsNoBase64NamesNobody(String command) {
        assertEquals(List.of(), play("< " + HERE + command));
    }

    @Test
    void aClientThatIsAStepAheadDoesNotShowItsPassword() {
        // The server did not take the initial response and asks for the name: what the client answers is the password.
        assertEquals(List.of("bob"), play(auth("LOGIN", "bob"), CYRUS + "auth_response: uncoded server challenge: Username:",
            CYRUS + "next: decoded response: S3cret-pass", CYRUS + "auth_response: uncoded server challenge: Password:",
            CYRUS + "next: decoded response: S3cret-pass"));
        assertFalse(matches.toString().contains("S3cret"));
    }

    @Test
    void anInitialResponseToAuthLoginIsTheName() {
        assertEquals(List.of("bob"), play(auth("LOGIN", "bob"), "> " + HERE + "503 5.5.1 Error: authentication not enabled"));
    }

    @ParameterizedTest
    @CsvSource({"CRAM-MD5, bob 0123456789abcdef0123456789abcdef, bob", "CRAM-MD5, 'a b 0123456789abcdef0123456789abcdef', a b",
        "DIGEST-MD5, 'username=\"bob\",realm=\"r\",response=1', bob//r", "SCRAM-SHA-1, 'n,,n=bob,r=x', bob"})
    void aResponseToAChallengeNamesItsLogin(String mechanism, String response, String login) {
        assertEquals(List.of(login), play("< " + HERE + "AUTH " + mechanism, CYRUS + "auth_response: uncoded server challenge: <1@mail>",
            CYRUS + "next: decoded response: " + response));
        assertEquals(List.of(), play(CYRUS + "next: decoded response: " + response));
    }

    @Test
    void aResponseWithoutItsCommandNamesNobody() {
        assertEquals(List.of(), play("> " + HERE + "334 VXNlcm5hbWU6", CYRUS + "next: decoded response: bob", "> " + HERE + "334 UGFzc3dvcmQ6"));
        assertEquals(List.of(), play("< " + HERE + "AUTH EXTERNAL", "> " + HERE + "334 ", CYRUS + "next: decoded response: bob"));
    }

    @Test
    void dialoguesOfTwoProcessesDoNotMix() {
        play("< " + HERE + "AUTH LOGIN", "> " + HERE + "334 VXNlcm5hbWU6");
        pid = 8;
        assertEquals(List.of(), play(CYRUS + "next: decoded response: eve", "> " + HERE + "334 UGFzc3dvcmQ6"));
        pid = 7;
        assertEquals(List.of("bob"), play(CYRUS + "next: decoded response: bob", "> " + HERE + "334 UGFzc3dvcmQ6"));
    }

    @Test
    void aProcessIdThatIsUsedAgainLaterGoesOnWithNothing() {
        play("< " + HERE + "AUTH LOGIN", "> " + HERE + "334 VXNlcm5hbWU6");
        micros += 700_000_000L;
        assertEquals(List.of(), play(CYRUS + "next: decoded response: bob", "> " + HERE + "334 UGFzc3dvcmQ6"));
    }

    @Test
    void theTableIsBounded() {
        for (pid = 1; pid < 6_000; pid++) {
            play("< " + HERE + "AUTH LOGIN");
        }
        assertTrue(dialogues.size() <= 4_096);
    }

    @Test
    void nothingOfAResponseOrChallengeIsLeftInWhatGoesOn() {
        play(LOGIN);
        play(auth("PLAIN", "\0alice\0S3cret-pass"), "> " + HERE + "334 PDEyM0BtYWlsPg==", CYRUS + "auth_response: uncoded server challenge: <123@mail>",
            "xsasl_dovecot_handle_reply: auth reply: CONT?3?PDEyM0BtYWlsPg==", "improper command pipelining after CONNECT from unknown[192.0.2.7]: AUTH PLAIN "
            + b64("\0alice\0S3cret-pass") + "\\r\\n");
        for (String secret : List.of("S3cret", "123@mail", "PDEyM", b64("\0alice\0S3cret-pass"))) {
            assertFalse(matches.toString().contains(secret), secret);
        }
    }
}
