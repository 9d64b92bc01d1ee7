package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import saslscope.servers.Dialogue;
import saslscope.servers.MailHost;
import saslscope.servers.Programs;

/**
 * Real servers, broken on purpose: what {@code follow} says of the login that fails, live and with the host as evidence, what
 * {@code doctor} says of the set-up, and what {@code probe} says of its trial. The answers go to target/live-table.md, whose first line says why if nothing could be tried.
 * {@code -Dlive.only=WORDS} tries the cases with these words in their names, {@code -Dlive.keep=FILE} keeps the log.
 */
class RealServersTest {
    private static final Path TABLE = Path.of("target/live-table.md");
    private static final Pattern FINDING = Pattern.compile("\"finding.id\":\"([^\"]*)\",\"finding.status\":\"faulty\"(?:,\"finding.cause\":\"([^\"]*)\")?");
    private static final Pattern CANDIDATE = Pattern.compile("\"cause\":\"([^\"]*)\"");

    private static final List<String> ROWS = new ArrayList<>();
    private static final List<Long> DELAYS = new ArrayList<>();
    @TempDir
    static Path folder;
    private static FileChannel lock;
    private static MailHost host;

    @BeforeAll
    static void begin() throws IOException {
        Files.createDirectories(TABLE.getParent());
        lock = FileChannel.open(Path.of("/tmp/saslscope-real-servers.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
        List<String> missing = MailHost.missing();
        if (!missing.isEmpty()) {
            String word = "Real servers: NOT tried, for want of " + String.join("; ", missing);
            Files.writeString(TABLE, word + "\n");
            Assumptions.abort(word);
        }
        host = new MailHost(folder);
    }

    @AfterAll
    static void end() throws IOException {
        if (host != null) {
            host.close();
            long within = DELAYS.stream().filter(d -> d <= 1000).count();
            Files.writeString(TABLE, "Real servers: " + ROWS.size() + " cases tried with " + MailHost.versions() + "; " + within + " of " + DELAYS.size()
                + " diagnoses came within a second of the log's line, the median after " + DELAYS.stream().sorted().skip(DELAYS.size() / 2).findFirst().orElse(0L)
                + " ms\n\n| what is wrong | `follow` said | after | `doctor` said | `probe` said |\n|---|---|---|---|---|\n" + String.join("\n", ROWS) + "\n");
        }
        lock.close();
    }

    static Stream<Fault> faults() {
        String only = System.getProperty("live.only", "");
        return Faults.all().stream().filter(f -> f.name().contains(only));
    }

    private static String[] common(String... more) {
        return Stream.concat(Stream.of("--config-directory=" + host.mta().configuration(), "--timezone=UTC"), Stream.of(more)).toArray(String[]::new);
    }

    private static Runner runner() {
        Runner r = new Runner();
        r.now = Instant.now();
        r.host = Path.of("/");
        r.env = Map.of("TERM", "xterm", Password.VARIABLE, MailHost.PASSWORD);
        return r;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isNamed(Fault fault) throws Exception {
        host.heal(fault.verifier());
        fault.breaking().in(host);
        String followed = "-";
        String after = "-";
        String probed = "-";
        long size;
        long authSize;
        try (LiveFollow follow = new LiveFollow(common(host.mta().log().toString(), host.authLog().toString()))) {
            size = Files.size(host.mta().log());
            authSize = Files.size(host.authLog());
            long begin = size;
            if (fault.talk() != null) {
                List<String> replies = Dialogue.talk(host.mta().port(), fault.talk());
                assertTrue(replies.stream().anyMatch(r -> r.startsWith(fault.reply())), replies.toString());
            }
            for (Fault.Trial trial : fault.trials()) {
                probed = probe(trial);
            }
            if (fault.lines() == 0) {
                Programs.await("the end of the session in the log", () -> tail(host.mta().log(), begin).contains(": disconnect from"));
            } else {
                long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
                Programs.await("what follow says", () -> follow.failures().size() >= fault.lines() || System.nanoTime() - end > 0);
            }
            Instant line = Files.getLastModifiedTime(host.mta().log()).toInstant();
            List<LiveFollow.Said> failures = follow.failures();
            if (fault.lines() > 0 && failures.size() >= fault.lines()) {
                LiveFollow.Said last = failures.get(fault.lines() - 1);
                long delay = Math.max(0, Duration.between(line, last.when()).toMillis());
                DELAYS.add(delay);
                after = delay + " ms";
                followed = last.value("diagnosis.certainty") + ": " + String.join(", ", candidates(last.text()));
            }
            follow.end();
            // A service that dies as it starts is started again while the client waits.
            int told = (int) follow.failures().stream().filter(f -> !f.text().contains("\"event.category\":[\"configuration\"]")).count();
            boolean setup = told == 0 && fault.lines() > 0 && !follow.failures().isEmpty();
            assertTrue(setup || told == fault.lines(), () -> "failures told: " + follow.said() + "\n" + follow.err() + tail(host.mta().log(), begin));
        }
        if (System.getProperty("live.keep") != null) {
            Files.writeString(Path.of(System.getProperty("live.keep")), tail(host.mta().log(), 0) + tail(host.authLog(), 0));
        }
        Path saved = folder.resolve("saved-" + fault.name().replaceAll("\\W+", "-"));
        Set<String> findings = doctor(common("--save=" + saved));
        assertEquals(findings, doctor("--host-root=" + saved, "--timezone=UTC"), "doctor on the snapshot");
        assertNoSecret(saved);
        if (fault.lines() > 0) {
            assertEquals(followed, analyzed(saved, size, authSize), "analyze with the snapshot");
        }
        ROWS.add("| " + String.join(" | ", fault.name(), followed, after, findings.isEmpty() ? "nothing faulty" : String.join(", ", findings), probed) + " |");
        String all = "follow: " + followed + "; doctor: " + findings + "; probe: " + probed;
        if (fault.lines() > 0) {
            String said = followed;
            assertTrue(fault.leads() ? said.replaceFirst(".*?: ", "").split(", ")[0].equals(fault.cause()) : said.contains(fault.cause()), "follow: " + all);
        }
        fault.findings().forEach(f -> assertTrue(findings.contains(f), "doctor does not find " + f + ": " + all));
        if (fault.findings().isEmpty()) {
            assertEquals(Set.of(), findings, "the set-up is in order: " + all);
        }
        if (!fault.trials().isEmpty()) {
            String said = probed;
            assertTrue(said.startsWith(fault.trials().getLast().verdict()), "probe: " + all);
        }
    }

    @Test
    void followNoticesThatTheHostIsSetUpOtherwise() throws Exception {
        host.heal(MailHost.Verifier.SASLDB);
        Fault.Trial trial = new Fault.Trial("alice@example.com", "Dulcinea23", false, List.of("-m", "PLAIN", "--ca-file=AUTHORITY"), "");
        try (LiveFollow follow = new LiveFollow(common(host.mta().log().toString(), host.authLog().toString()))) {
            probe(trial);
            Programs.await("the first diagnosis", () -> follow.failures().size() == 1);
            assertEquals("password-mismatch", follow.failures().getFirst().value("diagnosis.cause"));
            Files.delete(host.sasldb());
            long deleted = System.nanoTime();
            Programs.await("the next look at the files' times", () -> System.nanoTime() - deleted > Duration.ofMillis(3100).toNanos());
            probe(trial);
            Programs.await("the second diagnosis", () -> follow.failures().size() == 2);
            assertEquals("sasldb-missing", follow.failures().getLast().value("diagnosis.cause"));
            assertTrue(follow.err().contains("changed, and read again: " + host.sasldb()), follow.err());
        }
    }

    private static String tail(Path log, long from) {
        try {
            byte[] bytes = Files.readAllBytes(log);
            return new String(bytes, (int) from, bytes.length - (int) from, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> candidates(String json) {
        List<String> all = new ArrayList<>();
        int at = json.indexOf("\"diagnosis.candidates\":");
        Matcher m = CANDIDATE.matcher(json);
        while (at >= 0 && m.find()) {
            if (m.start() > at) {
                all.add(m.group(1));
            }
        }
        return all;
    }

    /** Its verdict in a few words, and what the log adds. */
    private static String probe(Fault.Trial trial) throws IOException {
        Runner r = runner();
        if (trial.password() != null) {
            r.env = Map.of("TERM", "xterm", Password.VARIABLE, trial.password());
        }
        List<String> args = new ArrayList<>(List.of("probe", "localhost:" + (trial.tls() ? host.mta().tlsPort() : host.mta().port()), "--user=" + trial.user(),
            "--log=" + host.mta().log(), "--log=" + host.authLog(), "-o", "jsonl"));
        if (trial.tls()) {
            args.add("--implicit-tls");
        }
        for (String a : trial.args()) {
            args.add(a.replace("AUTHORITY", host.authority().toString()));
        }
        args.addAll(List.of(common()));
        int code = r.run(args.toArray(String[]::new));
        String said = r.out();
        assertFalse(said.contains(MailHost.PASSWORD), "the password is shown");
        LiveFollow.Said one = new LiveFollow.Said(said, Instant.now());
        int expected = switch (one.value("probe.result")) {
            case "logged-in" -> Exit.DONE;
            case "refused" -> Exit.NO;
            case "no-connection" -> Exit.UNAVAILABLE;
            default -> -1;
        };
        assertEquals(expected, code, said + r.err());
        String cause = one.value("diagnosis.cause");
        return one.value("probe.result") + " at " + one.value("probe.stage") + ": " + one.value("event.reason").replace("\\u003d", "=")
            + (cause.isEmpty() ? "" : "; " + one.value("diagnosis.certainty") + ": " + cause);
    }

    private static void assertNoSecret(Path saved) throws IOException {
        try (Stream<Path> files = Files.walk(saved)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(text.contains(MailHost.PASSWORD) || text.contains("PRIVATE KEY-----\nM"), "a secret in " + file);
            }
        }
    }

    /** What is said of the last failure when the same lines are read afterwards, with a snapshot as evidence. */
    private static String analyzed(Path saved, long size, long authSize) throws IOException {
        Path mail = Files.writeString(folder.resolve("lines.log"), tail(host.mta().log(), size), StandardCharsets.ISO_8859_1);
        Path auth = Files.writeString(folder.resolve("auth-lines.log"), tail(host.authLog(), authSize), StandardCharsets.ISO_8859_1);
        Runner r = runner();
        r.run("analyze", "-o", "jsonl", "--timezone=UTC", "--host-root=" + saved, mail.toString(), auth.toString());
        LiveFollow.Said last = r.out().lines().map(l -> new LiveFollow.Said(l, Instant.now())).filter(LiveFollow.Said::failure).reduce((a, b) -> b).orElseThrow();
        return last.value("diagnosis.certainty") + ": " + String.join(", ", candidates(last.text()));
    }

    /** The faulty findings: their causes, or their names where they break no login by themselves. */
    private static Set<String> doctor(String... args) {
        Runner r = runner();
        int code = r.run(Stream.concat(Stream.of("doctor", "-o", "jsonl"), Stream.of(args)).toArray(String[]::new));
        Set<String> all = new TreeSet<>();
        Matcher m = FINDING.matcher(r.out());
        while (m.find()) {
            all.add(m.group(2) == null ? m.group(1) : m.group(2));
        }
        assertEquals(all.isEmpty() ? Exit.DONE : Exit.NO, code, r.out() + r.err());
        return new LinkedHashSet<>(all);
    }
}
