package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CliTest {
    @Test
    void aClosedPipeEndsQuietly() {
        Runner runner = new Runner();
        runner.to = failing("Broken pipe");
        assertEquals(Exit.DONE, runner.run("--help"));
        assertEquals("", runner.err());
    }

    @Test
    void aFullDiskBehindStandardOutputIsTold() {
        Runner runner = new Runner();
        runner.to = failing("No space left on device");
        assertEquals(Exit.USAGE, runner.run("--help"));
        assertEquals("saslscope: cannot write to standard output: No space left on device; make room or choose another place\n", runner.err());
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
    }

    @Test
    void withoutACommandTheHelpGoesToStandardError() {
        Runner runner = new Runner();
        assertEquals(Exit.USAGE, runner.run());
        assertEquals("", runner.out());
        assertTrue(runner.err().startsWith("Usage: saslscope"), runner.err());
    }

    @Test
    void optionsMayStandBeforeTheCommand() {
        assertEquals(List.of("incidents", "list", "--color", "never", "-q", "x"),
            List.of(Arguments.of(new String[] {"--color", "never", "-q", "incidents", "list", "x"}, true).words()));
        assertEquals(List.of("patterns", "lint", "--help"), List.of(Arguments.of(new String[] {"help", "patterns", "lint"}, true).words()));
    }

    @Test
    void somethingPipedInIsFollowed() {
        assertEquals(List.of("follow"), List.of(Arguments.of(new String[] {}, false).words()));
        assertEquals(List.of("follow", "--index", "x", "-q"), List.of(Arguments.of(new String[] {"--index", "x", "-q"}, false).words()));
        assertEquals(List.of("--help"), List.of(Arguments.of(new String[] {"--help"}, false).words()));
        assertEquals(List.of("frob"), List.of(Arguments.of(new String[] {"frob"}, false).words()));
    }

    @Test
    void everyCommandUnderstandsTheCommonOptions() {
        Set<String> common = Commands.options(new CommandLine(new Commands.Root()));
        for (CommandLine command : leaves(Commands.all())) {
            assertTrue(Commands.options(command).containsAll(common), command.getCommandName());
        }
    }

    @Test
    void everyOptionSaysWhatItDoes() {
        for (CommandLine command : leaves(Commands.all())) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertTrue(option.description().length > 0 && option.longestName().startsWith("--"), option.toString());
            }
        }
    }

    @Test
    void completionKnowsEveryCommand() {
        Runner runner = new Runner();
        for (String shell : List.of("bash", "zsh", "fish")) {
            assertEquals(Exit.DONE, runner.run("completion", shell));
            for (String name : Commands.NAMES) {
                assertTrue(runner.out().contains(name), shell + " " + name);
            }
            assertFalse(runner.out().contains("\u001b"), shell);
        }
    }

    @Test
    void theBuiltInDefinitionsPassTheirTestAndLint() {
        Runner runner = new Runner();
        assertEquals(Exit.DONE, runner.run("patterns", "test"), runner.out());
        assertTrue(runner.out().matches("\\d{3,} samples of patterns, \\d{2,} of causes: all pass\n"), runner.out());
        assertEquals(Exit.DONE, runner.run("patterns", "lint"), runner.out());
        assertTrue(runner.out().contains(": no error"), runner.out());
    }

    @Test
    void linesPickedByTheNeedlesAloneGiveTheSameDiagnoses(@TempDir Path dir) throws IOException {
        Runner runner = new Runner();
        assertEquals(Exit.DONE, runner.run("patterns", "needles"));
        List<String> needles = runner.out().lines().toList();
        try (Stream<Path> logs = Files.list(Path.of("sample-logs"))) {
            for (Path log : logs.filter(f -> f.toString().endsWith(".log")).toList()) {
                List<String> lines = Files.readAllLines(log);
                Path picked = Files.write(dir.resolve(log.getFileName()), lines.stream().filter(l -> needles.stream().anyMatch(l::contains)).toList());
                assertEquals(diagnoses(log), diagnoses(picked), log.toString());
            }
        }
    }

    /** What an attempt says of itself, without the places of its lines. */
    private static List<String> diagnoses(Path log) {
        Runner runner = new Runner();
        runner.run("analyze", "-o", "csv", log.toString());
        return runner.out().lines().map(l -> l.replaceAll("\\bi?[0-9a-f]{16}\\b", "ID").replaceAll(",[^,]*\\.log,\\d+,", ",PLACE,")).toList();
    }

    private static List<CommandLine> leaves(CommandLine root) {
        List<CommandLine> leaves = new ArrayList<>();
        for (CommandLine c : root.getSubcommands().values()) {
            leaves.addAll(c.getSubcommands().isEmpty() ? List.of(c) : leaves(c));
        }
        return leaves;
    }
}
