package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import saslscope.definition.Text;

/** The words that programs write by themselves, as the definitions show them: literals, and samples without what came from outside. */
final class Vocabulary {
    private final Set<String> words = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private Vocabulary() {
    }

    static Set<String> of(List<Pattern> patterns) {
        Vocabulary v = new Vocabulary();
        Set<String> literals = new HashSet<>();
        for (Pattern p : patterns) {
            p.definition().samples().forEach(v::sample);
            literals(p.node(), literals);
        }
        v.words.removeAll(v.names);
        v.words.addAll(literals);
        return Set.copyOf(v.words);
    }

    private void sample(Sample sample) {
        String text = sample.message().value();
        for (Map.Entry<String, Text> e : sample.expected().entrySet()) {
            if (Field.of(e.getKey()).filter(Field::names).isPresent()) {
                add(e.getValue().value(), names);
                text = text.replace(e.getValue().value(), " ");
            }
        }
        add(text, words);
    }

    private static void literals(Node node, Set<String> to) {
        switch (node) {
            case Node.Literal l -> add(new String(l.bytes(), StandardCharsets.UTF_8), to);
            case Node.Seq s -> s.items().forEach(n -> literals(n, to));
            case Node.Choice c -> c.branches().forEach(n -> literals(n, to));
            case Node.Repeat r -> literals(r.body(), to);
            case Node.Capture c -> literals(c.body(), to);
            case Node.Atomic a -> literals(a.body(), to);
            case Node.Look l -> literals(l.body(), to);
            case Node.Named n -> literals(n.body(), to);
            case Node.OneOf o -> { }
            case Node.Edge e -> { }
            case Node.Ref r -> { }
        }
    }

    private static void add(String text, Set<String> to) {
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean in = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (in && from < 0) {
                from = i;
            } else if (!in && from >= 0) {
                to.add(text.substring(from, i).toLowerCase(Locale.ROOT));
                from = -1;
            }
        }
    }
}
