package saslscope.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import saslscope.probe.Trial.Outcome;

/** The dialogue, stage by stage, with servers that behave and servers that do not. */
class ProbeTest {
    private static final Login LOGIN = new Login("tim", null, null, "tanstaaftanstaaf");
    private static final Bounds SHORT = new Bounds(Duration.ofMillis(200), 500, 10, 4);
    @TempDir
    static Path folder;
    private static KeyStore key;

    @BeforeAll
    static void makeAKey() throws Exception {
        key = FakeServer.key(folder, "dns:mail.example.com,dns:*.example.org,ip:127.0.0.1");
    }

    private static Probe with(Probe p, Bounds bounds) {
        return new Probe(p.target(), p.addresses(), p.login(), p.insecure(), p.bare(), bounds, p.authorities(), p.nonces(), p.time());
    }

    private static Probe with(Probe p, boolean implicit, boolean insecure, KeyStore authorities, InstantSource time) {
        return new Probe(implicit ? p.target().withTls() : p.target(), p.addresses(), p.login(), insecure, p.bare(), p.bounds(), authorities, p.nonces(), time);
    }

    private static String dialogue(Trial t) {
        return t.steps().stream().filter(s -> s.speaker() != Step.Speaker.NOTE)
            .map(s -> (s.speaker() == Step.Speaker.CLIENT ? "C: " : "S: ") + s.text()).collect(Collectors.joining("\n"));
    }

    private static void noSecret(Trial t, String... secrets) {
        for (String s : secrets) {
            assertFalse(t.toString().contains(s), t.toString());
        }
    }

    @Test
    void aLoginThatIsAccepted() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("PIPELINING", "AUTH PLAIN LOGIN", "AUTH=PLAIN LOGIN");
            p.hear();
            p.say("235 2.7.0 Authentication successful");
            p.bye();
        })) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals(Outcome.LOGGED_IN, t.outcome());
            assertEquals(Stage.AUTH, t.stage());
            assertEquals(Mechanism.PLAIN, t.mechanism());
            assertEquals(List.of("PLAIN", "LOGIN"), t.offered());
            assertEquals("""
                S: 220 mail.example.com ESMTP
                C: EHLO [127.0.0.1]
                S: 250-mail.example.com
                S: 250-PIPELINING
                S: 250-AUTH PLAIN LOGIN
                S: 250-AUTH=PLAIN LOGIN
                S: 250 8BITMIME
                C: AUTH PLAIN <initial response, masked>
                S: 235 2.7.0 Authentication successful
                C: QUIT
                S: 221 2.0.0 Bye""", dialogue(t));
            assertEquals(List.of("EHLO [127.0.0.1]", "AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm", "QUIT"), server.heard());
            noSecret(t, "tanstaaf", "AHRpbQB0");
        }
    }

    @Test
    void aLoginThatIsRefusedEndsWithQuit() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH LOGIN");
            p.hear();
            p.challenge("Username:");
            p.hear();
            p.challenge("Password:");
            String password = p.hear();
            p.say("535 5.7.8 Error: authentication failed: " + password + " tanstaaftanstaaf");
            p.bye();
        })) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals(Outcome.REFUSED, t.outcome());
            assertEquals(535, t.code());
            assertEquals("535 5.7.8 Error: authentication failed: <masked> <masked>", t.text(), "what the server echoes stays masked");
            assertTrue(dialogue(t).endsWith("""
                C: AUTH LOGIN
                S: 334 <challenge>
                C: <response, masked>
                S: 334 <challenge>
                C: <response, masked>
                S: 535 5.7.8 Error: authentication failed: <masked> <masked>
                C: QUIT
                S: 221 2.0.0 Bye"""), dialogue(t));
            noSecret(t, "tanstaaf", "dGFuc3RhYWZ0YW5zdGFhZg==");
        }
    }

    @Test
    void scramProvesBothSides() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH SCRAM-SHA-1 PLAIN");
            p.hear();
            p.challenge("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
            boolean good = p.response().endsWith("p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
            p.challenge(good ? "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=" : "e=invalid-proof");
            p.hear();
            p.say("235 ok");
            p.bye();
        })) {
            Trial t = server.probe("localhost", new Login("user", null, null, "pencil")).attempt(null);
            assertEquals(Outcome.LOGGED_IN, t.outcome(), t.toString());
            assertEquals(Mechanism.SCRAM_SHA_1, t.mechanism());
        }
    }

    @Test
    void aServerThatAcceptsWithoutProofIsNotBelieved() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH SCRAM-SHA-1");
            p.hear();
            p.say("235 come in");
            p.bye();
        })) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals(Outcome.REFUSED, t.outcome());
            assertTrue(t.text().contains("without proving"), t.text());
        }
    }

    @Test
    void aBrokenChallengeIsCancelled() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH CRAM-MD5");
            p.hear();
            p.say("334 this is not base64");
            p.hear();
            p.say("501 5.7.0 cancelled");
            p.bye();
        })) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals("the challenge is not base64", t.text());
            assertEquals(List.of("AUTH CRAM-MD5", "*", "QUIT"), server.heard().subList(1, 4));
        }
    }

    @Test
    void anInitialResponseThatIsTooLongForACommandWaits() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH XOAUTH2");
            p.hear();
            p.say("334 ");
            boolean whole = p.response().contains("t".repeat(2_000));
            p.say(whole ? "235 ok" : "535 no");
            p.bye();
        })) {
            Trial t = server.probe("localhost", new Login("tim", null, null, "t".repeat(2_000))).attempt(Mechanism.XOAUTH2);
            assertEquals(Outcome.LOGGED_IN, t.outcome(), t.text());
            assertEquals("AUTH XOAUTH2", server.heard().get(1));
        }
    }

    @Test
    void externalSendsAnEmptyInitialResponse() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH EXTERNAL");
            p.say(p.hear().equals("AUTH EXTERNAL =") ? "235 ok" : "501 no");
            p.bye();
        })) {
            Probe probe = server.probe("localhost", new Login(null, null, null, null));
            assertEquals(Outcome.LOGGED_IN, probe.attempt(Mechanism.EXTERNAL).outcome());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"AUTH GSSAPI NTLM | none takes a password", "SIZE 1000 | the server offers no AUTH without TLS",
        "AUTH | the server offers no AUTH without TLS"})
    void aServerWithoutAMechanismToUse(String capability, String why) throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet(capability);
            p.bye();
        })) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals(Outcome.REFUSED, t.outcome());
            assertTrue(t.text().contains(why), t.text());
            assertFalse(server.heard().stream().anyMatch(l -> l.startsWith("AUTH")));
        }
    }

    @Test
    void onlyWhatIsOfferedIsTried() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH PLAIN");
            p.bye();
        })) {
            assertEquals("the server does not offer CRAM-MD5, but PLAIN", server.probe("localhost", LOGIN).attempt(Mechanism.CRAM_MD5).text());
        }
    }

    @Test
    void aPasswordDoesNotGoOutInClear() throws Exception {
        InetAddress other = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
            .filter(a -> !a.isLoopbackAddress() && a.getAddress().length == 4).findFirst().orElse(null);
        Assumptions.assumeTrue(other != null, "this machine has no address but loopback");
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH PLAIN LOGIN");
            if (p.hear().startsWith("AUTH")) {
                p.say("235 ok");
                p.bye();
            } else {
                p.say("221 bye");
            }
        })) {
            Probe p = server.probe("mail.example.com", LOGIN);
            Addresses there = new Addresses(List.of(other), null);
            Trial t = new Probe(p.target(), there, LOGIN, true, false, p.bounds(), null, p.nonces(), p.time()).attempt(null);
            assertEquals(Outcome.WITHHELD, t.outcome(), t.toString());
            assertEquals("QUIT", server.heard().getLast());
            assertEquals(2, server.heard().size(), server.heard().toString());
            t = new Probe(p.target(), there, LOGIN, true, true, p.bounds(), null, p.nonces(), p.time()).attempt(null);
            assertEquals(Outcome.LOGGED_IN, t.outcome(), t.toString());
        }
    }

    private static void startTls(FakeServer.Peer p) throws Exception {
        p.greet("STARTTLS");
        p.hear();
        p.say("220 2.0.0 Ready to start TLS");
        p.tls(FakeServer.context(key));
        p.hello("AUTH PLAIN");
        p.say(p.hear().startsWith("AUTH PLAIN ") ? "235 ok" : "500 what?");
        p.bye();
    }

    @Test
    void startTlsAndEhloAgain() throws Exception {
        try (FakeServer server = new FakeServer(ProbeTest::startTls)) {
            Trial t = with(server.probe("mail.example.com", LOGIN), false, false, FakeServer.trusting(key), InstantSource.system()).attempt(null);
            assertEquals(Outcome.LOGGED_IN, t.outcome(), t.toString());
            assertEquals(List.of(), t.tls().faults());
            assertEquals(2, server.heard().stream().filter(l -> l.startsWith("EHLO")).count());
            t = with(server.probe("host.example.org", LOGIN), false, false, FakeServer.trusting(key), InstantSource.system()).attempt(null);
            assertEquals(Outcome.LOGGED_IN, t.outcome(), "a star stands for one label");
        }
    }

    @Test
    void tlsFromTheFirstByte() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.tls(FakeServer.context(key));
            p.greet("AUTH PLAIN");
            p.hear();
            p.say("235 ok");
            p.bye();
        })) {
            Trial t = with(server.probe("127.0.0.1", LOGIN), true, false, FakeServer.trusting(key), InstantSource.system()).attempt(null);
            assertEquals(Outcome.LOGGED_IN, t.outcome(), t.toString());
        }
    }

    @Test
    void whatIsWrongWithACertificateIsSaid() throws Exception {
        try (FakeServer server = new FakeServer(ProbeTest::startTls)) {
            Probe p = server.probe("mail.example.com", LOGIN);
            Trial t = with(p, false, false, null, InstantSource.system()).attempt(null);
            assertEquals(Outcome.NO_CONNECTION, t.outcome());
            assertEquals(Stage.TLS, t.stage());
            assertTrue(t.text().contains("CN=fake can't be trusted: it is self-signed"), t.text());
            t = with(p, false, true, null, InstantSource.system()).attempt(null);
            assertEquals(Outcome.LOGGED_IN, t.outcome(), "the user wants to go on");
            assertEquals(1, t.tls().faults().size());
            t = with(p, false, false, FakeServer.trusting(key), InstantSource.offset(InstantSource.system(), Duration.ofDays(1000))).attempt(null);
            assertTrue(t.text().contains("it expired on "), t.text());
            t = with(server.probe("imap.example.com", LOGIN), false, false, FakeServer.trusting(key), InstantSource.system()).attempt(null);
            assertTrue(t.text().contains("it is not for imap.example.com but for mail.example.com, *.example.org, 127.0.0.1"), t.text());
            assertTrue(server.heard().stream().filter(l -> l.startsWith("AUTH")).count() == 1, "a password went to nobody else");
        }
    }

    @ParameterizedTest
    @CsvSource({"*.example.org,a.example.org,true", "*.example.org,a.b.example.org,false", "*.example.org,example.org,false", "*.org,example.org,false",
        "MAIL.example.org,mail.EXAMPLE.org,true", "*,localhost,false", "m*.example.org,mail.example.org,false"})
    void names(String pattern, String host, boolean fits) {
        assertEquals(fits, Trust.matches(pattern, host));
    }

    @Test
    void textBeforeTlsBeginsIsNotTaken() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("STARTTLS");
            p.hear();
            p.say("220 go\r\n250 AUTH PLAIN");
            p.hear();
        })) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals(Stage.TLS, t.stage());
            assertTrue(t.text().contains("before TLS begins"), t.text());
        }
    }

    @Test
    void startTlsThatIsRefusedOrBroken() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("STARTTLS");
            p.hear();
            p.say("454 4.7.0 TLS not available due to local problem");
        })) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals("454 4.7.0 TLS not available due to local problem", t.text());
            assertEquals(Stage.TLS, t.stage());
            t = with(server.probe("localhost", LOGIN), true, false, null, InstantSource.system()).attempt(null);
            assertTrue(t.text().contains("not TLS; does this port begin with plain SMTP"), t.text());
        }
    }

    private static void hangUpAt(FakeServer.Peer p, Stage stage) throws Exception {
        if (stage == Stage.BANNER) {
            return;
        }
        p.say("220 hello");
        p.hear();
        if (stage == Stage.EHLO) {
            return;
        }
        p.say("250-x", stage == Stage.TLS ? "250 STARTTLS" : "250 AUTH PLAIN");
        p.hear();
        if (stage == Stage.TLS) {
            p.say("220 go");
        } else if (stage == Stage.QUIT) {
            p.say("535 no");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BANNER", "EHLO", "TLS", "AUTH", "QUIT"})
    void aServerThatHangsUp(Stage stage) throws Exception {
        try (FakeServer server = new FakeServer(p -> hangUpAt(p, stage))) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals(stage == Stage.QUIT ? Stage.AUTH : stage, t.stage(), t.toString());
            assertEquals(stage == Stage.AUTH || stage == Stage.QUIT ? Outcome.REFUSED : Outcome.NO_CONNECTION, t.outcome());
            String why = stage == Stage.QUIT ? t.steps().getLast().text() : t.text();
            assertTrue(why.contains("hung up") || why.contains("cut the connection"), why);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BANNER", "EHLO", "TLS", "AUTH"})
    void aServerThatSaysNothingMore(Stage stage) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (FakeServer server = new FakeServer(p -> {
            hangUpAt(p, stage);
            over.await();
        })) {
            Trial t = with(server.probe("localhost", LOGIN), SHORT).attempt(null);
            assertEquals(stage, t.stage(), t.toString());
            assertEquals("no answer within 200 ms", t.text());
            over.countDown();
        }
    }

    @Test
    void timeIsOverHoweverSlowlySomethingComes() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            while (true) {
                p.write(new byte[] {'2'});
                LockSupport.parkNanos(5_000_000);
            }
        })) {
            Trial t = with(server.probe("localhost", LOGIN), SHORT).attempt(null);
            assertEquals(Stage.BANNER, t.stage());
            assertEquals("no answer within 200 ms", t.text());
        }
    }

    @Test
    void endlessLinesAndRepliesAreCutOff() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            while (true) {
                p.write(new byte[1 << 16]);
            }
        })) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals("a line of the reply is longer than 12288 bytes; not read on", t.text());
        }
        try (FakeServer server = new FakeServer(p -> {
            while (true) {
                p.say("220-and on");
            }
        })) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals("the reply has more than 100 lines; not read on", t.text());
        }
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH PLAIN");
            while (p.hear() != null) {
                p.say("334 ");
            }
        })) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals(Outcome.REFUSED, t.outcome());
            assertTrue(t.text().contains("PLAIN has one response"), t.text());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"HTTP/1.1 400 Bad Request", "''", "22", "2x0 hello", "2200 hello"})
    void whatIsNotSmtp(String line) throws Exception {
        try (FakeServer server = new FakeServer(p -> p.say(line))) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals(Stage.BANNER, t.stage());
            assertTrue(t.text().startsWith("what the server sends is not SMTP"), t.text());
        }
    }

    @Test
    void aServerThatTurnsClientsAway() throws Exception {
        try (FakeServer server = new FakeServer(p -> p.say("554 5.7.1 go away"))) {
            Trial t = server.probe("localhost", LOGIN).attempt(null);
            assertEquals(Stage.BANNER, t.stage());
            assertEquals(554, t.code());
            assertEquals("554 5.7.1 go away", t.text());
        }
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (ServerSocket s = new ServerSocket(0)) {
            port = s.getLocalPort();
        }
        Trial t = new Probe(new Target("localhost", port, false), new Addresses(List.of(InetAddress.getLoopbackAddress()), null), LOGIN, false, false,
            Bounds.STANDARD, null, () -> "n", InstantSource.system()).attempt(null);
        assertEquals(Stage.CONNECT, t.stage());
        assertTrue(t.text().startsWith("connection refused"), t.text());
        assertNull(t.local());
    }

    @Test
    void aNameThatDoesNotExist() {
        Target target = Target.parse("no-such-host.invalid");
        Trial t = new Probe(target, Addresses.of(target, Duration.ofSeconds(10)), LOGIN, false, false, Bounds.STANDARD, null, () -> "n",
            InstantSource.system()).attempt(null);
        assertEquals(Stage.NAME, t.stage());
        assertEquals(Outcome.NO_CONNECTION, t.outcome());
    }

    @ParameterizedTest
    @CsvSource({"mail.example.com,mail.example.com,587,false", "mail.example.com:25,mail.example.com,25,false", "mail:465,mail,465,true",
        "[::1]:465,::1,465,true", "::1,::1,587,false", "192.0.2.1:2525,192.0.2.1,2525,false", "m\u00fcller.example,xn--mller-kva.example,587,false"})
    void targets(String text, String host, int port, boolean tls) {
        assertEquals(new Target(host, port, tls), Target.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"''", "mail:", "mail:0", "mail:65536", "a b", "user@mail", "-mail", "mail:25:25x", "smtp://mail", "'mail\r\nQUIT'"})
    void noTargets(String text) {
        assertThrows(IllegalArgumentException.class, () -> Target.parse(text));
    }
}
