package saslscope.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups messages by template: program, then number of pieces, then first words, then likeness (after Drain, He and others, ICWS 2017).
 * Holds a bounded number of templates; what fits none of them when it is full is only counted.
 */
final class TemplateTree {
    /** Fixed words of which this share must be the same. */
    private static final double ALIKE = 0.6;
    /** Words that lead down the tree. */
    private static final int DEPTH = 2;

    private final int most;
    private final Map<String, List<Template>> leaves = new HashMap<>();
    private int size;
    private long others;

    /** @param most templates that are kept, each with up to {@link Template#SAMPLES} messages */
    TemplateTree(int most) {
        this.most = most;
    }

    void add(String tag, String message) {
        List<Piece> pieces = Piece.of(message);
        List<Template> leaf = leaves.get(path(tag, pieces));
        Template best = null;
        double likeness = ALIKE;
        for (Template t : leaf == null ? List.<Template>of() : leaf) {
            double l = t.likeness(pieces);
            if (l >= likeness) {
                best = t;
                likeness = l;
            }
        }
        if (best != null) {
            best.take(pieces, message, tag);
        } else if (size < most) {
            size++;
            Set<String> tags = new LinkedHashSet<>();
            tags.add(tag);
            leaves.computeIfAbsent(path(tag, pieces), p -> new ArrayList<>(1)).add(new Template(pieces, message, tags, 1));
        } else {
            others++;
        }
    }

    private static String path(String tag, List<Piece> pieces) {
        StringBuilder path = new StringBuilder(tag.substring(tag.lastIndexOf('/') + 1)).append(' ').append(pieces.size());
        int words = 0;
        for (Piece p : pieces) {
            if (p.kind().value()) {
                path.append(' ').append(p.varies() ? "*" : p.text());
                if (++words == DEPTH) {
                    break;
                }
            }
        }
        return path.toString();
    }

    /** The most frequent first; equal ones by their first sample. */
    List<Template> templates() {
        return leaves.values().stream().flatMap(List::stream)
            .sorted(Comparator.comparingLong((Template t) -> -t.count).thenComparing(t -> t.samples.getFirst())).toList();
    }

    /** Messages that found no place. */
    long others() {
        return others;
    }
}
