package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import saslscope.definition.Problems;

/**
 * The law of injection samples: for each field whose text a client chooses, some sample must show that imitating the rest of the
 * message does not help.
 *
 * <p>The rule: take the literals that can come next behind the field (all literals of the pattern if none does). Some sample must have one of
 * them inside the value of that field, or of a client-chosen field behind it (for a field that ends at the first such literal, the
 * imitation lands in the next one). Literals with a character that the field cannot contain are left out; a field without any is exempt.
 */
final class Imitation {
    private final Definition definition;
    private final Node node;
    private final Problems problems;
    private final Map<String, Set<String>> behind = new HashMap<>();
    private final Map<String, ByteSet> alphabets = new HashMap<>();

    Imitation(Definition definition, Node node, Problems problems) {
        this.definition = definition;
        this.node = node;
        this.problems = problems;
    }

    void check(List<String> fields) {
        if (fields.stream().noneMatch(Imitation::chosen)) {
            return;
        }
        follow(node, Set.of());
        for (String field : new LinkedHashSet<>(fields)) {
            if (chosen(field)) {
                check(field, fields);
            }
        }
    }

    private static boolean chosen(String field) {
        Field f = Field.of(field).orElse(Field.SECRET);
        return f.clientChosen() && !f.hidden();
    }

    private void check(String field, List<String> fields) {
        Set<String> next = new LinkedHashSet<>(behind.getOrDefault(field, Set.of()));
        if (next.isEmpty()) {
            literals(node, next);
        }
        ByteSet alphabet = alphabets.getOrDefault(field, ByteSet.NONE);
        next.removeIf(literal -> !fits(literal, alphabet));
        if (next.isEmpty()) {
            return;
        }
        List<String> later = fields.subList(fields.indexOf(field), fields.size());
        boolean shown = definition.samples().stream().filter(s -> s.expected().containsKey(field)).anyMatch(s ->
            later.stream().filter(f -> s.expected().containsKey(f) && chosen(f))
                .anyMatch(f -> next.stream().anyMatch(s.expected().get(f).value()::contains)));
        if (!shown) {
            problems.error(definition.name(), "the client chooses '" + field + "', and no sample shows that it can't imitate what follows",
                "add a sample whose " + field + " contains '" + String.join("' or '", next.stream().limit(3).toList()) + "'");
        }
    }

    private static boolean fits(String literal, ByteSet alphabet) {
        for (byte b : literal.getBytes(StandardCharsets.UTF_8)) {
            if (!alphabet.has(b & 255)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Collects, for each field, the literals that can come next behind it.
     *
     * @param then what can come next behind the node
     * @return what can come next at the node's start
     */
    private Set<String> follow(Node part, Set<String> then) {
        return switch (part) {
            case Node.Literal l -> Set.of(new String(l.bytes(), StandardCharsets.UTF_8));
            case Node.Seq s -> {
                Set<String> next = then;
                for (Node item : s.items().reversed()) {
                    next = follow(item, next);
                }
                yield next;
            }
            case Node.Choice c -> {
                Set<String> all = new LinkedHashSet<>();
                c.branches().forEach(branch -> all.addAll(follow(branch, then)));
                yield all;
            }
            case Node.Repeat r -> {
                Set<String> inner = follow(r.body(), then);
                if (r.min() > 0 || inner.equals(then)) {
                    yield inner;
                }
                Set<String> all = new LinkedHashSet<>(inner);
                all.addAll(then);
                yield all;
            }
            case Node.Capture c -> {
                if (chosen(c.field())) {
                    behind.computeIfAbsent(c.field(), f -> new LinkedHashSet<>()).addAll(then);
                    alphabets.merge(c.field(), Nodes.alphabet(c.body()), ByteSet::or);
                }
                yield follow(c.body(), then);
            }
            case Node.Named n -> follow(n.body(), then);
            case Node.Atomic a -> follow(a.body(), then);
            case Node.OneOf o -> then;
            case Node.Look l -> then;
            case Node.Edge e -> then;
            case Node.Ref r -> then;
        };
    }

    /** Every literal of at least two bytes. */
    private static void literals(Node node, Set<String> out) {
        switch (node) {
            case Node.Literal l -> {
                if (l.bytes().length > 1) {
                    out.add(new String(l.bytes(), StandardCharsets.UTF_8));
                }
            }
            case Node.Seq s -> s.items().forEach(i -> literals(i, out));
            case Node.Choice c -> c.branches().forEach(b -> literals(b, out));
            case Node.Repeat r -> literals(r.body(), out);
            case Node.Capture c -> literals(c.body(), out);
            case Node.Named n -> literals(n.body(), out);
            case Node.Atomic a -> literals(a.body(), out);
            case Node.OneOf o -> { }
            case Node.Look l -> { }
            case Node.Edge e -> { }
            case Node.Ref r -> { }
        }
    }
}
