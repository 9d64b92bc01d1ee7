package saslscope.live;

import java.util.ArrayList;
import java.util.List;

/** Headings and labelled fields, wrapped and harmless: the form of everything that is explained at length. */
public final class Paragraphs {
    static final int LABEL = 10;
    private static final int LONGEST = 4_000;

    private final Look look;

    public Paragraphs(Look look) {
        this.look = look;
    }

    /** A word that stands out, and what it is about. */
    public List<String> heading(String word, String rest) {
        List<String> out = new ArrayList<>();
        String first = look.cut(word, 60);
        int indent = Columns.of(first) + 2;
        for (String line : Columns.wrap(look.cut(rest, LONGEST), look.width() - indent)) {
            out.add((out.isEmpty() ? look.bold(first) + "  " : " ".repeat(indent)) + line);
        }
        return out;
    }

    /** A label with its values, one below the other; nothing where there is no value. */
    public List<String> field(String label, List<String> values) {
        List<String> out = new ArrayList<>();
        // A label as wide as the column would touch its value.
        String head = "  " + look.faint(Columns.pad(label, Math.max(LABEL, Columns.of(label) + 1)));
        // Where one field has several values, the second line of each stands a little further right.
        String hang = values.size() > 1 ? "  " : "";
        for (String value : values) {
            String indent = "";
            int room = look.width() - 2 - Math.max(LABEL, out.isEmpty() ? Columns.of(label) + 1 : 0) - hang.length();
            for (String paragraph : value.lines().toList()) {
                for (String line : Columns.wrap(look.cut(paragraph.strip(), LONGEST), room)) {
                    if (!line.isEmpty()) {
                        out.add(head + indent + line);
                        head = " ".repeat(2 + LABEL);
                        indent = hang;
                    }
                }
            }
        }
        return out;
    }
}
