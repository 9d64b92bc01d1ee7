package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import saslscope.definition.DefinitionException;
import saslscope.definition.Problem;

/** The definitions that come with saslscope keep every law. */
class BuiltInPatternsTest {
    private static PatternSet set;

    @BeforeAll
    static void load() throws DefinitionException {
        set = Patterns.builtIn();
    }

    @Test
    void keepEveryLawAndGiveNothingToMention() {
        assertEquals("", String.join("\n", set.check().stream().map(Problem::render).toList()));
        assertTrue(set.patterns().stream().filter(p -> p.event().isPresent()).count() > 100);
    }

    @Test
    void runWithoutRegularExpressions() {
        assertEquals(List.of(), set.patterns().stream().filter(p -> p.matcher() == PatternInfo.Matcher.REGEX).map(PatternInfo::name).toList());
    }

    /** Each sample, and texts made up from the expressions, hold a needle, if need be in the tag. */
    @Test
    void everyLineThatCanMatchHoldsANeedle() {
        List<byte[]> needles = set.needles();
        RandomRegex random = new RandomRegex(new Random(3));
        int checked = 0;
        for (Pattern p : set.running()) {
            if (!p.definition().yields()) {
                continue;
            }
            for (Sample s : p.definition().samples()) {
                assertTrue(holds(needles, p, s.message().value().getBytes(StandardCharsets.UTF_8)), () -> p.id() + ": " + s.message().value());
            }
            for (int i = 0; i < 50; i++) {
                byte[] text = random.text(p.node());
                if (p.find(new Run(text, 0, text.length))) {
                    checked++;
                    assertTrue(holds(needles, p, text), () -> p.id() + ": " + Literals.string(text));
                }
            }
        }
        assertTrue(checked > 1000, "made up: " + checked);
    }

    @Test
    void needlesAreFewAndSelective() {
        List<String> needles = set.needles().stream().map(Literals::string).toList();
        assertTrue(needles.size() <= 80, "needles: " + needles);
        for (String line : List.of("Nov 22 16:50:13 mail postfix/qmgr[5127]: 4Z: from=<a@example.com>, size=1, nrcpt=1 (queue active)",
            "Nov 22 16:50:13 mail postfix/qmgr[5127]: 4Z: removed", "Nov 22 16:50:13 mail postfix/cleanup[5127]: 4Z: message-id=<a@example.com>")) {
            assertEquals(List.of(), needles.stream().filter(line::contains).toList());
        }
        for (String n : needles) {
            assertEquals(List.of(), needles.stream().filter(o -> !o.equals(n) && o.contains(n)).toList());
        }
    }

    private static boolean holds(List<byte[]> needles, Pattern p, byte[] message) {
        String tag = p.globs().getFirst().text();
        String line = "Nov 22 16:50:13 mail " + tag + "[1]: " + Literals.string(message);
        return needles.stream().anyMatch(n -> line.contains(Literals.string(n)));
    }
}
