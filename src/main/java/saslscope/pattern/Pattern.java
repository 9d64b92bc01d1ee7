package saslscope.pattern;

import java.util.List;
import java.util.Set;
import saslscope.definition.Text;

/** A definition that is run against messages. Compiled when it is first needed: a log holds the programs of one host, not all. */
final class Pattern {
    private final Definition definition;
    private final Node node;
    private final List<Glob> globs;
    private final List<String> fields;
    /** By capture, those fields whose values must not be seen; null for the others. */
    private final Field[] hidden;
    private volatile ByteMatcher matcher;

    /**
     * @param definition how it was written
     * @param node       the expression, references resolved
     * @param fields     the field of each capture
     */
    Pattern(Definition definition, Node node, List<String> fields) {
        this.definition = definition;
        this.node = node;
        this.globs = definition.programs().stream().map(t -> new Glob(t.value())).toList();
        this.fields = fields;
        this.hidden = fields.stream().map(f -> Field.of(f).filter(Field::hidden).orElse(null)).toArray(Field[]::new);
    }

    Definition definition() {
        return definition;
    }

    String id() {
        return definition.id();
    }

    Node node() {
        return node;
    }

    List<Glob> globs() {
        return globs;
    }

    /** The field of each capture. */
    List<String> fields() {
        return fields;
    }

    /** The field of a capture if its value must not be seen, else null. */
    Field hidden(int capture) {
        return hidden[capture];
    }

    /** Every match starts with one of these; holds "" if nothing is known. */
    Set<String> prefixes() {
        return Nodes.anchoredAtStart(node) ? Literals.prefixes(node) : Set.of("");
    }

    /** Looks for the pattern in a message. */
    boolean find(Run run) {
        run.reset(fields.size());
        return matcher().find(run);
    }

    ByteMatcher matcher() {
        ByteMatcher m = matcher;
        if (m == null) {
            m = compile(node);
            matcher = m;
        }
        return m;
    }

    private static ByteMatcher compile(Node node) {
        return SegmentMatcher.compile(node).<ByteMatcher>map(m -> m).orElseGet(() -> {
            List<byte[]> required = Literals.best(Literals.required(node)).stream().map(Literals::bytes).toList();
            return new RegexMatcher(JavaRegex.compile(node), required);
        });
    }

    PatternInfo info() {
        return new PatternInfo(definition.id(), globs.stream().map(Glob::text).toList(), definition.event(),
            definition.about().map(Text::value).orElse(""), definition.from(), definition.at(),
            definition.samples().size(),
            matcher() instanceof SegmentMatcher ? PatternInfo.Matcher.SEGMENTS : PatternInfo.Matcher.REGEX);
    }
}
