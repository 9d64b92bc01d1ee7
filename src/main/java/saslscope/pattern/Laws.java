package saslscope.pattern;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import saslscope.definition.Location;
import saslscope.definition.Nearest;
import saslscope.definition.Problem;
import saslscope.definition.Problems;
import saslscope.definition.Text;

/** What can be said of a definition without running it. Cheap: asked at every start. */
final class Laws {
    /** A shorter literal is found in too many lines to choose by. */
    private static final int SHORTEST_NEEDLE = 4;
    private static final List<String> FIELDS = Arrays.stream(Field.values()).map(Field::text).toList();

    private final Problems problems;

    Laws(Problems problems) {
        this.problems = problems;
    }

    /** Reports each law that a definition without event or keywords breaks. */
    void checkPart(Definition d) {
        if (!d.samples().isEmpty() || !d.nots().isEmpty() || !d.programs().isEmpty()) {
            problems.error(d.name(), "the pattern has a program or samples, and no event",
                "add a line 'event KIND'; a building block has none of these");
        }
    }

    /** Reports each law that a definition with event or keywords breaks. */
    void check(Definition d, Node node, List<String> captured) {
        if (d.event().isEmpty()) {
            return;
        }
        if (d.samples().isEmpty()) {
            problems.error(d.name(), "a pattern with an event needs a sample",
                "add a line 'sample MESSAGE' and below it each field with its value");
        }
        if (d.programs().isEmpty()) {
            problems.error(d.name(), "a pattern with an event needs a program",
                "add a line 'program TAG', for example: program postfix*/smtpd");
        }
        if (!captured.stream().allMatch(f -> Field.of(f).isPresent())) {
            fields(d, node, -1);
        }
        expected(d, captured);
        if (captured.contains(Field.CLIENT_ADDRESS.text()) && !Nodes.anchoredAtEnd(node)) {
            wildcard(d, node);
        }
    }

    /** What {@code patterns lint} mentions beside errors. */
    void advise(Definition d, Node node) {
        if (!d.runs()) {
            return;
        }
        List<Set<String>> sets = Literals.required(node);
        int length = Literals.best(sets).stream().mapToInt(String::length).min().orElse(0);
        if (length < SHORTEST_NEEDLE && d.yields()) {
            problems.add(Problem.warning(d.name(), length == 0 ? "no literal that every match must contain: every line has to be looked at"
                    : "no literal of at least " + SHORTEST_NEEDLE + " characters that every match must contain",
                "write part of the message as plain text, outside of alternatives and optional groups"));
        }
        if (d.event().isPresent() && !Nodes.anchoredAtStart(node)) {
            problems.add(Problem.warning(d.name(), "not anchored at the start: text that a client chose may be taken for the message",
                "start with ^"));
        }
        if (d.event().isPresent() && d.from().isEmpty()) {
            problems.add(Problem.warning(d.name(), "does not say who writes the message",
                "add a line 'from PROGRAM FILE, FUNCTION', or 'from seen in ...'"));
        }
    }

    /** Each field must be a known one. */
    private void fields(Definition d, Node node, int at) {
        switch (node) {
            case Node.Capture c -> {
                int place = at < 0 ? c.at() : at;
                if (Field.of(c.field()).isEmpty()) {
                    problems.error(d.text().at().plus(place), "unknown field '" + c.field() + "'", Nearest.help(c.field(), FIELDS));
                }
                fields(d, c.body(), place);
            }
            case Node.Named n -> fields(d, n.body(), at < 0 ? n.at() : at);
            case Node.Seq s -> s.items().forEach(i -> fields(d, i, at));
            case Node.Choice c -> c.branches().forEach(b -> fields(d, b, at));
            case Node.Repeat r -> fields(d, r.body(), at);
            case Node.Atomic a -> fields(d, a.body(), at);
            case Node.Look l -> fields(d, l.body(), at);
            case Node.Literal l -> { }
            case Node.OneOf o -> { }
            case Node.Edge e -> { }
            case Node.Ref r -> { }
        }
    }

    /** A sample can only list fields that the pattern captures. */
    private void expected(Definition d, List<String> fields) {
        Set<String> captured = new LinkedHashSet<>(fields);
        captured.removeIf(f -> Field.of(f).filter(Field::hidden).isPresent());
        for (Sample sample : d.samples()) {
            for (Map.Entry<String, Text> e : sample.expected().entrySet()) {
                String field = e.getKey();
                if (captured.contains(field)) {
                    continue;
                }
                Location value = e.getValue().at();
                Location key = new Location(value.file(), value.line(), 1 + Math.max(0, value.source().indexOf(field)), value.source());
                if (Field.of(field).filter(Field::hidden).isPresent()) {
                    problems.error(new Text(field, key), "a secret never becomes a field", "leave this line out");
                } else if (Field.of(field).isEmpty()) {
                    problems.error(new Text(field, key), "unknown field '" + field + "'", Nearest.help(field, FIELDS));
                } else {
                    problems.error(new Text(field, key), "the pattern does not capture '" + field + "'",
                        captured.isEmpty() ? "it captures nothing" : "it captures: " + String.join(", ", captured));
                }
            }
        }
    }

    /** Text that takes anything, before the client's address: a client could make up an address in it. */
    private void wildcard(Definition d, Node node) {
        Wildcard found = new Wildcard();
        found.search(node, -1);
        if (found.at >= 0) {
            problems.error(d.text().at().plus(found.at), "a greedy wildcard before client.address, and no $ at the end",
                "a client could write an address of its choice into it: end the pattern with $, or use a class such as [^\\[]*");
        }
    }

    /** Finds the first greedy wildcard before the client's address. */
    private static final class Wildcard {
        private int at = -1;
        private boolean done;

        void search(Node node, int outer) {
            if (done) {
                return;
            }
            switch (node) {
                case Node.Capture c -> {
                    if (c.field().equals(Field.CLIENT_ADDRESS.text())) {
                        done = true;
                    } else {
                        search(c.body(), outer < 0 ? c.at() : outer);
                    }
                }
                case Node.Repeat r -> {
                    ByteSet set = Nodes.single(r.body());
                    boolean anything = set != null && set.has(' ') && set.has('[') && set.has('.');
                    if (anything && r.max() == Node.Repeat.UNBOUNDED && r.mode() != Node.Mode.LAZY) {
                        at = outer < 0 ? r.at() : outer;
                        done = true;
                    } else {
                        search(r.body(), outer);
                    }
                }
                case Node.Named n -> search(n.body(), outer < 0 ? n.at() : outer);
                case Node.Seq s -> s.items().forEach(i -> search(i, outer));
                case Node.Choice c -> c.branches().forEach(b -> search(b, outer));
                case Node.Atomic a -> search(a.body(), outer);
                case Node.Look l -> { }
                case Node.Literal l -> { }
                case Node.OneOf o -> { }
                case Node.Edge e -> { }
                case Node.Ref r -> { }
            }
        }
    }
}
