package saslscope.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import saslscope.definition.Attribute;
import saslscope.definition.Block;
import saslscope.definition.Location;
import saslscope.definition.Nearest;
import saslscope.definition.Problems;
import saslscope.definition.Text;

/** Turns a block of a pattern file into a definition; says what it can't understand. */
final class DefinitionReader {
    private static final List<String> KEYS = List.of("program", "event", "from", "because", "sample", "not", "about");
    private static final String SUBJECT = "authentication";

    private final Problems problems;

    DefinitionReader(Problems problems) {
        this.problems = problems;
    }

    /** The definition; empty if the expression is refused. */
    Optional<Definition> read(Block block) {
        Node parsed;
        try {
            parsed = RegexParser.parse(block.pattern());
        } catch (RegexParser.Refused e) {
            problems.add(e.problem());
            parsed = null;
        }
        for (Attribute a : block.attributes()) {
            check(a);
        }
        if (parsed == null) {
            return Optional.empty();
        }
        return Optional.of(block.attributes().isEmpty()
            ? new Definition(block.name(), block.pattern(), parsed, List.of(), Optional.empty(), Optional.empty(), "", "", List.of(), List.of())
            : new Definition(block.name(), block.pattern(), parsed, programs(block), event(block), about(block), first(block, "from"), first(block, "because"),
                samples(block), nots(block)));
    }

    private static String first(Block block, String key) {
        List<Attribute> all = block.all(key);
        return all.isEmpty() ? "" : all.getFirst().value().value();
    }

    private List<Sample> samples(Block block) {
        List<Sample> samples = new ArrayList<>();
        for (Attribute a : block.all("sample")) {
            samples.add(sample(a));
        }
        return List.copyOf(samples);
    }

    private static List<Text> nots(Block block) {
        List<Text> nots = new ArrayList<>();
        for (Attribute a : block.all("not")) {
            nots.add(a.value());
        }
        return List.copyOf(nots);
    }

    private void check(Attribute a) {
        String key = a.key().value();
        if (!KEYS.contains(key)) {
            problems.error(a.key(), "unknown attribute '" + key + "'", Nearest.help(key, KEYS));
            return;
        }
        if (a.value().value().isEmpty()) {
            problems.error(a.key(), "'" + key + "' has no value", "write it on the same line");
        }
        if (!key.equals("sample")) {
            for (Attribute child : a.children()) {
                problems.error(child.key(), "nothing can be indented below '" + key + "'",
                    "only 'sample' has lines below it: field and value");
            }
        }
    }

    private List<Text> programs(Block block) {
        List<Text> programs = new ArrayList<>();
        for (Attribute a : block.all("program")) {
            programs.addAll(words(a.value()));
        }
        return List.copyOf(programs);
    }

    private static List<Text> words(Text text) {
        List<Text> words = new ArrayList<>();
        String value = text.value();
        int i = 0;
        while (i < value.length()) {
            int end = i;
            while (end < value.length() && !Character.isWhitespace(value.charAt(end))) {
                end++;
            }
            if (end > i) {
                Location at = text.at().plus(i);
                words.add(new Text(value.substring(i, end), at));
            }
            i = end + 1;
        }
        return words;
    }

    private Optional<EventKind> event(Block block) {
        List<Attribute> all = block.all("event");
        if (all.size() > 1) {
            problems.error(all.get(1).key(), "a second event", "a pattern yields one event; make two patterns");
        }
        if (all.isEmpty() || all.getFirst().value().value().isEmpty()) {
            return Optional.empty();
        }
        Text word = all.getFirst().value();
        Optional<EventKind> kind = EventKind.of(word.value());
        if (kind.isEmpty()) {
            List<String> known = Arrays.stream(EventKind.values()).map(EventKind::text).toList();
            problems.error(word, "unknown event '" + word.value() + "'", Nearest.help(word.value(), known));
        }
        return kind;
    }

    private Optional<Text> about(Block block) {
        List<Attribute> all = block.all("about");
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Optional<Text> about = Optional.of(all.getFirst().value());
        if (!about.get().value().equals(SUBJECT) && !about.get().value().isEmpty()) {
            problems.error(about.get(), "unknown subject '" + about.get().value() + "'", "the only one is: about " + SUBJECT);
        }
        if (!block.all("event").isEmpty()) {
            problems.error(about.get(), "a pattern has an event or is 'about' something, not both",
                "keyword patterns decide which unknown messages are shown; they yield no event");
        }
        return about;
    }

    private Sample sample(Attribute a) {
        Map<String, Text> expected = new LinkedHashMap<>();
        for (Attribute child : a.children()) {
            if (expected.put(child.key().value(), child.value()) != null) {
                problems.error(child.key(), "the field '" + child.key().value() + "' stands here twice", "keep one of them");
            }
            for (Attribute deeper : child.children()) {
                problems.error(deeper.key(), "indented too deeply", "fields stand in one column below their sample");
            }
        }
        return new Sample(a.value(), expected);
    }
}
