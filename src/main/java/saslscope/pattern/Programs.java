package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which patterns apply to a syslog tag. */
final class Programs {
    /** Tags that are remembered; a log can hold any number of them. Sets of patterns as well, of which there are few. */
    private static final int MOST = 2000;

    private final List<Pattern> patterns;
    /** Which patterns each glob stands for: there are far fewer globs than patterns. */
    private final Map<Glob, BitSet> byGlob = new LinkedHashMap<>();
    private final BitSet everywhere = new BitSet();
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
                if (p.possible(run) && p.find(run)) {
                    return true;
                }
            }
            return false;
        }
    }

    Programs(List<Pattern> patterns) {
        this.patterns = patterns;
        for (int i = 0; i < patterns.size(); i++) {
            everywhere.set(i, patterns.get(i).globs().isEmpty());
            for (Glob g : patterns.get(i).globs()) {
                byGlob.computeIfAbsent(g, x -> new BitSet()).set(i);
            }
        }
    }

    Program of(String tag) {
        Program known = byTag.get(tag);
        if (known == null) {
            BitSet set = (BitSet) everywhere.clone();
            byGlob.forEach((glob, those) -> {
                if (glob.matches(tag)) {
                    set.or(those);
                }
            });
            known = program(set);
            if (byTag.size() >= MOST) {
                // A log full of invented tags must not keep out those that come again.
                byTag.clear();
            }
            byTag.put(tag, known);
        }
        return known;
    }

    /** All patterns, as if of one program. */
    Program any() {
        BitSet all = new BitSet();
        all.set(0, patterns.size());
        return program(all);
    }

    private Program program(BitSet set) {
        if (bySet.size() >= MOST) {
            bySet.clear();
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
