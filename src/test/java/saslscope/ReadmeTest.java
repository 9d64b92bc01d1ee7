package saslscope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * README.md and patterns/README.md are true. Each {@code bin/saslscope} command in a {@code sh} block is run and must end with 0; in a
 * {@code console} block the lines below a command must come out of it, in that order ({@code ...} stands for any lines).
 * A comment before a block changes that: {@code <!-- exit 1 -->}, or {@code <!-- not run: why -->}. A block behind
 * {@code <!-- file: PATH -->} is written to that file, behind {@code <!-- more: PATH -->} it is added; {@code /tmp/try} stands for a folder of this test.
 * The commands run in order and share one index. They run these classes with all that depends on the machine pinned, not the launcher, which would build.
 */
class ReadmeTest {
    private static List<Block> blocks;

    @TempDir
    static Path dir;

    @BeforeAll
    static void read() throws IOException {
        blocks = Block.in(Files.readAllLines(Path.of("README.md")));
    }

    @TestFactory
    Stream<DynamicTest> commandsDoWhatTheReadmeSays() throws IOException {
        Path program = Files.writeString(dir.resolve("saslscope"), "#!/bin/sh\nexec \"" + System.getProperty("java.home")
            + "/bin/java\" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
            + " -Djava.util.logging.config.file=/dev/null -cp \""
            + System.getProperty("java.class.path") + "\" saslscope.cli.Pinned \"$@\"\n");
        assertTrue(program.toFile().setExecutable(true));
        return Stream.concat(blocks.stream(), Block.in(Files.readAllLines(Path.of("patterns/README.md"))).stream())
            .filter(b -> !b.skipped()).flatMap(b -> b.steps().stream())
            .map(s -> DynamicTest.dynamicTest(s.command(), () -> check(s, program)));
    }

    /** The files of a walk-through live in a folder of this test. */
    private static String here(String text) {
        return text.replace("/tmp/try", dir.resolve("try").toString());
    }

    private static void write(Step step) throws IOException {
        Path file = Path.of(here(step.command().replaceAll(".*(?:file|more): (\\S+) .*", "$1")));
        Files.createDirectories(file.getParent());
        Files.write(file, step.output(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void theReadmeShowsSomethingToRun() {
        assertTrue(blocks.stream().filter(b -> !b.skipped()).mapToInt(b -> b.steps().size()).sum() > 5);
        assertTrue(blocks.stream().flatMap(b -> b.steps().stream()).anyMatch(s -> !s.output().isEmpty()));
    }

    @Test
    void continuousIntegrationRunsTheTwoCommandsOfTheReadme() throws IOException {
        List<String> ci = Files.readAllLines(Path.of(".ci/run")).stream().map(String::strip).toList();
        for (int i = 0; i < 2; i++) {
            List<String> lines = blocks.get(i).lines();
            assertEquals(1, lines.size(), "the first two blocks of the README are one command each");
            String command = lines.getFirst();
            assertTrue(ci.stream().anyMatch(l -> l.equals(command) || l.startsWith(command + " ")),
                ".ci/run does not run: " + command);
        }
    }

    private static void check(Step step, Path program) throws IOException, InterruptedException {
        if (step.command().startsWith("<!--")) {
            write(step);
            return;
        }
        Path err = dir.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c",
            here(step.command()).replace("bin/saslscope", program.toString()))
            .redirectError(err.toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("STATE_DIRECTORY", dir.resolve("index").toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        String said = Files.readString(err);
        assertEquals(step.exit(), code, () -> step.command() + "\n" + said + out);
        assertFalse(said.contains("Exception"), said);
        int from = 0;
        List<String> lines = (said + out).lines().map(String::stripTrailing).toList();
        for (String shown : step.output()) {
            String expected = here(shown);
            int at = lines.subList(from, lines.size()).indexOf(expected);
            assertTrue(at >= 0, () -> "not in the output of " + step.command() + " (at its place):\n" + expected
                + "\n--- output:\n" + said + out);
            from += at + 1;
        }
    }

    /** A command, its exit code, and the lines shown below it. */
    private record Step(String command, int exit, List<String> output) {
    }

    /**
     * A fenced block.
     *
     * @param comment the HTML comment on the line before, or an empty string
     */
    private record Block(String language, String comment, List<String> lines) {
        static List<Block> in(List<String> readme) {
            List<Block> all = new ArrayList<>();
            for (int i = 0; i < readme.size(); i++) {
                String line = readme.get(i);
                boolean file = i > 0 && readme.get(i - 1).matches("<!-- (?:file|more): .*");
                if (line.startsWith("```") && (line.length() > 3 || file)) {
                    int end = i + 1;
                    while (!readme.get(end).equals("```")) {
                        end++;
                    }
                    String before = i == 0 ? "" : readme.get(i - 1);
                    all.add(new Block(line.substring(3), before.startsWith("<!--") ? before : "", readme.subList(i + 1, end)));
                    i = end;
                }
            }
            return all;
        }

        boolean skipped() {
            return comment.contains("not run:");
        }

        List<Step> steps() {
            int exit = comment.contains("exit ") ? Integer.parseInt(comment.replaceAll(".*exit (\\d+).*", "$1")) : 0;
            List<Step> steps = new ArrayList<>();
            if (comment.matches("<!-- (?:file|more): .*")) {
                return List.of(new Step(comment, exit, lines));
            }
            for (String line : lines) {
                if (language.equals("sh") && line.contains("bin/saslscope")) {
                    steps.add(new Step(line.replaceAll("\\s+# .*", ""), exit, List.of()));
                } else if (language.equals("console") && line.startsWith("$ ")) {
                    steps.add(new Step(line.substring(2), exit, new ArrayList<>()));
                } else if (language.equals("console") && !line.equals("...") && !line.isBlank()) {
                    steps.getLast().output().add(line.stripTrailing());
                }
            }
            return steps;
        }
    }
}
