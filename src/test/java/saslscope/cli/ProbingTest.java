package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.probe.FakeServer;

/** The command: where the password comes from, what is said and with which code, and the log beside the dialogue. */
class ProbingTest {
    private static final String SECRET = "zx81Sinclair";

    @TempDir
    Path folder;
    private final Runner runner = new Runner();
    private Path log;

    @BeforeEach
    void start() throws IOException {
        runner.columns = 400;
        runner.env = Map.of("TERM", "xterm", Password.VARIABLE, SECRET);
        log = Files.writeString(folder.resolve("maillog"),
            line(99, "warning: elsewhere[192.0.2.9]: SASL PLAIN authentication failed: authentication failure, sasl_username=earlier"));
    }

    private static String line(int pid, String message) {
        return "Nov 22 18:00:00 mail postfix/smtpd[" + pid + "]: " + message + "\n";
    }

    private void logs(String... lines) throws IOException {
        Files.writeString(log, String.join("", lines), StandardOpenOption.APPEND);
    }

    private int probe(FakeServer server, String... more) {
        String[] all = new String[more.length + 3];
        all[0] = "probe";
        all[1] = "localhost:" + server.port();
        all[2] = "--user=alice";
        System.arraycopy(more, 0, all, 3, more.length);
        int code = runner.run(all);
        assertFalse((runner.out() + runner.err()).contains(SECRET), "the password is shown");
        assertFalse((runner.out() + runner.err()).contains("AGFsaWNl"), "its encoded form is shown");
        return code;
    }

    private static void refuse(FakeServer.Peer p, String reply) throws Exception {
        p.greet("AUTH PLAIN");
        p.hear();
        p.say(reply);
        p.bye();
    }

    @Test
    void loggedIn() throws Exception {
        try (FakeServer server = new FakeServer(p -> refuse(p, "235 2.7.0 Authentication successful"))) {
            assertEquals(Exit.DONE, probe(server), runner.err());
            assertTrue(runner.out().contains("AUTH      C: AUTH PLAIN <initial response, masked>"), runner.out());
            assertTrue(runner.out().contains("LOGGED IN  alice by PLAIN, localhost:" + server.port() + ": 235 2.7.0"), runner.out());
            assertEquals(Exit.DONE, probe(server, "-q"));
            assertTrue(runner.out().startsWith("LOGGED IN"), runner.out());
        }
    }

    @Test
    void refusedWithoutALogTellsWhatTheReplyMeans() throws Exception {
        try (FakeServer server = new FakeServer(p -> refuse(p, "535 5.7.8 Error: authentication failed: generic failure"))) {
            assertEquals(Exit.NO, probe(server));
            assertTrue(runner.out().contains("REFUSED at AUTH  alice by PLAIN, localhost:"), runner.out());
            assertTrue(runner.out().contains("  Meaning   "), runner.out());
            assertTrue(runner.out().contains("saslauthd-not-running"), runner.out());
        }
    }

    @Test
    void dialogueLogLinesAndDiagnosisAreOneAnswer() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH PLAIN");
            p.hear();
            logs(line(7, "connect from mallory[192.0.2.66]"),
                line(8, "connect from localhost[127.0.0.1]"),
                line(8, "warning: SASL authentication failure: cannot connect to saslauthd server: Connection refused"),
                line(7, "warning: mallory[192.0.2.66]: SASL PLAIN authentication failed: authentication failure, sasl_username=alice"),
                line(8, "warning: SASL authentication failure: Password verification failed"),
                line(8, "warning: localhost[127.0.0.1]: SASL PLAIN authentication failed: generic failure"));
            p.say("535 5.7.8 Error: authentication failed: generic failure");
            p.bye();
            logs(line(8, "disconnect from localhost[127.0.0.1] ehlo=1 auth=0/1 quit=1 commands=2/3"),
                line(7, "disconnect from mallory[192.0.2.66] ehlo=1 auth=0/1 quit=1 commands=2/3"));
        })) {
            assertEquals(Exit.NO, probe(server, "--log=" + log), runner.err());
            String out = runner.out();
            assertTrue(out.contains("Diagnosis  determined: saslauthd is not running"), out);
            assertTrue(out.contains("cannot connect"), out);
            assertFalse(out.contains("mallory"), "lines of others: " + out);
            assertFalse(out.contains("earlier"), "lines from before: " + out);
            assertEquals(Exit.NO, probe(server, "--log=" + log, "-o", "jsonl"));
            for (String part : new String[] {"\"diagnosis.cause\":\"saslauthd-not-running\"", "\"probe.result\":\"refused\"", "\"probe.stage\":\"AUTH\"",
                "\"probe.code\":535", "\"sasl.mechanism\":\"PLAIN\"", "\"probe.log\":[\"Nov 22 18:00:00 mail postfix/smtpd[8]: connect from"}) {
                assertTrue(runner.out().contains(part), part + " in " + runner.out());
            }
            assertEquals(1, runner.out().lines().count());
        }
    }

    @Test
    void aLoggedClientPortDecides() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH PLAIN");
            p.hear();
            int port = p.port();
            int other = port == 1 ? 2 : port - 1;
            logs(line(8, "connect from localhost[127.0.0.1]:" + other),
                line(8, "warning: localhost[127.0.0.1]:" + other + ": SASL PLAIN authentication failed: wrong one, sasl_username=alice"),
                line(8, "disconnect from localhost[127.0.0.1]:" + other + " ehlo=1 auth=0/1 quit=1 commands=2/3"),
                line(9, "connect from localhost[127.0.0.1]:" + port),
                line(9, "warning: localhost[127.0.0.1]:" + port + ": SASL PLAIN authentication failed: authentication failure, sasl_username=alice"));
            p.say("535 5.7.8 Error: authentication failed: authentication failure");
            p.bye();
            logs(line(9, "disconnect from localhost[127.0.0.1]:" + port + " ehlo=1 auth=0/1 quit=1 commands=2/3"));
        })) {
            assertEquals(Exit.NO, probe(server, "--log=" + log), runner.err());
            assertTrue(runner.out().contains("[9]: connect from"), runner.out());
            assertFalse(runner.out().contains("wrong one"), runner.out());
        }
    }

    @Test
    void noConnection() throws Exception {
        try (FakeServer server = new FakeServer(p -> p.say("554 5.7.1 \u001b[31mno\u202e"))) {
            assertEquals(Exit.UNAVAILABLE, probe(server));
            assertTrue(runner.out().contains("NO CONNECTION at banner  localhost:" + server.port() + ": 554 5.7.1 \\x1b[31mno<U+202E>"), runner.out());
        }
    }

    @Test
    void allMechanismsOneAfterTheOther() throws Exception {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (FakeServer server = new FakeServer(p -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            p.greet("AUTH LOGIN PLAIN CRAM-MD5 XOAUTH2 GSSAPI");
            String command = p.hear();
            p.say(command.startsWith("AUTH PLAIN") ? "235 ok" : "535 no");
            p.bye();
            open.decrementAndGet();
        })) {
            assertEquals(Exit.NO, probe(server, "--all-mechanisms", "-q"));
            assertEquals(1, most.get());
            String out = runner.out();
            String table = out.substring(out.indexOf("MECHANISM"));
            assertTrue(table.matches("(?s).*CRAM-MD5 +refused .*PLAIN +logged in .*LOGIN +refused .*"), out);
            assertFalse(table.contains("XOAUTH2") || table.contains("GSSAPI"), out);
        }
    }

    @Test
    void thePasswordComesFromAFileAndNeverFromAnArgument() throws Exception {
        try (FakeServer server = new FakeServer(p -> refuse(p, "235 ok"))) {
            runner.env = Map.of();
            assertEquals(Exit.DONE, probe(server, "--password-file=" + Files.writeString(folder.resolve("pw"), SECRET + "\n")), runner.err());
            assertEquals(Exit.USAGE, probe(server, "--password-file=" + Files.writeString(folder.resolve("list"), SECRET + "\nother\n")));
            assertTrue(runner.err().contains("not lists of them"), runner.err());
            assertEquals(Exit.USAGE, probe(server, "--password-file=" + Files.write(folder.resolve("no"), new byte[0])));
            assertEquals(Exit.USAGE, probe(server, "--password=" + SECRET));
            assertTrue(runner.err().contains("--password: everybody on this machine can see arguments"), runner.err());
            assertEquals(Exit.USAGE, probe(server, "--password", SECRET));
            runner.inTty = false;
            assertEquals(Exit.USAGE, probe(server));
            assertTrue(runner.err().contains("no terminal"), runner.err());
        }
    }

    @Test
    void whatMakesNoSense() throws Exception {
        for (String[] args : new String[][] {
            {"probe"}, {"probe", "localhost"}, {"probe", "a", "b"}, {"probe", "mail:99999", "-u", "x"}, {"probe", "localhost", "-u", "x", "-m", "PLAN"},
            {"probe", "localhost", "-u", "x", "-m", "PLAIN", "--all-mechanisms"}, {"probe", "localhost", "-u", "x", "-o", "csv"},
            {"probe", "localhost", "-u", "x\r\nRSET"}, {"probe", "localhost", "-u", "x", "--log=-"}, {"probe", "localhost", "-u", "x", "--log=/no/such"}}) {
            assertEquals(Exit.USAGE, runner.run(args), String.join(" ", args));
            assertEquals(1, runner.err().lines().count(), runner.err());
            assertEquals("", runner.out());
        }
        assertTrue(runner.err().startsWith("saslscope: --log=/no/such: no such file"), runner.err());
    }

    @Test
    void theUsualLogsOfThisHostAreReadByThemselves() throws Exception {
        runner.host = folder;
        Path logs = Files.createDirectories(folder.resolve("var/log"));
        log = Files.writeString(logs.resolve("mail.log"), "");
        Path auth = Files.writeString(logs.resolve("auth.log"), "");
        try (FakeServer server = new FakeServer(p -> {
            p.greet("AUTH PLAIN");
            p.hear();
            Files.writeString(auth, "Nov 22 18:00:00 mail saslauthd[5]: do_auth         : auth failure: [user=alice] [service=smtp] [realm=] [mech=shadow] "
                + "[reason=Unknown]\n", StandardOpenOption.APPEND);
            logs(line(8, "connect from localhost[127.0.0.1]"),
                line(8, "warning: SASL authentication failure: Password verification failed"),
                line(8, "warning: localhost[127.0.0.1]: SASL PLAIN authentication failed: authentication failure, sasl_username=alice"));
            p.say("535 5.7.8 Error: authentication failed: authentication failure");
            p.bye();
            logs(line(8, "disconnect from localhost[127.0.0.1] ehlo=1 auth=0/1 quit=1 commands=2/3"));
        })) {
            assertEquals(Exit.NO, probe(server), runner.err());
            assertTrue(runner.out().contains("saslauthd[5]: do_auth"), runner.out());
            assertTrue(runner.out().contains("Diagnosis  "), runner.out());
            assertEquals(Exit.NO, probe(server, "--log=none"));
            assertFalse(runner.out().contains("Diagnosis  "), runner.out());
        }
    }

    @Test
    void aLogThatSaysNothingIsWaitedForNotForEver() throws Exception {
        try (FakeServer server = new FakeServer(p -> refuse(p, "535 5.7.8 Error: authentication failed: generic failure"))) {
            assertEquals(Exit.NO, probe(server, "--log=" + log), runner.err());
            assertTrue(runner.out().contains("no line about this login came within 3 s"), runner.out());
            assertTrue(runner.out().contains("saslauthd-not-running"), "the words of the reply are all there is");
        }
    }

    @Test
    void aServerWithoutAuthIsToldWhereToLook() throws Exception {
        try (FakeServer server = new FakeServer(p -> {
            p.greet("SIZE 1000");
            p.bye();
        })) {
            assertEquals(Exit.NO, probe(server));
            assertTrue(runner.out().contains("REFUSED at AUTH  localhost:" + server.port() + ": the server offers no AUTH without TLS"), runner.out());
            assertTrue(runner.out().contains("smtpd_tls_auth_only"), runner.out());
        }
    }

    @Test
    void aFileOfAuthoritiesMustHoldCertificates() throws Exception {
        try (FakeServer server = new FakeServer(p -> refuse(p, "235 2.7.0 Authentication successful"))) {
            assertEquals(Exit.USAGE, probe(server, "--ca-file=" + folder.resolve("none.pem")));
            assertTrue(runner.err().contains("--ca-file=" + folder.resolve("none.pem") + ": "), runner.err());
            assertEquals(Exit.USAGE, probe(server, "--ca-file=" + log));
            assertTrue(runner.err().contains("name a file with -----BEGIN CERTIFICATE----- in it"), runner.err());
            assertEquals(Exit.USAGE, probe(server, "--ca-file=" + Files.writeString(folder.resolve("empty.pem"), "")));
        }
    }

    /** In a real terminal, made by script(1). */
    @Test
    void anInterruptAtThePromptEndsItAndTheTerminalEchoesAgain() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script(1), which makes a terminal, is not installed");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process p = new ProcessBuilder("timeout", "60", "script", "-qec", "trap : INT; '" + java + "' -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
            + "' saslscope.cli.Main probe localhost:1 --user=alice --log=none; echo CODE $?; stty -a", "/dev/null").redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        try (InputStream out = p.getInputStream(); OutputStream keys = p.getOutputStream()) {
            for (int b = out.read(); b >= 0; b = out.read()) {
                said.append((char) b);
                if (said.toString().endsWith("Password: ")) {
                    keys.write((SECRET + "\u0003").getBytes(StandardCharsets.US_ASCII));
                    keys.flush();
                }
            }
        }
        p.waitFor();
        assertTrue(said.toString().contains("CODE 130"), said.toString());
        assertTrue(said.toString().matches("(?s).* echo .*"), said.toString());
        assertFalse(said.toString().contains(SECRET), said.toString());
        assertFalse(said.toString().contains("localhost is"), "it went on: " + said);
    }
}
