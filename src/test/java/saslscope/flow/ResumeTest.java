package saslscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;
import saslscope.source.Position;
import saslscope.syslog.SyslogParser;

/**
 * A run that is stopped, or killed right after a commit, behind any line, and gone on with by another one must tell the same as one that only
 * found nothing to read there.
 */
class ResumeTest {
    @ParameterizedTest
    @ValueSource(strings = {"sample-logs", "src/test/resources/resume"})
    void wherever(String folder) throws Exception {
        try (Stream<Path> logs = Files.list(Path.of(folder))) {
            for (Path p : logs.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
                String log = Files.readString(p);
                for (int cut = log.indexOf('\n') + 1; cut < log.length(); cut = log.indexOf('\n', cut) + 1) {
                    String what = p + " cut after line " + log.substring(0, cut).lines().count();
                    check(log, log.substring(0, cut), 4, "stopped, " + what);
                    check(log, log.substring(0, cut), 1, "killed, " + what);
                }
            }
        }
    }

    @Test
    void storesInTimeEvenIfThereIsAlwaysMoreToRead() throws Exception {
        String log = "Nov 20 10:00:00 mail postfix/smtpd[5]: warning: unknown[192.0.2.1]: SASL PLAIN authentication failed: authentication failure\n".repeat(5_500);
        List<Long> stored = new ArrayList<>();
        Run[] run = new Run[1];
        run[0] = new Run(Resume.NONE, id -> false, new Sink() {
            @Override
            public void store(boolean last) {
                stored.add(run[0].flow.resume().ledger().read());
            }
        });
        run[0].add(new TextStream("log0", Run.MODIFIED, log));
        run[0].flow.run(() -> false, new Flow.Idle() {
            @Override
            public Flow.Due await() {
                return Flow.Due.NOTHING;
            }

            @Override
            public boolean storesMeanwhile() {
                return true;
            }
        });
        assertEquals(List.of(1000L, 2000L, 3000L, 4000L, 5000L, 5500L), stored);
    }

    /** A run, and what a store holds when it has ended. */
    private static final class Stored implements Sink {
        private final boolean killed;
        private final Run run = new Run(Resume.NONE, id -> false, this);
        Resume at;
        List<DiagnosedAttempt> attempts;
        List<Map<String, Object>> documents;
        Map<String, Incident> incidents;

        Stored(boolean killed) throws Exception {
            this.killed = killed;
        }

        @Override
        public void store(boolean last) {
            if (last && killed) {
                return;
            }
            at = run.flow.resume();
            attempts = List.copyOf(run.attempts);
            documents = List.copyOf(run.stored);
            incidents = Map.copyOf(run.incidents);
        }
    }

    /** @param waits how often nothing comes before the rest does; attempts wait for one time */
    private static Run paused(String log, String begin, int waits) throws Exception {
        Run run = new Run();
        TextStream s = new TextStream("log0", Run.MODIFIED, begin).open();
        run.add(s);
        int[] waited = {0};
        run.flow.run(() -> false, () -> {
            if (waited[0]++ == waits) {
                s.add(log.substring(begin.length()));
                s.end();
                return Flow.Due.NOTHING;
            }
            return Flow.Due.STORE;
        });
        return run;
    }

    private static void check(String log, String begin, int waits, String what) throws Exception {
        Run whole = paused(log, begin, waits);
        Stored first = new Stored(waits == 1);
        first.run.add(new TextStream("log0", Run.MODIFIED, begin).open());
        int[] waited = {0};
        first.run.flow.run(() -> waited[0] == waits, () -> {
            waited[0]++;
            return Flow.Due.STORE;
        });
        Resume at = first.at;
        Map<String, DiagnosedAttempt> stored = byId(first.attempts);

        Run second = new Run(at, stored::containsKey);
        second.flow.restore(List.copyOf(first.incidents.values()));
        first.documents.stream().sorted(Comparator.comparing((Map<String, Object> d) -> (Long) d.get("log.offset"))).forEach(d -> {
            if (d.containsKey("event.outcome")) {
                second.flow.remember(Fields.attempt(d));
            } else {
                Fields.event(d).ifPresent(second.flow::remember);
            }
        });
        TextStream rest = new TextStream("log0", Run.MODIFIED, log);
        Position from = at.from().isEmpty() ? null : at.from().getFirst();
        if (from != null) {
            rest.startAt(from);
        }
        second.flow.add(rest, new SyslogParser(ZoneOffset.UTC, OptionalInt.empty()), f -> List.of(),
            at.counted().isEmpty() ? null : at.counted().getFirst());
        second.flow.run(() -> false, () -> Flow.Due.NOTHING);

        Map<String, DiagnosedAttempt> both = new HashMap<>(stored);
        for (DiagnosedAttempt a : second.attempts) {
            assertEquals(null, both.put(a.attempt().id(), a), what + ": told twice");
        }
        assertEquals(new TreeSet<>(byId(whole.attempts).keySet()), new TreeSet<>(both.keySet()), what);
        assertEquals(whole.flow.ledger().read(), second.flow.ledger().read(), what);
        assertEquals(whole.flow.ledger().matched(), second.flow.ledger().matched(), what);
        assertEquals(whole.flow.ledger().irrelevant(), second.flow.ledger().irrelevant(), what);
        Map<String, Incident> all = new HashMap<>(first.incidents);
        all.putAll(second.incidents);
        assertEquals(told(whole.incidents), told(all), what);
    }

    private static Map<String, DiagnosedAttempt> byId(List<DiagnosedAttempt> attempts) {
        return attempts.stream().collect(Collectors.toMap(a -> a.attempt().id(), Function.identity()));
    }

    private static String told(Map<String, Incident> incidents) {
        return new TreeMap<>(incidents).values().stream().map(i -> i.id() + " " + i.kind() + " " + i.state() + " " + i.title() + ": " + i.attempts()
            + " " + i.failures() + " " + i.successes() + " " + i.users() + " " + i.clients() + " " + i.ended())
            // Line numbers are not stored.
            .map(i -> i.replaceAll("\\(log0:\\d+\\)", "(log0)")).collect(Collectors.joining("\n"));
    }
}
