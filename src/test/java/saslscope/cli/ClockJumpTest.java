package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are set: that of the logs, and that of this host. */
class ClockJumpTest {
    private static final int PART = 30;
    private static final Pattern ID = Pattern.compile("\"event\\.id\":\"([0-9a-f]+)\"");

    @TempDir
    private Path folder;
    private final Runner runner = new Runner();
    private int logins;

    /** Failed logins of users of their own, one every ten seconds. */
    private void log(Instant from, int count) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int n = ++logins;
            String head = from.plusSeconds(10L * i).toString().replace("Z", ".000000+00:00") + " mail postfix/submission/smtpd[" + (100 + n) + "]: ";
            lines.append(head).append("connect from unknown[192.0.2.").append(n).append("]\n").append(head).append("warning: unknown[192.0.2.").append(n)
                .append("]: SASL PLAIN authentication failed: authentication failure, sasl_username=u").append(n).append('\n').append(head)
                .append("disconnect from unknown[192.0.2.").append(n).append("] ehlo=1 auth=0/1 quit=1 commands=2/3\n");
        }
        Files.writeString(folder.resolve("maillog"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String follow(String... more) {
        String[] command = new String[5 + more.length];
        List.of("follow", "--to-end", "-o", "jsonl", "--index=" + folder.resolve("index")).toArray(command);
        System.arraycopy(more, 0, command, 5, more.length);
        command[command.length - 1] = folder.resolve("maillog").toString();
        assertEquals(Exit.DONE, runner.run(command), runner.err());
        return runner.out();
    }

    private static Set<String> ids(String out) {
        Set<String> ids = new HashSet<>();
        Matcher m = ID.matcher(out);
        while (m.find()) {
            assertTrue(ids.add(m.group(1)), "told twice");
        }
        return ids;
    }

    private int stored() {
        runner.run("search", "--index=" + folder.resolve("index"), "--count", "outcome:failure");
        return Integer.parseInt(runner.out().strip());
    }

    /** Failures of all incidents together. */
    private long incidents(String index) {
        runner.run("incidents", "--index=" + folder.resolve(index), "-o", "jsonl");
        return runner.out().lines().mapToLong(l -> Long.parseLong(l.replaceAll(".*\"failures\":([0-9]+).*", "$1"))).sum();
    }

    /** Hours; some days, a year, ten years. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 24, -24 * 365, 24 * 3650})
    void stampsThatJumpAndComeBackLoseNothingAndIncidentsGoOnAsBefore(long hours) throws IOException {
        Instant start = Runner.NOW.minus(Duration.ofHours(4));
        Instant after = start.plusSeconds(20L * PART);
        log(start, PART);
        Set<String> told = ids(follow("--from-start", "--keep=90d", ""));
        log(start.plusSeconds(10L * PART).plus(Duration.ofHours(hours)), PART);
        told.addAll(ids(follow("--keep=90d", "")));
        log(after, PART);
        told.addAll(ids(follow("--keep=90d", "")));
        // By log time nothing is heard of those before for 40 minutes.
        log(after.plus(Duration.ofMinutes(45)), 1);
        told.addAll(ids(follow("--keep=90d", "")));
        assertEquals(3 * PART + 1, told.size());
        runner.run("analyze", "-o", "jsonl", folder.resolve("maillog").toString());
        assertEquals(told, ids(runner.out()));
        int old = hours < -24 * 90 ? PART : 0;
        assertEquals(3 * PART + 1 - old, stored(), "what is within 90 days of this host's clock stays");
        assertEquals(3 * PART + 1 - old, incidents("index"), runner.out());
        // The same in one run.
        runner.run("follow", "--from-start", "--to-end", "-q", "--index=" + folder.resolve("whole"), folder.resolve("maillog").toString());
        assertEquals(3 * PART + 1, incidents("whole"), runner.out());
        String third = runner.out().lines().filter(l -> l.contains("\"u" + (2 * PART + 1) + "\"")).findFirst().orElseThrow();
        assertFalse(third.contains("\"state\":\"open\""), "an incident without news for 40 minutes is not open any more: " + third);
    }

    @Test
    void thisHostsClockMayGoBackAndForthWhileItFollows() throws IOException {
        Instant start = Runner.NOW.minus(Duration.ofHours(4));
        // The one that is too old shows when the first look at what is old was.
        log(Runner.NOW.minus(Duration.ofDays(100)), 1);
        log(start, PART);
        follow("--from-start", "");
        int[] calls = {0};
        runner.requests = new Requests() {
            @Override
            boolean takeCounts() {
                if (!runner.err().contains("--keep: ")) {
                    return false;
                }
                runner.now = Runner.NOW.plus(Duration.ofDays(List.of(0, 3650, 1, -3650, 3650, -1).get(calls[0] % 6)));
                try {
                    if (calls[0]++ < 12) {
                        log(start.plusSeconds(10L * logins), 5);
                    } else if (calls[0] % 6 == 2) {
                        // The last look at what is old falls on a wrong clock.
                        runner.stop.ask(143);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return false;
            }
        };
        assertEquals(143, runner.run("follow", "--keep=90d", "-o", "jsonl", "--index=" + folder.resolve("index"), folder.resolve("maillog").toString()), runner.err());
        runner.requests = new Requests();
        runner.stop = new Stop();
        runner.now = Runner.NOW;
        ids(runner.out());
        follow("--keep=90d", "");
        assertEquals(logins - 1, stored(), runner.err());
    }
}
