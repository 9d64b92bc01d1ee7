package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.index.LuceneStore;
import saslscope.index.Order;
import saslscope.index.QueryText;
import saslscope.index.Search;
import saslscope.index.StoredEvents;

/**
 * Kills a real {@code follow} (SIGKILL) at random moments while its log is written and rotated, starts it again each time,
 * and then compares the index with what was written: every login once, and the counts of lines.
 *
 * <p>{@code mvn test -Dtest=KillTest -Dkills=300 -Dkill.seed=7} kills more often.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("kills", 5);
    private static final long SEED = Long.getLong("kill.seed", 20261123L);
    /** Longest time in milliseconds that a process lives once it follows; a few are killed earlier. */
    private static final int LONGEST = 1_500;

    @TempDir
    Path folder;
    private final Random random = new Random(SEED);
    private final Map<String, String> truth = new TreeMap<>();
    private final List<String> begun = new ArrayList<>();
    private long written;
    private int second;

    @Test
    void everyLoginIsStoredOnceWhereverItIsKilled() throws Exception {
        Path log = Files.createFile(folder.resolve("maillog"));
        Files.createFile(err());
        Path index = folder.resolve("index");
        // The first run takes the log from its start; without a position it would begin at the end.
        run(index, log, "--from-start", "--to-end").waitFor();
        for (int kill = 0; kill < KILLS; kill++) {
            Process follow = run(index, log);
            long until = Long.MAX_VALUE;
            while (System.nanoTime() < until) {
                if (until == Long.MAX_VALUE && Files.readString(err()).contains("following")) {
                    until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST));
                } else if (until == Long.MAX_VALUE && random.nextInt(400) == 0) {
                    until = System.nanoTime();
                }
                write(log, 1 + random.nextInt(40));
                if (random.nextInt(60) == 0) {
                    rotate(log);
                }
                follow.waitFor(1 + random.nextInt(60), TimeUnit.MILLISECONDS);
            }
            follow.destroyForcibly().waitFor();
        }
        finish(log);
        assertEquals(0, run(index, log, "--to-end").waitFor());
        Map<String, String> stored = new TreeMap<>();
        try (StoredEvents events = LuceneStore.read(index)) {
            for (Map<String, Object> attempt : events.search(Search.of(QueryText.ALL).among("attempt").by(Order.OLDEST), 1 << 22)) {
                stored.merge(String.valueOf(attempt.get("user.name")), String.valueOf(attempt.get("event.outcome")), (a, b) -> a + " and " + b);
            }
        }
        Map<String, String> missing = new TreeMap<>(truth);
        stored.forEach(missing::remove);
        Map<String, String> wrong = new TreeMap<>(stored);
        truth.forEach(wrong::remove);
        assertEquals("0 lost {}, 0 wrong {}", missing.size() + " lost " + missing + ", " + wrong.size() + " wrong " + wrong, "seed " + SEED);
        Runner runner = new Runner();
        runner.requests.counts();
        runner.run("follow", "--to-end", "--index=" + index, log.toString());
        System.err.println("KillTest: " + KILLS + " kills, seed " + SEED + ", " + written + " lines, " + truth.size() + " logins; " + runner.err().lines()
            .filter(l -> l.contains("lines: ")).findFirst().orElse("no counts"));
        assertEquals(written, Long.parseLong(runner.err().replaceAll("(?s).*lines: ([\\d,]+) read.*", "$1").replace(",", "")), runner.err());
    }

    private Path err() {
        return folder.resolve("err");
    }

    private Process run(Path index, Path log, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-Duser.timezone=UTC",
            "-Djava.util.logging.config.file=/dev/null", "-Dsaslscope.home=" + Path.of("").toAbsolutePath(), "-cp",
            System.getProperty("java.class.path"), "saslscope.cli.Main", "follow", "--host-root=none", "--index=" + index));
        command.addAll(List.of(more));
        command.add(log.toString());
        return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(err().toFile()).start();
    }

    /** Some lines: sessions that begin, fail or succeed and end, in between each other, and chatter. */
    private void write(Path log, int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            String stamp = String.format("2026-11-20T%02d:%02d:%02d.%06d+00:00 mail ", 1 + second / 3600, second / 60 % 60, second % 60, i);
            int choice = random.nextInt(4);
            if (choice == 0 || begun.isEmpty()) {
                String user = "u" + (truth.size() + begun.size()) + "x" + random.nextInt(1 << 20);
                begun.add(user);
                text.append(stamp).append("postfix/submission/smtpd[").append(pid(user)).append("]: connect from unknown[192.0.2.1]\n");
            } else if (choice == 1) {
                text.append(stamp).append("postfix/qmgr[9]: 4F1A2B3C4D: removed\n");
            } else {
                String user = begun.remove(random.nextInt(begun.size()));
                end(text, stamp, user);
            }
        }
        second++;
        written += text.chars().filter(c -> c == '\n').count();
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    private void end(StringBuilder text, String stamp, String user) {
        String process = stamp + "postfix/submission/smtpd[" + pid(user) + "]: ";
        boolean failure = random.nextBoolean();
        truth.put(user, failure ? "failure" : "success");
        if (failure) {
            text.append(process).append("warning: unknown[192.0.2.1]: SASL LOGIN authentication failed: authentication failure, sasl_username=").append(user).append('\n')
                .append(process).append("disconnect from unknown[192.0.2.1] ehlo=1 auth=0/1 quit=1 commands=2/3\n");
        } else {
            text.append(process).append("4F1A2B3C4D: client=unknown[192.0.2.1], sasl_method=LOGIN, sasl_username=").append(user).append('\n')
                .append(process).append("disconnect from unknown[192.0.2.1] ehlo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6\n");
        }
    }

    private void finish(Path log) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String user : begun) {
            end(text, "2026-11-20T23:59:59.000000+00:00 mail ", user);
        }
        begun.clear();
        written += text.chars().filter(c -> c == '\n').count();
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    /** A process id of its own for each session: the number in the name. */
    private static int pid(String user) {
        return 100_000 + Integer.parseInt(user.substring(1, user.indexOf('x')));
    }

    /** As logrotate does with delaycompress: the live file is renamed, the one before it is compressed. */
    private static void rotate(Path log) throws IOException {
        Path folder = log.getParent();
        for (int n = 60; n >= 2; n--) {
            Path from = folder.resolve("maillog." + n + ".gz");
            if (Files.exists(from)) {
                Files.move(from, folder.resolve("maillog." + (n + 1) + ".gz"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path one = folder.resolve("maillog.1");
        if (Files.exists(one)) {
            Path packed = folder.resolve("maillog.2.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
                out.write(Files.readAllBytes(one));
            }
            Files.delete(one);
        }
        Files.move(log, one);
        Files.write(log, "".getBytes(StandardCharsets.UTF_8));
    }
}
