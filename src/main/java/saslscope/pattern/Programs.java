package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Which patterns apply to a syslog tag. */
final class Programs {
    /** Tags that are remembered; a log can hold any number of them. */
    private static final int MOST = 2000;

    private final List<Pattern> patterns;
    private final Map<String, Program> byTag = new ConcurrentHashMap<>();
    /** Many tags (submission, smtps, ...) have the same patterns. */
    private final Map<BitSet, Program> bySet = new ConcurrentHashMap<>();

    /**
     * The patterns for one program.
     *
     * @param events those with an event
     * @param about  those that tell by keywords
     * @param all    those with an event, in the order of definition
     * @param connects    how the lines begin that open a session
     * @param disconnects how the lines begin that end one
     */
    record Program(Candidates events, List<Pattern> about, List<Pattern> all, List<byte[]> connects, List<byte[]> disconnects) {
        /** Of a line that no program wrote. */
        static final Program NONE = new Program(Candidates.of(List.of()), List.of(), List.of(), List.of(), List.of());

        boolean about(Run run) {
            for (Pattern p : about) {
                if (p.find(run)) {
                    return true;
                }
            }
            return false;
        }
    }

    Programs(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    Program of(String tag) {
        Program known = byTag.get(tag);
        if (known == null) {
            known = program(p -> p.applies(tag));
            if (byTag.size() < MOST) {
                byTag.put(tag, known);
            }
        }
        return known;
    }

    /** All patterns, as if of one program. */
    Program any() {
        return program(p -> true);
    }

    private Program program(Predicate<Pattern> applies) {
        BitSet set = new BitSet();
        for (int i = 0; i < patterns.size(); i++) {
            set.set(i, applies.test(patterns.get(i)));
        }
        return bySet.computeIfAbsent(set, this::build);
    }

    private Program build(BitSet set) {
        List<Pattern> applying = set.stream().mapToObj(patterns::get).toList();
        List<Pattern> events = applying.stream().filter(p -> p.definition().event().isPresent()).toList();
        List<Pattern> about = applying.stream().filter(p -> p.definition().about().isPresent()).toList();
        return new Program(Candidates.of(events), about, events, beginnings(events, EventKind.CONNECT),
            beginnings(events, EventKind.DISCONNECT));
    }

    private static List<byte[]> beginnings(List<Pattern> patterns, EventKind kind) {
        return patterns.stream().filter(p -> p.definition().event().orElseThrow() == kind).flatMap(p -> p.prefixes().stream())
            .filter(text -> !text.isEmpty()).map(text -> text.getBytes(StandardCharsets.ISO_8859_1)).toList();
    }
}
