package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.Fuzz;
import saslscope.definition.DefinitionException;
import saslscope.syslog.SyslogRecord;

/** Messages and definitions that nobody wrote. */
class PatternFuzzTest {
    private static final Path FOLDER = Path.of("src/test/resources/saslscope/pattern");

    @TempDir
    private Path folder;

    private static List<Path> definitions() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("patterns"))) {
            return files.filter(f -> f.toString().endsWith(".grok")).sorted().toList();
        }
    }

    @Test
    void noMessageIsTooStrange() throws IOException, DefinitionException {
        PatternSet patterns = Patterns.builtIn();
        List<String> samples = new ArrayList<>();
        for (Path file : definitions()) {
            Files.readAllLines(file).stream().filter(l -> l.matches(" +(sample|not) .*")).forEach(l -> samples.add(l.strip().replaceFirst("\\S+ +", "")));
        }
        assertTrue(samples.size() > 100);
        List<String> tags = List.of("postfix/smtpd", "postfix/submission/smtpd", "postfix", "smtpd", "saslauthd", "dovecot", "auth", "postfix/smtp", "postfix/master", "x", "");
        Fuzz.run(6_000, random -> {
            byte[] message = Fuzz.mutated(random, samples.get(random.nextInt(samples.size())).getBytes(StandardCharsets.UTF_8));
            SyslogRecord record = Patterns.record(tags.get(random.nextInt(tags.size())), message);
            Recognition r = patterns.recognise(record);
            if (r instanceof Match m) {
                assertTrue(m.text() != null && !m.fields().containsValue(null), m.toString());
            }
            patterns.connects(record);
            patterns.disconnects(record);
        });
        long stopped = patterns.stopped().values().stream().mapToLong(n -> n).sum();
        assertTrue(stopped < 2_000, "built-in patterns take too long: " + patterns.stopped());
    }

    @Test
    void aSecretIsMaskedWhateverStandsAroundIt() throws IOException {
        List<String> passwords = Files.readAllLines(FOLDER.resolve("secrets.txt"));
        List<String> lines = Files.readAllLines(FOLDER.resolve("secrets.log"));
        Fuzz.run(3_000, random -> {
            String line = noise(random) + " " + lines.get(random.nextInt(lines.size())) + (random.nextBoolean() ? " " + noise(random) : "");
            String safe = Redactor.redact(line);
            assertFalse(RedactorTest.holds(safe, passwords), () -> line + "\n" + safe);
        });
    }

    private static String noise(Random random) {
        return Fuzz.mutated(random, "Nov 20 10:00:00 mail postfix/smtpd[4711]: warning: unknown[192.0.2.7]: x").replace("\n", " ")
            // What marks the hash of a password is none of the noise.
            .replace("$6$", "");
    }

    @Test
    void definitionsLoadOrAreRefusedInPlainWords() throws IOException {
        List<String> blocks = new ArrayList<>();
        for (Path file : definitions()) {
            blocks.addAll(List.of(Files.readString(file).split("\n(?=[A-Z])")));
        }
        Fuzz.run(400, random -> {
            StringBuilder text = new StringBuilder();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                text.append(blocks.get(random.nextInt(blocks.size()))).append('\n');
            }
            Files.write(folder.resolve("mine.grok"), Fuzz.mutated(random, text.toString().getBytes(StandardCharsets.UTF_8)));
            try {
                PatternSet.load(List.of(folder)).check();
            } catch (DefinitionException e) {
                assertFalse(e.problems().isEmpty());
                assertFalse(e.problems().getFirst().toString().isBlank());
            }
        });
    }
}
