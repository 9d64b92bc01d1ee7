package saslscope.redact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import saslscope.pattern.PatternSet;
import saslscope.source.Line;
import saslscope.source.LogFile;
import saslscope.syslog.SyslogParser;

class RedactionTest {
    private static final List<Path> DEFINITIONS = List.of(Path.of("patterns"));
    private static final LogFile FILE = new LogFile("maillog", 1);

    private static PatternSet patterns;
    private static Set<String> ordinary;
    private final Redaction names = names("a key that is long enough");
    private int number;

    @BeforeAll
    static void load() throws Exception {
        patterns = PatternSet.load(DEFINITIONS);
        ordinary = new HashSet<>(patterns.words());
        ordinary.addAll(OrdinaryWords.load(DEFINITIONS));
    }

    private static byte[] line(Redaction redaction, Line line) {
        List<byte[]> shown = new ArrayList<>();
        redaction.line(line, shown::add);
        redaction.end(shown::add);
        assertEquals(1, shown.size());
        return shown.getFirst();
    }

    private static Redaction names(String key) {
        return Redaction.ofNames(patterns, parser(), ordinary, key.getBytes(StandardCharsets.UTF_8));
    }

    private static SyslogParser parser() {
        SyslogParser parser = new SyslogParser(ZoneOffset.UTC, OptionalInt.of(2026));
        parser.part(() -> 0, List.of());
        return parser;
    }

    private String swapped(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return new String(line(names, new Line(FILE, number, ++number, bytes, false)), StandardCharsets.UTF_8);
    }

    private String smtpd(String message) {
        return swapped("Nov 22 16:50:13 mx7 postfix/smtpd[5127]: " + message).replaceFirst("^.*?\\]: ", "");
    }

    private String failed(String client, String login) {
        return smtpd("warning: " + client + ": SASL PLAIN authentication failed: generic failure, sasl_username=" + login);
    }

    private String login(String login) {
        return failed("unknown[192.0.2.7]", login).replaceFirst(".*sasl_username=", "");
    }

    private String address(String address) {
        return failed("unknown[" + address + "]", "x").replaceFirst(".*unknown\\[(.*?)\\].*", "$1");
    }

    @Test
    void withoutNamesOnlyPasswordsChange() {
        Redaction secrets = Redaction.ofSecrets(patterns, parser());
        byte[] plain = "Nov 22 16:50:13 mx7 postfix/smtpd[5127]: m\u00fcller caf\\351 \377".getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(plain, line(secrets, new Line(FILE, 0, 1, plain, false)));
        byte[] dialogue = "Nov 22 16:50:13 mx7 postfix/smtpd[5127]: < unknown[192.0.2.7]: AUTH PLAIN AGFsaWNlAHRvcHNlY3JldA=="
            .getBytes(StandardCharsets.UTF_8);
        assertEquals("Nov 22 16:50:13 mx7 postfix/smtpd[5127]: < unknown[192.0.2.7]: AUTH PLAIN "
            + Base64.getEncoder().encodeToString("\0alice\0[secret]".getBytes(StandardCharsets.UTF_8)),
            new String(line(secrets, new Line(FILE, 1, 2, dialogue, false)), StandardCharsets.UTF_8));
    }

    @Test
    void theWordsOfTheProgramStay() {
        String line = failed("mail.corp.com[198.51.100.9]:4711", "alice@corp.com");
        assertTrue(line.matches("warning: [a-z]{4}\\.[a-z]{4}\\.[a-z]{3}\\.example\\[[0-9.]+]:4711: SASL PLAIN authentication failed: "
            + "generic failure, sasl_username=[a-z]{5}@[a-z]{4}\\.[a-z]{3}\\.example"), line);
        assertFalse(line.contains("alice") || line.contains("corp") || line.contains("198.51.100.9"), line);
    }

    @Test
    void stampsOfAnyFormStayByteForByte() {
        String message = "connect from unknown[192.0.2.7]";
        for (String header : List.of("Nov  2 06:50:13 %s postfix/smtpd[12]: ", "2026-11-02T06:50:13.123456+01:00 %s postfix/smtpd[12]: ",
            "<22>1 2026-11-22T16:50:12.123456+00:00 %s postfix 12 - - ", "<22>Nov  2 06:50:13 %s postfix/smtpd[12]: ")) {
            String line = swapped(header.formatted("mx7") + message);
            String host = line.replaceFirst(".*(?:13|00) (\\w+) postfix.*", "$1");
            assertNotEquals("mx7", host);
            assertTrue(line.startsWith(header.formatted(host) + "connect from unknown["), line);
        }
    }

    @Test
    void upperAndLowerCaseOfOneNameStayTheSameName() {
        assertEquals(login("alice"), login("Alice").toLowerCase());
        assertTrue(Character.isUpperCase(login("Alice").charAt(0)));
        assertNotEquals(login("alice"), login("alicf"));
    }

    @Test
    void twoLongWordsThatDifferInOneLetterStayTwo() {
        String word = "abcdefghij".repeat(2_000);
        Set<String> others = Set.of(login(word), login("b" + word.substring(1)), login(word.substring(1) + "k"), login(word.substring(1)));
        assertEquals(4, others.size());
        assertTrue(others.contains(login(word)), "the same word is swapped the same way");
        assertEquals(word.length(), login(word).length());
    }

    @Test
    void aRealmThatIsTheHostsNameStillIs() {
        String line = swapped("Nov 22 16:50:13 mx7.corp.com postfix/smtpd[5127]: warning: mx7.corp.com[192.0.2.7]: SASL PLAIN "
            + "authentication failed: generic failure, sasl_username=bob@mx7.corp.com");
        String host = line.split(" ")[3];
        assertTrue(line.contains("warning: " + host + "[") && line.endsWith("@" + host), line);
    }

    @Test
    void whatSaysThatThereIsNoNameStays() {
        assertTrue(failed("unknown[192.0.2.7]", "(unavailable)").contains("unknown["));
        assertEquals("(unavailable)", login("(unavailable)"));
        assertEquals("@localhost", login("alice@localhost").substring(5));
        assertEquals(1, login("alice").split("@").length);
    }

    @Test
    void aLoginThatIsAProgramsWordIsSwappedToo() {
        assertNotEquals("postfix", login("postfix"));
        assertFalse(login("a, sasl_username=root").contains("root"));
    }

    @Test
    void neighboursStayNeighboursAndPrivateAddressesPrivate() {
        String a = address("8.8.4.4");
        String b = address("8.8.4.5");
        assertEquals(a.replaceFirst("\\d+$", ""), b.replaceFirst("\\d+$", ""));
        assertNotEquals(a, b);
        assertTrue(a.matches("(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113|198\\.1[89]\\.\\d+)\\.\\d+"), a);
        assertTrue(address("10.1.2.3").startsWith("10."));
        assertTrue(address("192.168.7.3").startsWith("192.168."));
        assertEquals("127.0.0.1", address("127.0.0.1"));
        String six = address("2003:e1:bf00::1");
        assertTrue(six.startsWith("2001:db8:"), six);
        assertEquals(six, address("2003:00e1:bf00:0:0:0:0:1"), "one address, two ways to write it");
        assertEquals("::1", address("::1"));
        assertTrue(address("fe80::5").startsWith("fe80::"));
        assertTrue(address("fd12:3456::1").matches("fd[0-9a-f]{2}:.*"));
    }

    @Test
    void manyNetworksStayDifferent() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            assertTrue(seen.add(address("5." + i / 250 + "." + i % 250 + ".7")));
        }
    }

    @Test
    void inTextThatNobodyKnowsOnlyKnownWordsStay() {
        String line = swapped("Nov 22 16:50:13 mx7 gatekeeper[1]: quota of bob.miller (bob@corp.com, Tel +491701234567) exceeded from 8.8.4.4, "
            + "dyn-8-8-4-4.isp.net, /home/bob/Maildir: retry in 30s");
        for (String name : List.of("bob", "miller", "corp", "4917", "8.8.4.4", "8-8-4-4", "isp")) {
            assertFalse(line.contains(name), name + " in " + line);
        }
        assertTrue(line.contains("quota of ") && line.contains(") exceeded from ") && line.endsWith(": retry in 30s"), line);
    }

    @Test
    void oneNameIsOneNameInAllPlaces() {
        String user = login("quentin");
        assertTrue(smtpd("nobody knows what quentin did").contains(user));
        assertTrue(smtpd("table lookup of quentin@corp.com failed").contains(user + "@"));
    }

    @Test
    void lettersBeyondAsciiGoToo() {
        String other = login("m\u00fcller\u4e2d");
        assertFalse(other.contains("\u00fc") || other.contains("\u4e2d"), other);
        assertEquals("m\u00fcller\u4e2d".getBytes(StandardCharsets.UTF_8).length, other.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void anotherKeyGivesOtherNames() {
        byte[] line = "Nov 22 16:50:13 mx7 postfix/smtpd[5127]: connect from mx.corp.com[8.8.4.4]".getBytes(StandardCharsets.UTF_8);
        String one = new String(line(names("one key"), new Line(FILE, 0, 1, line, false)), StandardCharsets.UTF_8);
        assertEquals(one, new String(line(names("one key"), new Line(FILE, 0, 1, line, false)), StandardCharsets.UTF_8));
        assertNotEquals(one, new String(line(names("another"), new Line(FILE, 0, 1, line, false)), StandardCharsets.UTF_8));
    }

    @Test
    void linesThatRepeatOthersStayLines() {
        failed("unknown[192.0.2.7]", "alice");
        assertTrue(swapped("Nov 22 16:50:14 mx7 last message repeated 3 times").endsWith("last message repeated 3 times"));
        assertTrue(swapped("Nov 22 16:50:14 mx7 postfix/smtpd[1]: message repeated 3 times: [ connect from unknown[192.0.2.7]]")
            .matches(".*: message repeated 3 times: \\[ connect from unknown\\[[0-9.]+]]"));
    }

    @Test
    void sequencesOfOneFormArePermuted() {
        Permutation permutation = new Permutation(new byte[] {1});
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 260; i++) {
            int[] out = permutation.apply(new int[] {i / 10, i % 10}, new int[] {26, 10}, "");
            assertTrue(out[0] >= 0 && out[0] < 26 && out[1] >= 0 && out[1] < 10);
            seen.add(out[0] + "," + out[1]);
        }
        assertEquals(260, seen.size());
    }

    @Test
    void theNameOfALoginDialogueIsSwappedAndItsPasswordHidden() {
        String head = "Nov 22 16:50:13 mx7 postfix/smtpd[5127]: ";
        List<String> shown = new ArrayList<>();
        int n = 0;
        for (String text : List.of("< unknown[192.0.2.7]: AUTH LOGIN", "> unknown[192.0.2.7]: 334 VXNlcm5hbWU6",
            "xsasl_cyrus_server_next: decoded response: alice@example.com", "match_list_match: unknown: no match",
            "> unknown[192.0.2.7]: 334 UGFzc3dvcmQ6", "xsasl_cyrus_server_next: decoded response: topsecret")) {
            names.line(new Line(FILE, n, ++n, (head + text).getBytes(StandardCharsets.UTF_8), false),
                l -> shown.add(new String(l, StandardCharsets.UTF_8).replaceFirst("^.*?\\]: ", "")));
            assertEquals(n == 3 || n == 4 ? 2 : n, shown.size());
        }
        assertEquals("xsasl_cyrus_server_next: decoded response: " + login("alice@example.com"), shown.get(2));
        assertTrue(shown.get(4).endsWith("334 UGFzc3dvcmQ6"), shown.get(4));
        assertEquals("xsasl_cyrus_server_next: decoded response: [secret]", shown.get(5));
    }
}
