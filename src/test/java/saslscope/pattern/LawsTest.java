package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import saslscope.definition.DefinitionException;
import saslscope.definition.Problem;

/** Every law has a file that breaks it, and beside it the whole message that its author gets. */
class LawsTest {
    private static final Path CASES = Path.of("src/test/resources/saslscope/pattern/laws");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".grok")).map(n -> n.replace(".grok", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrongAndWhere(String name, @TempDir Path folder) throws IOException {
        Files.copy(CASES.resolve(name + ".grok"), folder.resolve(name + ".grok"));
        String actual = messages(folder).replace(folder.toString() + "/", "") + "\n";
        Path expected = CASES.resolve(name + ".err");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(expected, actual);
        }
        assertEquals(Files.readString(expected), actual);
    }

    private static String messages(Path folder) {
        try {
            return PatternSet.load(List.of(folder)).check().stream().map(Problem::render).collect(Collectors.joining("\n"));
        } catch (DefinitionException e) {
            return e.getMessage();
        }
    }

    @Test
    void aMissingFolderStopsTheStart(@TempDir Path folder) throws IOException {
        assertTrue(messages(folder.resolve("none")).endsWith("none: error: no such folder\n  = help: check the path; definitions are never skipped silently"));
        Path file = Files.writeString(folder.resolve("file"), "");
        assertTrue(messages(file).contains("file: error: is not a folder"));
    }

    @Test
    void allProblemsAreShownTogetherUpToALimit(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.grok"), "A (\nB [\n".repeat(1));
        Files.writeString(folder.resolve("b.grok"), "X%d *\n".formatted(1) + Stream.iterate(2, i -> i + 1).limit(200).map(i -> "X" + i + " *\n").collect(Collectors.joining()));
        String text = messages(folder);
        assertTrue(text.contains("a.grok:1:3") && text.contains("a.grok:2:3") && text.contains("b.grok:1:4"), text);
        assertTrue(text.endsWith("... and 103 more"), text.substring(text.length() - 100));
    }
}
