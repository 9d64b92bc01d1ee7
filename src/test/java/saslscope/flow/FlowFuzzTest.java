package saslscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import saslscope.Fuzz;
import saslscope.incident.DiagnosedAttempt;

/** Damaged, mixed and doubled log lines through all stages: header, patterns, joining, diagnosis, incidents. */
class FlowFuzzTest {
    private final List<List<String>> logs = new ArrayList<>();

    FlowFuzzTest() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("sample-logs"))) {
            for (Path f : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
                logs.add(Files.readAllLines(f));
            }
        }
        logs.add(Files.readAllLines(Path.of("src/test/resources/saslscope/pattern/secrets.log")));
    }

    @Test
    void whateverTheLogHoldsEveryLineIsAccountedForAndEveryAttemptIsOneOfItsOwn() {
        Fuzz.run(150, random -> {
            String log = log(random);
            Run run = Run.of(log);
            Ledger l = run.flow.ledger();
            assertEquals(l.read(), l.matched() + l.irrelevant() + l.unrecognised() + l.unreadable(), l.toString());
            assertTrue(l.matched() >= 0 && l.irrelevant() >= 0 && l.unrecognised() >= 0 && l.unreadable() >= 0, l.toString());
            assertEquals(run.unknown.size(), l.unrecognised());
            Set<String> ids = new HashSet<>();
            for (DiagnosedAttempt a : run.attempts) {
                assertTrue(ids.add(a.attempt().id()), "twice: " + a.attempt().id());
                assertTrue(Fields.of(a).containsKey("event.id"));
            }
            run.incidents.values().forEach(i -> assertEquals(i, IncidentFields.parse(IncidentFields.of(i))));
        });
    }

    private String log(Random random) {
        StringBuilder log = new StringBuilder();
        for (int n = 1 + random.nextInt(60); n > 0; n--) {
            List<String> from = logs.get(random.nextInt(logs.size()));
            int at = random.nextInt(from.size());
            for (int k = 1 + random.nextInt(6); k > 0 && at < from.size(); k--) {
                String line = from.get(at++);
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                log.append(random.nextInt(3) > 0 ? line : new String(Fuzz.mutated(random, bytes), StandardCharsets.UTF_8)).append('\n');
            }
        }
        return log.toString();
    }
}
