package saslscope.pattern;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saslscope.definition.Nearest;
import saslscope.definition.Problem;
import saslscope.definition.Problems;

/** Resolves references between definitions. An unknown name and a cycle are reported, each once. */
final class Bank {
    /** A larger expression is a mistake or an attack (references that double at each step). */
    private static final int LARGEST = 20_000;

    private final Map<String, Definition> definitions;
    private final Problems problems;
    private final Map<String, Node> resolved = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private final LinkedHashMap<String, Definition> path = new LinkedHashMap<>();
    /** Nodes of the definition at hand, those of its references included. */
    private int size;

    Bank(Collection<Definition> all, Problems problems) {
        this.definitions = new LinkedHashMap<>();
        all.forEach(d -> definitions.put(d.id(), d));
        this.problems = problems;
    }

    /** The expression with every reference resolved; what can't be is left out, and reported. */
    Node resolve(Definition definition) {
        Node known = resolved.get(definition.id());
        if (known != null) {
            return known;
        }
        path.put(definition.id(), definition);
        int outer = size;
        size = 0;
        Node node = resolve(definition.parsed(), definition);
        if (size > LARGEST) {
            problems.error(definition.name(), "too large once its references are resolved", "refer to fewer patterns");
            node = Node.EMPTY;
            size = 1;
        }
        path.remove(definition.id());
        resolved.put(definition.id(), node);
        sizes.put(definition.id(), size);
        size = outer;
        return node;
    }

    private Node resolve(Node node, Definition in) {
        size++;
        return switch (node) {
            case Node.Ref ref -> reference(ref, in);
            case Node.Seq s -> Nodes.seq(all(s.items(), in));
            case Node.Choice c -> new Node.Choice(all(c.branches(), in));
            case Node.Repeat r -> new Node.Repeat(resolve(r.body(), in), r.min(), r.max(), r.mode(), r.at());
            case Node.Capture c -> new Node.Capture(c.field(), resolve(c.body(), in), c.at());
            case Node.Atomic a -> new Node.Atomic(resolve(a.body(), in));
            case Node.Look l -> new Node.Look(resolve(l.body(), in), l.ahead(), l.negated());
            case Node.Named n -> n;
            case Node.Literal l -> l;
            case Node.OneOf o -> o;
            case Node.Edge e -> e;
        };
    }

    private List<Node> all(List<Node> nodes, Definition in) {
        List<Node> out = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            out.add(resolve(node, in));
        }
        return out;
    }

    private Node reference(Node.Ref ref, Definition in) {
        Definition target = definitions.get(ref.name());
        if (target == null) {
            problems.add(at(in, ref, "unknown pattern '" + ref.name() + "'", Nearest.to(ref.name(), definitions.keySet())));
            return Node.EMPTY;
        }
        if (path.containsKey(ref.name())) {
            List<String> names = new ArrayList<>(path.keySet());
            String cycle = String.join(" -> ", names.subList(names.indexOf(ref.name()), names.size())) + " -> " + ref.name();
            problems.add(at(in, ref, "patterns refer to each other in a circle: " + cycle, ""));
            return Node.EMPTY;
        }
        Node body = new Node.Named(ref.name(), resolve(target), ref.at());
        size += sizes.get(ref.name());
        return ref.field().isEmpty() ? body : new Node.Capture(ref.field(), body, ref.at());
    }

    private static Problem at(Definition in, Node.Ref ref, String what, String nearest) {
        return new Problem(Problem.Grade.ERROR, in.text().at().plus(ref.at()), ref.name().length() + 3, what,
            nearest.isEmpty() ? "" : "did you mean %{" + nearest + "}?");
    }
}
