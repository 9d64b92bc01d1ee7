package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
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

    Imitation(Definition definition, Node node, Problems problems) {
        this.definition = definition;
        this.node = node;
        this.problems = problems;
    }

    void check(List<String> fields) {
        for (String field : new LinkedHashSet<>(fields)) {
            boolean chosen = Field.of(field).map(f -> f.clientChosen() && f != Field.SECRET).orElse(false);
            if (chosen) {
                check(field, fields);
            }
        }
    }

    private void check(String field, List<String> fields) {
        Set<String> next = new LinkedHashSet<>();
        ByteSet[] alphabet = {ByteSet.NONE};
        follow(node, Set.of(), field, next, alphabet);
        if (next.isEmpty()) {
            literals(node, next);
        }
        next.removeIf(literal -> !fits(literal, alphabet[0]));
        if (next.isEmpty()) {
            return;
        }
        List<String> behind = fields.subList(fields.indexOf(field), fields.size());
        boolean shown = definition.samples().stream().filter(s -> s.expected().containsKey(field)).anyMatch(s ->
            behind.stream().filter(f -> s.expected().containsKey(f) && Field.of(f).map(Field::clientChosen).orElse(false))
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
     * Collects the literals that can come next behind a field.
     *
     * @param then what can come next behind the node
     * @return what can come next at the node's start
     */
    private static Set<String> follow(Node node, Set<String> then, String field, Set<String> next, ByteSet[] alphabet) {
        return switch (node) {
            case Node.Literal l -> Set.of(new String(l.bytes(), StandardCharsets.UTF_8));
            case Node.Seq s -> {
                Set<String> behind = then;
                for (Node item : s.items().reversed()) {
                    behind = follow(item, behind, field, next, alphabet);
                }
                yield behind;
            }
            case Node.Choice c -> {
                Set<String> all = new LinkedHashSet<>();
                for (Node branch : c.branches()) {
                    all.addAll(follow(branch, then, field, next, alphabet));
                }
                yield all;
            }
            case Node.Repeat r -> {
                Set<String> all = new LinkedHashSet<>(follow(r.body(), then, field, next, alphabet));
                if (r.min() == 0) {
                    all.addAll(then);
                }
                yield all;
            }
            case Node.Capture c -> {
                if (c.field().equals(field)) {
                    next.addAll(then);
                    alphabet[0] = alphabet[0].or(Nodes.alphabet(c.body()));
                }
                yield follow(c.body(), then, field, next, alphabet);
            }
            case Node.Named n -> follow(n.body(), then, field, next, alphabet);
            case Node.Atomic a -> follow(a.body(), then, field, next, alphabet);
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
