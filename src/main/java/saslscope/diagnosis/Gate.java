package saslscope.diagnosis;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells at once which conditions cannot hold for an attempt: what conditions ask for is numbered, and what is known of the
 * attempt is a set of those numbers. Most conditions ask for something that the attempt has not, and need no closer look.
 */
final class Gate {
    private static final String ANY = "*";

    /** By the name of a fact, or {@code line} for the patterns of the lines, the numbers of its values. */
    private final Map<String, Map<String, Integer>> numbers = new HashMap<>();
    private int count;

    Gate(Collection<Condition> conditions) {
        for (Condition c : conditions) {
            if (c.line() != null) {
                number("line", c.line());
            }
            c.whole().forEach(w -> number(w.name(), w.values()));
        }
    }

    private void number(String name, Set<String> values) {
        Map<String, Integer> own = numbers.computeIfAbsent(name, n -> new HashMap<>());
        values.forEach(v -> own.computeIfAbsent(v, x -> count++));
    }

    /** What a condition asks for: it cannot hold unless the attempt has one number of each set. */
    long[][] needs(Condition c) {
        long[][] needs = new long[c.whole().size() + (c.line() == null ? 0 : 1)][];
        for (int i = 0; i < c.whole().size(); i++) {
            needs[i] = set(c.whole().get(i).name(), c.whole().get(i).values());
        }
        if (c.line() != null) {
            needs[needs.length - 1] = set("line", c.line());
        }
        return needs;
    }

    private long[] set(String name, Set<String> values) {
        BitSet bits = new BitSet(count);
        values.forEach(v -> bits.set(numbers.get(name).get(v)));
        return bits.toLongArray();
    }

    /** The numbers of what is known of an attempt. */
    long[] known(List<Fact> facts, Set<String> patterns) {
        long[] known = new long[(count + 63) / 64];
        for (Fact f : facts) {
            add(known, f.name(), f.value());
            add(known, f.name(), ANY);
        }
        for (String p : patterns) {
            add(known, "line", p);
        }
        return known;
    }

    private void add(long[] known, String name, String value) {
        Map<String, Integer> own = numbers.get(name);
        Integer n = own == null ? null : own.get(value);
        if (n != null) {
            known[n >> 6] |= 1L << (n & 63);
        }
    }

    /** Whether an attempt has one number of each set. */
    static boolean open(long[][] needs, long[] known) {
        for (long[] need : needs) {
            boolean any = false;
            for (int i = 0; i < need.length && !any; i++) {
                any = (need[i] & known[i]) != 0;
            }
            if (!any) {
                return false;
            }
        }
        return true;
    }
}
