package saslscope.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import saslscope.pattern.Field;

/**
 * Facts that must all hold. In a value, {@code *} allows any.
 *
 * @param line    patterns of which one line must have one; null if no line is asked for
 * @param fields  captured fields that must hold on that same line
 * @param without patterns that must not occur
 * @param whole   facts of the whole attempt
 */
record Condition(Set<String> line, List<Wanted> fields, Set<String> without, List<Wanted> whole) {
    /**
     * A name and its allowed values.
     *
     * @param any whether any value will do
     */
    record Wanted(String name, Set<String> values, boolean any) {
        Wanted(String name, Set<String> values) {
            this(name, values, values.contains("*"));
        }

        boolean allows(String value) {
            return value != null && (any || values.contains(value));
        }
    }

    /** Sorts what a cause file says into its kinds. */
    static Condition of(Map<String, Set<String>> facts) {
        Set<String> line = facts.get("line");
        List<Wanted> fields = new ArrayList<>();
        List<Wanted> whole = new ArrayList<>();
        facts.forEach((name, values) -> {
            if (line != null && Field.of(name).isPresent()) {
                fields.add(new Wanted(name, values));
            } else if (!name.equals("line") && !name.equals("without")) {
                whole.add(new Wanted(name, values));
            }
        });
        return new Condition(line, List.copyOf(fields), facts.getOrDefault("without", Set.of()), List.copyOf(whole));
    }
}
