package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law of {@code redact}: {@code analyze} finds the same in its output as in its input. Held against the logs of the golden sessions and
 * the samples; {@code -Dlab=DIR} names a folder of more folders with logs.
 */
class RedactLawTest {
    private static final Pattern MEMBER = Pattern.compile("\"([@a-z._]+)\":(\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d+|\\[[^\\]]*\\])");
    private static final List<String> SAME = List.of("@timestamp", "event.action", "event.outcome", "event.category",
        "service.name", "process.pid", "sasl.direction", "diagnosis.cause", "diagnosis.certainty");
    private static final List<String> SWAPPED = List.of("user.name", "user.domain", "source.ip", "source.domain", "destination.ip", "host.name");

    /** What a log says before anything is redacted, found once for both laws. */
    private static final Map<Path, List<String>> KNOWN = new HashMap<>();
    private static final Map<Path, String> LEDGERS = new HashMap<>();

    @TempDir
    Path dir;

    static Stream<Path> logs() throws IOException {
        List<Path> logs = new ArrayList<>();
        String lab = System.getProperty("lab");
        for (Path root : lab == null ? List.of(Path.of("src/test/resources/sessions"), Path.of("sample-logs")) : List.of(Path.of(lab))) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(f -> Files.isRegularFile(f) && f.getFileName().toString().matches("(maillog|mail\\.log|auth\\.log|.*\\.log)(\\.\\d.*)?"))
                    .sorted().forEach(logs::add);
            }
        }
        return logs.stream();
    }

    @ParameterizedTest
    @MethodSource("logs")
    void secretsGoAndCausesStay(Path log) throws IOException {
        same(log, "redact");
    }

    @ParameterizedTest
    @MethodSource("logs")
    void namesChangeAndCausesStay(Path log) throws IOException {
        same(log, "redact", "--pseudonymize");
    }

    private void same(Path log, String... redact) throws IOException {
        Path given = dir.resolve("given.log");
        Runner run = new Runner();
        List<String> words = new ArrayList<>(List.of(redact));
        words.add(log.toString());
        assertEquals(0, run.run(words.toArray(String[]::new)), run.err());
        assertEquals("", run.err());
        Files.write(given, run.out.toByteArray());
        Files.setLastModifiedTime(given, Files.getLastModifiedTime(log));
        if (!log.toString().endsWith(".gz")) {
            assertEquals(lines(Files.readAllBytes(log)), lines(run.out.toByteArray()), "lines");
        }
        List<String> before = KNOWN.computeIfAbsent(log, RedactLawTest::analysed);
        List<String> after = analysed(given);
        Map<String, String> there = new HashMap<>();
        Map<String, String> back = new HashMap<>();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            Map<String, String> b = members(before.get(i));
            Map<String, String> a = members(after.get(i));
            for (String key : SAME) {
                assertEquals(b.get(key), a.get(key), key + " of\n" + before.get(i) + "\n" + after.get(i));
            }
            // What is no mechanism's name is a client's text, and may be anything.
            if (b.getOrDefault("sasl.mechanism", "").length() < 24) {
                assertEquals(b.get("sasl.mechanism"), a.get("sasl.mechanism"));
            }
            assertEquals(standings(before.get(i)), standings(after.get(i)), before.get(i) + "\n" + after.get(i));
            for (String key : SWAPPED) {
                assertEquals(b.containsKey(key), a.containsKey(key), key + " of\n" + before.get(i) + "\n" + after.get(i));
                if (b.containsKey(key)) {
                    assertEquals(a.get(key), there.computeIfAbsent(key + b.get(key), k -> a.get(key)), "one name, two others");
                    assertEquals(b.get(key), back.computeIfAbsent(key + a.get(key), k -> b.get(key)), "two names became one");
                }
            }
        }
        assertEquals(before.size(), after.size());
        assertEquals(LEDGERS.computeIfAbsent(log, RedactLawTest::ledger), ledger(given));
    }

    private static long lines(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1).lines().count();
    }

    private static List<String> analysed(Path log) {
        Runner run = new Runner();
        assertEquals(0, run.run("analyze", "-o", "jsonl", log.toString()), run.err());
        return run.out().lines().toList();
    }

    private static String ledger(Path log) {
        Runner run = new Runner();
        run.run("analyze", log.toString());
        List<String> counts = run.out().lines().filter(l -> l.contains(" read = ")).toList();
        assertTrue(!counts.isEmpty(), run.out());
        return counts.toString();
    }

    private static Map<String, String> members(String json) {
        Map<String, String> members = new HashMap<>();
        Matcher m = MEMBER.matcher(json);
        while (m.find()) {
            members.putIfAbsent(m.group(1), m.group(2));
        }
        return members;
    }

    private static String standings(String json) {
        Matcher m = Pattern.compile("\\{\"cause\":\"[^\"]*\",\"standing\":\"[^\"]*\"").matcher(json);
        StringBuilder all = new StringBuilder();
        while (m.find()) {
            all.append(m.group()).append('\n');
        }
        return all.toString();
    }
}
