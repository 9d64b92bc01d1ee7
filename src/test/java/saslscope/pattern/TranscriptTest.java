package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import saslscope.definition.DefinitionException;
import saslscope.syslog.SyslogRecord;

/** What may be seen of a client's answers: names where they are certain, and never a password. */
class TranscriptTest {
    private static final String HERE = "unknown[192.0.2.7]: ";
    private static final String CYRUS = "xsasl_cyrus_server_";
    private static final List<String> LOGIN = List.of(
        "< " + HERE + "AUTH LOGIN",
        CYRUS + "auth_response: uncoded server challenge: Username:",
        "> " + HERE + "334 VXNlcm5hbWU6",
        CYRUS + "next: decoded response: bob",
        CYRUS + "auth_response: uncoded server challenge: Password:",
        "> " + HERE + "334 UGFzc3dvcmQ6",
        CYRUS + "next: decoded response: S3cret-pass",
        "> " + HERE + "235 2.7.0 Authentication successful");
    private static PatternSet patterns;

    private final Transcript transcript = new Transcript(patterns);

    @BeforeAll
    static void load() throws DefinitionException {
        patterns = Patterns.builtIn();
    }

    private Transcript.Entry next(int pid, String line) {
        byte[] text = line.getBytes(StandardCharsets.UTF_8);
        return transcript.next(new SyslogRecord(null, 1_000_000, ZoneOffset.UTC, "mail", "postfix/submission/smtpd", pid, text, 0, text.length, 1));
    }

    private static String seen(Transcript.Entry e) {
        byte[] answer = e.answer(n -> n.toUpperCase(Locale.ROOT), r -> r + ".example");
        return answer == null ? null : new String(answer, StandardCharsets.UTF_8);
    }

    @Test
    void anAnswerToAuthLoginIsUndecidedUntilTheServerAsksForThePassword() {
        List<Transcript.Entry> entries = new ArrayList<>();
        LOGIN.subList(0, 4).forEach(l -> entries.add(next(7, l)));
        assertTrue(entries.get(3).undecided());
        assertEquals(null, seen(entries.get(3)));
        LOGIN.subList(4, 8).forEach(l -> entries.add(next(7, l)));
        assertEquals("BOB", seen(entries.get(3)));
        assertEquals(null, seen(entries.get(6)));
        assertFalse(entries.stream().anyMatch(Transcript.Entry::undecided));
    }

    @Test
    void whatTheNextLoginOfTheProcessTellsIsNotTakenForTheLastOne() {
        LOGIN.subList(0, 3).forEach(l -> next(7, l));
        Transcript.Entry lost = next(7, CYRUS + "next: decoded response: S3cret-pass");
        assertTrue(lost.undecided());
        Transcript.Entry plain = next(7, "< " + HERE + "AUTH PLAIN " + Base64.getEncoder().encodeToString("\0eve\0pw".getBytes(StandardCharsets.UTF_8)));
        assertFalse(lost.undecided());
        assertEquals(null, seen(lost));
        assertEquals("\0EVE\0[secret]", new String(Base64.getDecoder().decode(seen(plain)), StandardCharsets.UTF_8));
    }

    @Test
    void aPasswordIsNeverSeenWhateverLinesAreMissing() {
        Random random = new Random(5);
        List<String> several = new ArrayList<>(LOGIN);
        several.addAll(LOGIN);
        List<Transcript.Entry> entries = new ArrayList<>();
        for (int run = 0; run < 2_000; run++) {
            int from = random.nextInt(several.size());
            int to = from + random.nextInt(several.size() - from);
            int pid = random.nextInt(3);
            for (int i = 0; i < several.size(); i++) {
                if (i < from || i >= to) {
                    entries.add(next(pid, several.get(i)));
                }
            }
        }
        assertTrue(entries.stream().map(TranscriptTest::seen).filter("BOB"::equals).count() > 500);
        assertTrue(entries.stream().map(TranscriptTest::seen).allMatch(s -> s == null || s.equals("BOB")));
    }

    @Test
    void answersThatWaitAreBounded() {
        List<Transcript.Entry> entries = new ArrayList<>();
        for (int pid = 1; pid < 1_000; pid++) {
            int p = pid;
            LOGIN.subList(0, 4).forEach(l -> entries.add(next(p, l)));
        }
        assertTrue(entries.stream().filter(Transcript.Entry::undecided).count() <= 256);
        assertEquals(null, seen(entries.get(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, '\0alice\0pw'", "PLAIN, 'root\0alice\0pw'", "PLAIN, 'root\0\0pw'", "PLAIN, 'alice\0pw'", "LOGIN, alice", "EXTERNAL, carol",
        "CRAM-MD5, 'a b 0123456789abcdef0123456789abcdef'", "XOAUTH2, 'user=bob\1auth=Bearer pw\1\1'",
        "OAUTHBEARER, 'n,a=b=2Cob,\1host=mail\1auth=Bearer pw\1\1'", "SCRAM-SHA-256, 'n,,n=al=2Ci=3Dce,r=nonce'",
        "SCRAM-SHA-1-PLUS, 'p=tls-unique,a=root,n=alice,r=nonce'",
        "DIGEST-MD5, 'username=\"al\\\"i,ce\",realm=\"example.com\",nonce=\"x\",authzid=\"ro\\\\ot\",response=0'"})
    void whatIsLeftOfAnAnswerNamesTheSameLogin(String mechanism, String response) {
        Login login = Login.of(mechanism, response.getBytes(StandardCharsets.UTF_8));
        String left = login.withoutSecret(mechanism);
        assertEquals(login, Login.of(mechanism, left.getBytes(StandardCharsets.UTF_8)), left);
        assertFalse(left.contains("pw") || left.contains("nonce") || left.contains("01234567"), left);
    }

    @Test
    void aNameThatHoldsAPasswordIsNoName() {
        String plain = Base64.getEncoder().encodeToString("\0bob\0S3cret-pass".getBytes(StandardCharsets.UTF_8));
        assertEquals(null, Login.of("LOGIN", plain.getBytes(StandardCharsets.UTF_8)));
    }
}
