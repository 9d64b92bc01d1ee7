package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import saslscope.definition.Location;
import saslscope.definition.Text;

/** Segments must do exactly what java.util.regex does with the same expression. */
class SegmentMatcherTest {
    private static final int EXPRESSIONS = 6_000;
    private static final int TEXTS = 12;

    @Test
    void agreesWithJavaRegexOnRandomExpressions() {
        long seed = Long.getLong("seed", 20261122);
        Random random = new Random(seed);
        RandomRegex generator = new RandomRegex(random);
        int compiled = 0;
        int matched = 0;
        int stopped = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            Node node = generator.expression();
            Optional<SegmentMatcher> segments = SegmentMatcher.compile(node);
            if (segments.isEmpty()) {
                continue;
            }
            compiled++;
            java.util.regex.Pattern regex = JavaRegex.compile(node);
            for (int k = 0; k < TEXTS; k++) {
                byte[] text = generator.text(node);
                String actual = bySegments(segments.get(), node, text);
                if (actual.equals("stopped")) {
                    stopped++;
                    continue;
                }
                String expected = byRegex(regex, text);
                matched += expected.equals("no match") ? 0 : 1;
                assertEquals(expected, actual,
                    () -> "seed " + seed + ", expression " + regex + ", text '" + Literals.string(text) + "'");
            }
        }
        // The test would prove nothing if few expressions compiled or few texts matched.
        assertTrue(compiled > EXPRESSIONS / 2, "compiled: " + compiled);
        assertTrue(matched > compiled * TEXTS / 4, "matched: " + matched);
        assertTrue(stopped < compiled * TEXTS / 1000, "stopped: " + stopped);
    }

    @Test
    void doesNotLookOutsideOfItsRange() throws RegexParser.Refused {
        byte[] text = "xxalicexx".getBytes(StandardCharsets.US_ASCII);
        Node node = parse("^\\b(?<a>\\w+)$");
        Run run = new Run(text, 2, 7);
        run.reset(1);
        assertTrue(SegmentMatcher.compile(node).orElseThrow().find(run));
        assertEquals("[2, 7]", Arrays.toString(run.spans));
    }

    @Test
    void stopsAnExpressionThatExplodes() throws RegexParser.Refused {
        byte[] text = "a".repeat(3000).getBytes(StandardCharsets.US_ASCII);
        Node node = parse("^(?:a+)+(?:a+)+(?:a+)+b$");
        Run run = new Run(text, 0, text.length);
        run.reset(0);
        assertFalse(SegmentMatcher.compile(node).orElseThrow().find(run));
        assertTrue(run.stopped());
    }

    @Test
    void leavesToRegexWhatItCanNotDo() throws RegexParser.Refused {
        assertTrue(SegmentMatcher.compile(parse("^(?:a*)*b$")).isEmpty());
        assertTrue(SegmentMatcher.compile(parse("(?<=a{1,3})b")).isEmpty());
        assertTrue(SegmentMatcher.compile(parse("(?<=^|\\s)b")).isPresent());
    }

    static Node parse(String expression) throws RegexParser.Refused {
        return RegexParser.parse(new Text(expression, new Location(Path.of("x.grok"), 1, 1, expression)));
    }

    private static String byRegex(java.util.regex.Pattern regex, byte[] text) {
        java.util.regex.Matcher m = regex.matcher(Literals.string(text));
        if (!m.find()) {
            return "no match";
        }
        int[] spans = new int[2 * m.groupCount()];
        for (int g = 0; g < m.groupCount(); g++) {
            spans[2 * g] = m.start(g + 1);
            spans[2 * g + 1] = m.end(g + 1);
        }
        return Arrays.toString(spans);
    }

    private static String bySegments(SegmentMatcher segments, Node node, byte[] text) {
        Run run = new Run(text, 0, text.length);
        int captures = Nodes.captures(node);
        run.reset(captures);
        boolean found = segments.find(run);
        return run.stopped() ? "stopped" : found ? Arrays.toString(Arrays.copyOf(run.spans, 2 * captures)) : "no match";
    }
}
