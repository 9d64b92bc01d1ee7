package saslscope.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {
    @TempDir
    private Path folder;

    private YamlMap read(String yaml) throws IOException, DefinitionException {
        return YamlFile.read(Files.writeString(folder.resolve("c.yaml"), yaml));
    }

    private String errors(YamlMap map) {
        return String.join("\n", map.problems().list().stream().map(Problem::render).toList()).replace(folder + "/", "");
    }

    private String error(String yaml) {
        return assertThrows(DefinitionException.class, () -> read(yaml)).getMessage().replace(folder + "/", "");
    }

    @Test
    void readsTextsListsAndMapsWithTheirPlaces() throws Exception {
        YamlMap map = read("""
            title: saslauthd is not running
            rank: 20
            proves:
              - when: {line: A, error: [x, y]}
                because: it says so
            remedy:
              debian: |
                systemctl start saslauthd
            """);
        assertEquals("saslauthd is not running", map.allow("title", "rank", "proves", "remedy").text("title"));
        assertEquals(20, map.number("rank"));
        YamlMap rule = map.maps("proves").getFirst();
        assertEquals("A", rule.map("when").text("line"));
        assertEquals(List.of("x", "y"), rule.map("when").texts("error").stream().map(Text::value).toList());
        assertEquals("4:21", rule.map("when").at("error").line() + ":" + rule.map("when").at("error").column());
        assertEquals(29, rule.map("when").texts("error").getFirst().at().column());
        assertEquals("systemctl start saslauthd\n", map.map("remedy").text("debian"));
        assertEquals("none", map.text("summary", "none"));
        assertEquals("", errors(map));
    }

    @Test
    void aWordThatLooksLikeABooleanStaysAWord() throws Exception {
        YamlMap map = read("a: no\nb: 08\nc: ~\n");
        assertEquals("no", map.text("a"));
        assertEquals("08", map.text("b"));
    }

    @Test
    void anUnknownKeyIsShownWithTheOneThatWasMeant() throws Exception {
        YamlMap map = read("title: x\n").allow("title");
        map = read("titel: x\nzzz: y\n").allow("title", "kind");
        assertEquals("""
            c.yaml:1:1: error: unknown key 'titel'
              | titel: x
              | ^^^^^
              = help: did you mean title?
            c.yaml:2:1: error: unknown key 'zzz'
              | zzz: y
              | ^^^
              = help: known: title, kind""", errors(map));
    }

    @Test
    void whatIsMissingOrOfTheWrongShapeIsReportedAndReadingGoesOn() throws Exception {
        YamlMap map = read("title:\n  - a\nrank: many\nproves: yes\nremedy: x\n");
        assertEquals("", map.text("title"));
        assertEquals("", map.text("kind"));
        assertEquals(0, map.number("rank"));
        assertEquals(List.of(), map.maps("proves"));
        assertTrue(map.map("remedy").entries().isEmpty());
        assertEquals(5, map.problems().list().size());
        assertThrows(DefinitionException.class, map.problems()::throwIfFatal);
        assertTrue(errors(map).contains("c.yaml:1:1: error: 'kind' is missing"), errors(map));
        assertTrue(errors(map).contains("c.yaml:3:7: error: 'rank' must be a whole number\n  | rank: many\n  |       ^^^^"), errors(map));
    }

    @Test
    void brokenYamlIsShownWhereItBreaks() {
        String e = error("title: x\nproves: [a, b\nkind: y\n");
        assertTrue(e.startsWith("c.yaml:3:"), e);
        assertTrue(e.contains("  | kind: y\n"), e);
        assertTrue(error("title: x\ntitle: y\n").startsWith("c.yaml:2:1: error: "), error("title: x\ntitle: y\n"));
        assertTrue(error("- a\n").contains("must hold 'name: value' lines"));
        assertTrue(error("").contains("the file is empty"));
        assertTrue(error("a: \"\u0007\"\n").startsWith("c.yaml"), error("a: \"\u0007\"\n"));
        assertTrue(error("a: &x b\nc: *x\n").contains("anchors and aliases are not used here"));
    }

    @Test
    void aFileThatCanNotBeReadIsNamed() throws IOException {
        Problems problems = new Problems();
        assertFalse(YamlFile.read(folder.resolve("none.yaml"), problems).isPresent());
        assertFalse(YamlFile.read(folder, problems).isPresent());
        Path latin = Files.write(folder.resolve("l.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
        assertFalse(YamlFile.read(latin, problems).isPresent());
        List<String> what = problems.list().stream().map(Problem::what).toList();
        assertEquals(List.of("no such file", "is a folder, not a file", "not valid UTF-8"), what);
    }
}
