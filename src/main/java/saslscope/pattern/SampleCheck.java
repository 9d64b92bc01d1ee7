package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import saslscope.definition.Location;
import saslscope.definition.Problems;
import saslscope.definition.Text;

/** Runs the samples: each must match its own pattern and no other of that program, with exactly the fields it lists. */
final class SampleCheck {
    private final Programs programs;
    private final Problems problems;
    /** Tags that stand for all there can be: each glob's own, its stars filled in. */
    private final List<String> tags;

    SampleCheck(Collection<Pattern> patterns, Programs programs, Problems problems) {
        this.programs = programs;
        this.problems = problems;
        Set<String> all = new LinkedHashSet<>();
        for (Pattern p : patterns) {
            for (Glob g : p.globs()) {
                all.add(g.text().replace("*", ""));
                if (!g.literal()) {
                    all.add(g.text().replace("*", "x"));
                }
            }
        }
        tags = List.copyOf(all);
    }

    void check(Pattern pattern) {
        if (pattern.definition().yields()) {
            new Imitation(pattern.definition(), pattern.node(), problems).check(pattern.fields());
        }
        Set<Programs.Program> rivals = new LinkedHashSet<>();
        for (String tag : tags) {
            if (pattern.globs().stream().anyMatch(g -> g.exactly(tag))) {
                rivals.add(programs.of(tag));
            }
        }
        for (Sample sample : pattern.definition().samples()) {
            check(pattern, sample, rivals);
        }
        for (Text not : pattern.definition().nots()) {
            byte[] message = not.value().getBytes(StandardCharsets.UTF_8);
            if (pattern.find(new Run(message, 0, message.length))) {
                problems.error(not, "the pattern " + pattern.id() + " matches this line, and 'not' says it must not",
                    "make the pattern narrower");
            }
        }
    }

    private void check(Pattern pattern, Sample sample, Set<Programs.Program> rivals) {
        byte[] message = sample.message().value().getBytes(StandardCharsets.UTF_8);
        Run run = new Run(message, 0, message.length);
        if (!pattern.find(run)) {
            missed(pattern, sample, message);
            return;
        }
        if (pattern.definition().event().isEmpty()) {
            return;
        }
        compare(sample, Captured.of(run, pattern).fields());
        Set<Pattern> others = new LinkedHashSet<>();
        for (Programs.Program program : rivals) {
            program.events().visit(message, 0, message.length, p -> {
                if (p != pattern && p.find(new Run(message, 0, message.length))) {
                    others.add(p);
                }
                return true;
            });
        }
        for (Pattern other : others) {
            problems.error(sample.message(), "the sample is also matched by " + other.id() + " (" + other.definition().at() + ")",
                "two patterns of one program must not match the same line: make one of them narrower, or give them different programs");
        }
    }

    private void missed(Pattern pattern, Sample sample, byte[] message) {
        Explainer.Reach reach = Explainer.reach(pattern, message);
        int characters = new String(message, 0, reach.bytes(), StandardCharsets.UTF_8).length();
        Location at = sample.message().at().plus(characters);
        String wanted = reach.wanted().isEmpty() ? "" : "; there it wants '" + reach.wanted() + "'";
        problems.error(at, "the pattern " + pattern.id() + " does not match its sample",
            "it gets as far as the caret" + wanted);
    }

    private void compare(Sample sample, Map<String, String> captured) {
        Map<String, String> extra = new LinkedHashMap<>(captured);
        for (Map.Entry<String, Text> e : sample.expected().entrySet()) {
            String value = extra.remove(e.getKey());
            if (value == null) {
                problems.error(e.getValue(), "the sample does not yield '" + e.getKey() + "'", "remove the line, or mend the pattern");
            } else if (!value.equals(e.getValue().value())) {
                problems.error(e.getValue(), "the sample yields another " + e.getKey() + ": " + quote(value),
                    value.startsWith("\"") || value.isEmpty() || !value.equals(value.strip())
                        ? "a value with blanks or quotes at its ends is written in double quotes" : "");
            }
        }
        if (!extra.isEmpty()) {
            List<String> lines = new ArrayList<>();
            extra.forEach((field, value) -> lines.add("  " + field + " " + quote(value)));
            problems.error(sample.message(), "the sample yields more than it lists: " + String.join(", ", extra.keySet()),
                "add below it:\n" + String.join("\n", lines));
        }
    }

    /** A value as it has to be written in a definition file. */
    static String quote(String value) {
        boolean plain = !value.isEmpty() && value.equals(value.strip()) && !(value.startsWith("\"") && value.endsWith("\""))
            && value.chars().noneMatch(c -> c < ' ');
        if (plain) {
            return value;
        }
        StringBuilder out = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(c < ' ' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
            }
        }
        return out.append('"').toString();
    }
}
