package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Byte strings that an expression cannot do without. Strings hold one byte a character.
 *
 * @param exact    the strings that are all the expression can match; null if they are many or unknown
 * @param required sets of strings; every match contains at least one string of each set
 */
record Literals(Set<String> exact, List<Set<String>> required) {
    /** Larger sets are not tracked. */
    private static final int MOST = 32;
    private static final int LONGEST = 120;
    private static final Literals NOTHING = new Literals(null, List.of());
    private static final Literals EMPTY = new Literals(Set.of(""), List.of());

    /** Sets of strings; every match contains at least one string of each set. None holds an empty string. */
    static List<Set<String>> required(Node node) {
        Literals l = of(node);
        return l.exact == null ? l.required : usable(l.exact) ? List.of(l.exact) : List.of();
    }

    /** The set whose shortest string is longest; empty if there is none. */
    static Set<String> best(List<Set<String>> sets) {
        Set<String> best = Set.of();
        int length = 0;
        for (Set<String> set : sets) {
            int shortest = set.stream().mapToInt(String::length).min().orElse(0);
            if (shortest > length) {
                best = set;
                length = shortest;
            }
        }
        return best;
    }

    /** Every match starts with one of these; holds an empty string if nothing is known. */
    static Set<String> prefixes(Node node) {
        return start(node).strings;
    }

    /**
     * What every match of an expression that is anchored at the start has from the first byte of that kind on, if what
     * stands before is one item that cannot hold the byte. Empty if that is not so.
     */
    static Set<String> behind(Node node, char mark) {
        if (!(node instanceof Node.Seq s) || s.items().size() < 3 || !(s.items().getFirst() instanceof Node.Edge)
            || Nodes.alphabet(s.items().get(1)).has(mark)) {
            return Set.of();
        }
        Set<String> rest = prefixes(new Node.Seq(s.items().subList(2, s.items().size())));
        return rest.stream().allMatch(r -> !r.isEmpty() && r.charAt(0) == mark) ? rest : Set.of();
    }

    static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The first place of a byte string in a range, or -1. */
    static int indexOf(byte[] text, int from, int to, byte[] word) {
        byte head = word[0];
        int last = to - word.length;
        for (int i = from; i <= last; i++) {
            if (text[i] == head) {
                int k = 1;
                while (k < word.length && text[i + k] == word[k]) {
                    k++;
                }
                if (k == word.length) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static Literals of(Node node) {
        return switch (node) {
            case Node.Literal l -> new Literals(Set.of(string(l.bytes())), List.of());
            case Node.OneOf o -> o.set().size() > 4 ? NOTHING : new Literals(members(o.set()), List.of());
            case Node.Seq s -> sequence(s.items());
            case Node.Choice c -> choice(c.branches());
            case Node.Repeat r -> repeat(r);
            case Node.Capture c -> of(c.body());
            case Node.Named n -> of(n.body());
            case Node.Atomic a -> of(a.body());
            case Node.Look l -> EMPTY;
            case Node.Edge e -> EMPTY;
            case Node.Ref r -> NOTHING;
        };
    }

    private static Set<String> members(ByteSet set) {
        Set<String> out = new LinkedHashSet<>();
        for (int i = 0; i < 256; i++) {
            if (set.has(i)) {
                out.add(String.valueOf((char) i));
            }
        }
        return out;
    }

    private static Literals sequence(List<Node> items) {
        Set<String> current = Set.of("");
        List<Set<String>> sets = new ArrayList<>();
        boolean exact = true;
        for (Node item : items) {
            Literals l = of(item);
            Set<String> longer = l.exact == null ? null : product(current, l.exact);
            if (longer != null) {
                current = longer;
                continue;
            }
            exact = false;
            add(sets, current);
            sets.addAll(l.required);
            current = l.exact == null ? Set.of("") : l.exact;
        }
        if (exact) {
            return new Literals(current, List.of());
        }
        add(sets, current);
        return new Literals(null, List.copyOf(sets));
    }

    private static void add(List<Set<String>> sets, Set<String> set) {
        if (usable(set)) {
            sets.add(set);
        }
    }

    private static boolean usable(Set<String> set) {
        return !set.isEmpty() && !set.contains("");
    }

    private static Set<String> product(Set<String> left, Set<String> right) {
        if (left.size() * right.size() > MOST) {
            return null;
        }
        if (left.size() == 1 && right.size() == 1) {
            String both = left.iterator().next() + right.iterator().next();
            return both.length() > LONGEST ? null : Set.of(both);
        }
        Set<String> out = new LinkedHashSet<>();
        for (String a : left) {
            for (String b : right) {
                if (a.length() + b.length() > LONGEST) {
                    return null;
                }
                out.add(a + b);
            }
        }
        return out;
    }

    private static Literals choice(List<Node> branches) {
        Set<String> exact = new LinkedHashSet<>();
        Set<String> either = new LinkedHashSet<>();
        for (Node branch : branches) {
            Literals l = of(branch);
            if (exact != null && l.exact != null && exact.size() + l.exact.size() <= MOST) {
                exact.addAll(l.exact);
            } else {
                exact = null;
            }
            if (either != null) {
                Set<String> best = l.exact == null ? best(l.required) : usable(l.exact) ? l.exact : Set.<String>of();
                if (best.isEmpty()) {
                    either = null;
                } else {
                    either.addAll(best);
                }
            }
        }
        if (exact != null) {
            return new Literals(exact, List.of());
        }
        return either == null ? NOTHING : new Literals(null, List.of(either));
    }

    private static Literals repeat(Node.Repeat r) {
        Literals body = of(r.body());
        if (r.min() == 0) {
            if (r.max() == 1 && body.exact != null) {
                Set<String> maybe = new LinkedHashSet<>(body.exact);
                maybe.add("");
                return new Literals(maybe, List.of());
            }
            return NOTHING;
        }
        if (r.max() == r.min() && body.exact != null && body.exact.size() == 1 && r.min() <= MOST) {
            String once = body.exact.iterator().next();
            if (once.length() * r.min() <= LONGEST) {
                return new Literals(Set.of(once.repeat(r.min())), List.of());
            }
        }
        if (r.max() == 1) {
            return body;
        }
        return body.exact == null ? new Literals(null, body.required)
            : new Literals(null, usable(body.exact) ? List.of(body.exact) : List.of());
    }

    /** Strings at the start; {@code all} if they are the whole of what the node matches. */
    private record Start(Set<String> strings, boolean all) {
    }

    private static final Start UNKNOWN = new Start(Set.of(""), false);

    private static Start start(Node node) {
        return switch (node) {
            case Node.Literal l -> new Start(Set.of(string(l.bytes())), true);
            case Node.OneOf o -> o.set().size() > 4 ? UNKNOWN : new Start(members(o.set()), true);
            case Node.Look l -> new Start(Set.of(""), true);
            case Node.Edge e -> new Start(Set.of(""), true);
            case Node.Seq s -> {
                Set<String> current = Set.of("");
                for (Node item : s.items()) {
                    Start next = start(item);
                    Set<String> longer = product(current, next.strings);
                    if (longer == null || !next.all) {
                        yield new Start(longer == null ? current : longer, false);
                    }
                    current = longer;
                }
                yield new Start(current, true);
            }
            case Node.Choice c -> {
                Set<String> strings = new LinkedHashSet<>();
                boolean all = true;
                for (Node branch : c.branches()) {
                    Start one = start(branch);
                    strings.addAll(one.strings);
                    all &= one.all;
                }
                yield strings.size() > MOST ? UNKNOWN : new Start(strings, all);
            }
            case Node.Repeat r -> {
                Start body = start(r.body());
                if (r.min() > 0) {
                    yield new Start(body.strings, body.all && r.max() == 1);
                }
                if (r.max() != 1 || !body.all) {
                    yield UNKNOWN;
                }
                Set<String> maybe = new LinkedHashSet<>(body.strings);
                maybe.add("");
                yield new Start(maybe, true);
            }
            case Node.Capture c -> start(c.body());
            case Node.Named n -> start(n.body());
            case Node.Atomic a -> start(a.body());
            case Node.Ref r -> UNKNOWN;
        };
    }
}
