package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * and then compares the index with what was written, and with a single run over the same files: every login once, incidents
 * and the counts of lines as if it had never been killed.
 *
 * <p>{@code mvn test -Dtest=KillTest -Dkills=300 -Dkill.seed=7} kills more often. {@code -Dkill.log=FILE} writes the lines of
 * that log; beside it stands {@code FILE.json}, which tells how often each user failed ({@code failures.by_user}) and
 * succeeded.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("kills", 5);
    private static final long SEED = Long.getLong("kill.seed", 20261123L);
    /** Longest time in milliseconds that a process lives once it follows; a few are killed earlier. */
    private static final int LONGEST = 1_500;

    /** Who sends mail at a time: nobody is to be idle for so long that the session counts as lost. */
    private static final int MAILING = 20;

    private static final String GIVEN = System.getProperty("kill.log");

    @TempDir
    Path folder;
    private final Random random = new Random(SEED);
    private final Map<String, Long> truth = new TreeMap<>();
    private final List<String> begun = new ArrayList<>();
    /** Logged in, and still sending mail. */
    private final List<String> mailing = new ArrayList<>();
    private long written;
    private int rotations;
    private int second;
    /** Where lines come from; null if they are made up. */
    private BufferedReader given;

    @Test
    void everyLoginIsStoredOnceWhereverItIsKilled() throws Exception {
        Path log = Files.createFile(Files.createDirectory(folder.resolve("logs")).resolve("maillog"));
        Files.createFile(err());
        Path index = folder.resolve("index");
        if (GIVEN != null) {
            given = Files.newBufferedReader(Path.of(GIVEN));
            count(Files.readString(Path.of(GIVEN + ".json")));
        }
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
        compare(index, log);
    }

    private void compare(Path index, Path log) throws IOException {
        Path clean = folder.resolve("clean");
        Runner runner = new Runner();
        assertEquals(0, runner.run("analyze", "-v", "--store", "--index=" + clean, log.getParent().toString()), runner.err());
        String wanted = counts(runner);
        Map<String, String> stored = new TreeMap<>();
        Map<String, Long> logins = new TreeMap<>();
        each(index, "attempt", a -> {
            String login = a.get("user.name") + " " + a.get("event.outcome");
            stored.put(String.valueOf(a.get("event.id")), login);
            logins.merge(login, 1L, Long::sum);
        });
        if (GIVEN != null) {
            // The users that no line names are counted under words that differ.
            List.of("null", "(unavailable)", "(not logged)").forEach(u -> {
                logins.remove(u + " failure");
                truth.remove(u + " failure");
            });
        }
        Map<String, Long> missing = new TreeMap<>(truth);
        logins.forEach((l, n) -> missing.merge(l, -n, Long::sum));
        missing.values().removeIf(n -> n == 0);
        assertEquals(Map.of(), missing, "positive: lost, negative: doubled; seed " + SEED);
        // The same as in one run without kills: ids, incidents, counts of lines.
        each(clean, "attempt", a -> assertEquals(a.get("user.name") + " " + a.get("event.outcome"), stored.remove(String.valueOf(a.get("event.id"))), "seed " + SEED));
        assertEquals(Map.of(), stored, "seed " + SEED);
        Map<String, String> incidents = incidents(clean);
        assertEquals(incidents, incidents(index), "seed " + SEED);
        runner.requests.counts();
        assertEquals(0, runner.run("follow", "-q", "--to-end", "--index=" + index, log.toString()), runner.err());
        System.err.println("KillTest: " + KILLS + " kills, seed " + SEED + ", " + rotations + " rotations, " + written + " lines, " + stored(truth) + " logins, "
            + incidents.size() + " incidents; " + counts(runner));
        assertEquals(wanted, counts(runner), "seed " + SEED);
        assertEquals(written, Long.parseLong(wanted.replaceAll("(?s).*lines: ([\\d,]+) read.*", "$1").replace(",", "")));
    }

    /** Takes what is true of the given log. */
    private void count(String json) {
        for (String outcome : List.of("failure", "success")) {
            String all = json.substring(json.indexOf(outcome.equals("failure") ? "\n \"failures\"" : "\n \"successes\""));
            String users = all.substring(all.indexOf("\"by_user\""));
            Matcher one = Pattern.compile("\"([^\"]+)\": (\\d+)").matcher(users.substring(0, users.indexOf('}')));
            while (one.find()) {
                truth.put(one.group(1) + " " + outcome, Long.valueOf(one.group(2)));
            }
        }
    }

    private static long stored(Map<String, Long> logins) {
        return logins.values().stream().mapToLong(n -> n).sum();
    }

    private static Map<String, String> incidents(Path index) {
        Map<String, String> all = new TreeMap<>();
        each(index, "incident", i -> all.put(String.valueOf(i.get("incident_id")), i.get("title") + ": " + i.get("state") + ", " + i.get("attempts")
            + " attempts, " + i.get("failures") + " failures, " + i.get("successes") + " successes, " + i.get("client_ip_count") + " clients, " + i.get("ended")));
        return all;
    }

    private static String counts(Runner runner) {
        return runner.err().lines().filter(l -> l.contains("lines: ")).findFirst().orElse("no counts");
    }

    private static void each(Path index, String type, Consumer<Map<String, Object>> taker) {
        try (StoredEvents events = LuceneStore.read(index)) {
            events.each(Search.of(QueryText.ALL).among(type).by(Order.OLDEST), d -> {
                taker.accept(d);
                return true;
            });
        }
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

    /** The next lines of the given log, or some: sessions that begin, fail or succeed and end, in between each other, and chatter. */
    private void write(Path log, int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        if (given != null) {
            for (String line = null; lines > 0 && (line = given.readLine()) != null; lines--) {
                text.append(line).append('\n');
            }
            append(log, text);
            return;
        }
        for (int i = 0; i < lines; i++) {
            String stamp = stamp(i);
            int choice = random.nextInt(5);
            if (choice == 0 || begun.isEmpty()) {
                String user = "u" + (truth.size() + begun.size()) + "x" + random.nextInt(1 << 20);
                begun.add(user);
                text.append(stamp).append("postfix/submission/smtpd[").append(pid(user)).append("]: connect from unknown[").append(client(user)).append("]\n");
            } else if (choice == 1 && !mailing.isEmpty() && random.nextBoolean()) {
                mail(text, stamp, mailing.get(random.nextInt(mailing.size())));
            } else if (choice == 1 && !mailing.isEmpty()) {
                quit(text, stamp, mailing.remove(random.nextInt(mailing.size())));
            } else if (choice <= 2) {
                text.append(stamp).append("postfix/qmgr[9]: 4F1A2B3C4D: removed\n");
            } else {
                String user = begun.remove(random.nextInt(begun.size()));
                end(text, stamp, user);
            }
        }
        second++;
        append(log, text);
    }

    private void end(StringBuilder text, String stamp, String user) {
        String process = stamp + "postfix/submission/smtpd[" + pid(user) + "]: ";
        boolean failure = random.nextBoolean();
        truth.put(user + (failure ? " failure" : " success"), 1L);
        if (failure) {
            if (random.nextInt(4) == 0) {
                text.append(process).append("warning: SASL authentication failure: cannot connect to saslauthd server: Connection refused\n");
            }
            text.append(process).append("warning: unknown[").append(client(user)).append("]: SASL LOGIN authentication failed: authentication failure, sasl_username=")
                .append(user).append('\n').append(process).append("disconnect from unknown[").append(client(user)).append("] ehlo=1 auth=0/1 quit=1 commands=2/3\n");
        } else {
            mail(text, stamp, user);
            mailing.add(user);
            if (mailing.size() > MAILING) {
                quit(text, stamp, mailing.removeFirst());
            }
        }
    }

    private String stamp(int micros) {
        return String.format("2026-11-20T%02d:%02d:%02d.%06d+00:00 mail ", 1 + second / 3600, second / 60 % 60, second % 60, micros);
    }

    private static void mail(StringBuilder text, String stamp, String user) {
        text.append(stamp).append("postfix/submission/smtpd[").append(pid(user)).append("]: 4F1A2B3C4D: client=unknown[").append(client(user))
            .append("], sasl_method=LOGIN, sasl_username=").append(user).append('\n');
    }

    private static void quit(StringBuilder text, String stamp, String user) {
        text.append(stamp).append("postfix/submission/smtpd[").append(pid(user)).append("]: disconnect from unknown[").append(client(user))
            .append("] ehlo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6\n");
    }

    private void finish(Path log) throws IOException {
        if (given != null) {
            for (long before = -1; before < written;) {
                before = written;
                write(log, 1_000);
            }
            return;
        }
        StringBuilder text = new StringBuilder();
        begun.forEach(user -> end(text, stamp(0), user));
        begun.clear();
        mailing.forEach(user -> quit(text, stamp(0), user));
        mailing.clear();
        append(log, text);
    }

    private void append(Path log, CharSequence text) throws IOException {
        written += text.chars().filter(c -> c == '\n').count();
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    private static String client(String user) {
        int n = pid(user) % 100;
        return "192.0.2." + (n < 50 ? 1 : n);
    }

    /** A process id of its own for each session: the number in the name. */
    private static int pid(String user) {
        return 100_000 + Integer.parseInt(user.substring(1, user.indexOf('x')));
    }

    /** As logrotate does with delaycompress: the live file is renamed, the one before it is compressed. None is deleted. */
    private void rotate(Path log) throws IOException {
        Path folder = log.getParent();
        for (int n = rotations; n >= 2; n--) {
            Path from = folder.resolve("maillog." + n + ".gz");
            if (Files.exists(from)) {
                Files.move(from, folder.resolve("maillog." + (n + 1) + ".gz"));
            }
        }
        rotations++;
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
