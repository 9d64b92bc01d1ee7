package saslscope.pattern;

import java.util.List;
import java.util.Set;

/**
 * A definition made ready to run.
 *
 * @param definition how it was written
 * @param node       the expression, references resolved
 * @param globs      its programs
 * @param matcher    the expression, compiled
 * @param fields     the field of each capture
 * @param prefixes   every match starts with one of these; holds "" if nothing is known
 */
record Pattern(Definition definition, Node node, List<Glob> globs, ByteMatcher matcher, List<String> fields,
               Set<String> prefixes) {

    static Pattern of(Definition definition, Node node) {
        List<Glob> globs = definition.programs().stream().map(t -> new Glob(t.value())).toList();
        Set<String> prefixes = Nodes.anchoredAtStart(node) ? Literals.prefixes(node) : Set.of("");
        return new Pattern(definition, node, globs, compile(node), Nodes.fields(node), prefixes);
    }

    private static ByteMatcher compile(Node node) {
        return SegmentMatcher.compile(node).<ByteMatcher>map(m -> m).orElseGet(() -> {
            List<byte[]> required = Literals.best(Literals.required(node)).stream().map(Literals::bytes).toList();
            return new RegexMatcher(JavaRegex.compile(node), required);
        });
    }

    String id() {
        return definition.id();
    }

    boolean applies(String tag) {
        return globs.isEmpty() || globs.stream().anyMatch(g -> g.matches(tag));
    }

    boolean find(Run run) {
        run.reset(fields.size());
        return matcher.find(run);
    }

    PatternInfo info() {
        return new PatternInfo(definition.id(), globs.stream().map(Glob::text).toList(), definition.event(),
            definition.about().map(t -> t.value()).orElse(""), definition.from(), definition.at(),
            definition.samples().size(),
            matcher instanceof SegmentMatcher ? PatternInfo.Matcher.SEGMENTS : PatternInfo.Matcher.REGEX);
    }
}
