package saslscope.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFileTest {
    @TempDir
    private Path folder;
    private final Problems problems = new Problems();

    private List<Block> read(String text) throws IOException {
        return BlockFile.read(Files.writeString(folder.resolve("a.grok"), text), problems);
    }

    @Test
    void readsPatternsAttributesAndWhatStandsBelowThem() throws IOException {
        List<Block> blocks = read("\uFEFF# comment\r\nA  a b \r\n\r\n  program x  y\r\n  # comment\r\n  sample  m n\r\n    user alice\r\n    reason\r\nB b\r\n");
        assertEquals(List.of("A", "B"), blocks.stream().map(b -> b.name().value()).toList());
        Block a = blocks.getFirst();
        assertEquals("a b", a.pattern().value());
        assertEquals("a.grok:2:4", a.pattern().at().toString().replace(folder + "/", ""));
        assertEquals("x  y", a.all("program").getFirst().value().value());
        Attribute sample = a.all("sample").getFirst();
        assertEquals("m n", sample.value().value());
        assertEquals(List.of("user=alice", "reason="), sample.children().stream().map(c -> c.key().value() + "=" + c.value().value()).toList());
        assertEquals(List.of(), problems.list());
    }

    @Test
    void quotesKeepBlanksAndKnowEscapes() throws IOException {
        Block a = read("A a\n  sample \" x\\t\\\\ \\\"y\\x41 \"\n  not \"\n  not \"\"\n").getFirst();
        assertEquals(" x\t\\ \"yA ", a.all("sample").getFirst().value().value());
        assertEquals(List.of("\"", ""), a.all("not").stream().map(n -> n.value().value()).toList());
        assertEquals(List.of(), problems.list());
    }

    @Test
    void longLinesAreCutAroundThePlaceAndControlCharactersAreHarmless() {
        Location at = new Location(Path.of("x"), 3, 301, "\u001b[31m" + "a".repeat(295) + "HERE" + "b".repeat(300));
        String[] lines = Problem.error(new Text("HERE", at), "wrong", "").render().split("\n");
        assertEquals("x:3:301: error: wrong", lines[0]);
        assertEquals(lines[1].indexOf("HERE"), lines[2].indexOf("^^^^"));
        assertEquals(-1, String.join("", lines).indexOf('\u001b'));
        assertEquals(160, lines[1].length());
    }

    @Test
    void theNearestNameIsTheLeastDifferentOne() {
        List<String> names = List.of("client.port", "client.address", "client.name", "user");
        assertEquals("client.address", Nearest.to("client.adress", names));
        assertEquals("client.name", Nearest.to("CLIENT.NMAE", names));
        assertEquals("", Nearest.to("zzzzzz", names));
        assertEquals("did you mean user?", Nearest.help("usr", names));
        assertEquals(1, Nearest.distance("ab", "ba"));
        assertEquals(3, Nearest.distance("kitten", "sitting"));
    }

    @Test
    void foldersAreListedInOrderWithoutHiddenFiles() throws IOException {
        for (String name : List.of("b.grok", "a.grok", ".c.grok", "d.txt")) {
            Files.writeString(folder.resolve(name), "");
        }
        Files.createDirectory(folder.resolve("e.grok"));
        assertEquals(List.of("a.grok", "b.grok"), DefinitionFolder.files(folder, ".grok", problems).stream().map(f -> f.getFileName().toString()).toList());
    }
}
