package saslscope.pattern;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import saslscope.definition.Text;

/** A definition that is run against messages. Compiled when it is first needed: a log holds the programs of one host, not all. */
final class Pattern {
    /** Looking for more words than this takes longer than matching. */
    private static final int MOST_WORDS = 4;
    /** Shorter words are in too many messages to tell them apart. */
    private static final int SHORTEST_WORD = 5;

    private final Definition definition;
    private final Node node;
    private final List<Glob> globs;
    private final List<String> fields;
    /** By capture, those fields whose values must not be seen; null for the others. */
    private final Field[] hidden;
    private volatile Set<String> prefixes;
    private volatile ByteMatcher matcher;
    /** Made when first needed; none if nothing is known. */
    private volatile byte[][][] wanted;

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
        Set<String> known = prefixes;
        if (known == null) {
            known = Nodes.anchoredAtStart(node) ? Literals.prefixes(node) : Set.of("");
            prefixes = known;
        }
        return known;
    }

    /**
     * What stands from the first colon of every matching message on begins with one of these; empty if nothing is known.
     * Asked of patterns that begin with something that varies and holds no colon, such as a queue id.
     */
    Set<String> behindColon() {
        return prefixes().contains("") && Nodes.anchoredAtStart(node) ? Literals.behind(node, ':') : Set.of();
    }

    /** False if the message lacks words that every match holds. */
    boolean possible(Run run) {
        byte[][][] sets = wanted;
        if (sets == null) {
            sets = wanted();
            wanted = sets;
        }
        for (byte[][] words : sets) {
            if (!any(run, words)) {
                return false;
            }
        }
        return true;
    }

    private static boolean any(Run run, byte[][] words) {
        for (byte[] word : words) {
            if (Literals.indexOf(run.text, run.from, run.to, word) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Sets of words of which each match holds one; what {@link Candidates} has compared already is left out. */
    private byte[][][] wanted() {
        Set<String> known = new HashSet<>(prefixes());
        known.addAll(behindColon());
        return Literals.required(node).stream()
            .filter(set -> set.size() <= MOST_WORDS && set.stream().allMatch(w -> w.length() >= SHORTEST_WORD)
                && set.stream().noneMatch(w -> known.stream().anyMatch(k -> k.contains(w))))
            .map(set -> set.stream().map(Literals::bytes).toArray(byte[][]::new)).toArray(byte[][][]::new);
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
            definition.about().map(Text::value).orElse(""), definition.from(), definition.because(), definition.at(),
            definition.samples().size(),
            matcher() instanceof SegmentMatcher ? PatternInfo.Matcher.SEGMENTS : PatternInfo.Matcher.REGEX);
    }
}
