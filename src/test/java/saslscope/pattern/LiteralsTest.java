package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"^warning: \\S+: SASL (?:PLAIN|LOGIN) failed(?:, user=.*)?$ ~ [[warning: ], [: SASL LOGIN failed, : SASL PLAIN failed]]",
        "a+b ~ [[a], [b]]", "(?:ab){2}c ~ [[ababc]]", "(?:ab)* ~ []", "x(?:ab|\\d) ~ [[x]]", "(?:abc\\d|xyz\\w) ~ [[abc, xyz]]", "(?i:ok)! ~ [[OK!, Ok!, oK!, ok!]]"})
    void findsWhatEveryMatchContains(String expression, String sets) throws RegexParser.Refused {
        assertEquals(sets, Literals.required(SegmentMatcherTest.parse(expression)).stream().map(TreeSet::new).toList().toString());
    }

    @Test
    void everyMatchOfARandomExpressionHoldsItsLiterals() {
        Random random = new Random(11);
        RandomRegex generator = new RandomRegex(random);
        int proven = 0;
        for (int i = 0; i < 8_000; i++) {
            Node node = generator.expression();
            Optional<SegmentMatcher> matcher = SegmentMatcher.compile(node);
            List<Set<String>> sets = Literals.required(node);
            Set<String> prefixes = Literals.prefixes(node);
            for (int k = 0; k < 6 && matcher.isPresent(); k++) {
                byte[] bytes = generator.text(node);
                Run run = new Run(bytes, 0, bytes.length);
                run.reset(Nodes.captures(node));
                if (!matcher.get().find(run)) {
                    continue;
                }
                String text = Literals.string(bytes);
                for (Set<String> set : sets) {
                    proven++;
                    assertTrue(set.stream().anyMatch(text::contains), () -> JavaRegex.show(node) + " on '" + text + "' needs one of " + set);
                }
                if (Nodes.anchoredAtStart(node)) {
                    assertTrue(prefixes.stream().anyMatch(text::startsWith), () -> JavaRegex.show(node) + " on '" + text + "' starts with one of " + prefixes);
                }
            }
        }
        assertTrue(proven > 5_000, "proven: " + proven);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"^(?:NOQUEUE|[0-9A-F]+): client=\\S+ ~ [: client=]", "^\\w+: (?:a|b)c ~ [: ac, : bc]", "^[^ ]+: x ~ []",
        "\\w+: x ~ []", "^\\w+ x: y ~ []", "^a?: b ~ [: b]"})
    void findsWhatStandsBehindTheFirstColon(String expression, String rest) throws RegexParser.Refused {
        assertEquals(rest, new TreeSet<>(Literals.behind(SegmentMatcherTest.parse(expression), ':')).toString());
    }

    @Test
    void everyMatchOfARandomExpressionGoesOnAsSaidBehindItsFirstColon() {
        Random random = new Random(12);
        RandomRegex generator = new RandomRegex(random);
        int proven = 0;
        for (int i = 0; i < 8_000; i++) {
            Node node = Nodes.seq(List.of(new Node.Edge(Node.Edge.Kind.START), new Node.Named("X", generator.expression(), 0),
                new Node.Literal(Literals.bytes(": b")), generator.expression()));
            Set<String> rest = Literals.behind(node, ':');
            Optional<SegmentMatcher> matcher = rest.isEmpty() ? Optional.empty() : SegmentMatcher.compile(node);
            for (int k = 0; k < 6 && matcher.isPresent(); k++) {
                byte[] bytes = generator.text(node);
                Run run = new Run(bytes, 0, bytes.length);
                run.reset(Nodes.captures(node));
                if (matcher.get().find(run)) {
                    proven++;
                    String text = Literals.string(bytes);
                    assertTrue(rest.stream().anyMatch(r -> text.startsWith(r, text.indexOf(':'))),
                        () -> JavaRegex.show(node) + " on '" + text + "' goes on with one of " + rest);
                }
            }
        }
        assertTrue(proven > 500, "proven: " + proven);
    }

    @Test
    void findsAWordInBytes() {
        byte[] text = Literals.bytes("aab aabb");
        assertEquals(4, Literals.indexOf(text, 0, text.length, Literals.bytes("aabb")));
        assertEquals(-1, Literals.indexOf(text, 0, 7, Literals.bytes("aabb")));
        assertEquals(-1, Literals.indexOf(text, 5, text.length, Literals.bytes("aabb")));
    }
}
