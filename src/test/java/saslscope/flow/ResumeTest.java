package saslscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;
import saslscope.source.Position;
import saslscope.syslog.SyslogParser;

/** A run that is cut off after any line and gone on with by another one must tell the same as a run without a cut. */
class ResumeTest {
    @ParameterizedTest
    @ValueSource(strings = {"02-saslauthd-down.log", "03-wrong-realm.log", "04-guessing-attack.log"})
    void wherever(String name) throws Exception {
        String log = Files.readString(Path.of("sample-logs", name));
        Run whole = Run.of(log);
        List<String> lines = log.lines().toList();
        for (int cut = 1; cut < lines.size(); cut += 3) {
            check(whole, log, lines.subList(0, cut).stream().collect(Collectors.joining("\n", "", "\n")), name + " cut after line " + cut);
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

    private static void check(Run whole, String log, String begin, String what) throws Exception {
        Run first = new Run();
        TextStream s = new TextStream("log0", Run.MODIFIED, begin).open();
        first.add(s);
        int[] waits = {0};
        first.flow.run(() -> waits[0] > 3, () -> waits[0]++ > 0 ? Flow.Due.STORE : Flow.Due.NOTHING);
        Resume at = first.flow.resume();
        Map<String, DiagnosedAttempt> stored = byId(first.attempts);

        Run second = new Run(at, stored::containsKey);
        second.flow.restore(List.copyOf(first.incidents.values()));
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
        assertEquals(sum(whole.incidents, Incident::attempts), sum(all, Incident::attempts), what);
        assertEquals(sum(whole.incidents, Incident::successes), sum(all, Incident::successes), what);
    }

    private static Map<String, DiagnosedAttempt> byId(List<DiagnosedAttempt> attempts) {
        return attempts.stream().collect(Collectors.toMap(a -> a.attempt().id(), Function.identity()));
    }

    private static long sum(Map<String, Incident> incidents, java.util.function.ToLongFunction<Incident> of) {
        return incidents.values().stream().mapToLong(of).sum();
    }
}
