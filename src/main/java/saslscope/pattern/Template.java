package saslscope.pattern;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What messages of one kind have in common: the same pieces, of which some vary. */
final class Template {
    /** Samples that are kept of each. */
    static final int SAMPLES = 6;

    private final Piece[] pieces;
    private final boolean[] varies;
    final List<String> samples = new ArrayList<>(2);
    final Set<String> tags;
    long count;

    Template(List<Piece> pieces, String sample, Set<String> tags, long count) {
        this.pieces = pieces.toArray(Piece[]::new);
        this.varies = new boolean[this.pieces.length];
        for (int i = 0; i < varies.length; i++) {
            varies[i] = this.pieces[i].varies();
        }
        this.samples.add(sample);
        this.tags = tags;
        this.count = count;
    }

    /** The share of its fixed words that stand in the message too; -1 if the message is built in another way. */
    double likeness(List<Piece> other) {
        if (other.size() != pieces.length) {
            return -1;
        }
        int words = 0;
        int same = 0;
        for (int i = 0; i < pieces.length; i++) {
            Piece p = other.get(i);
            if (pieces[i].kind() == Piece.Kind.BETWEEN || p.kind() == Piece.Kind.BETWEEN || special(p) || special(pieces[i])) {
                if (pieces[i].kind() != p.kind() || p.kind() == Piece.Kind.BETWEEN && !p.text().equals(pieces[i].text())) {
                    return -1;
                }
            } else if (!varies[i]) {
                words++;
                same += pieces[i].text().equals(p.text()) ? 1 : 0;
            }
        }
        return words == 0 ? 1 : (double) same / words;
    }

    private static boolean special(Piece p) {
        return p.kind() == Piece.Kind.SECRET || p.kind() == Piece.Kind.OTHER || p.kind() == Piece.Kind.REST;
    }

    /** Takes a message that is like it: what differs varies from now on. */
    void take(List<Piece> other, String sample, String tag) {
        count++;
        for (int i = 0; i < pieces.length; i++) {
            Piece p = other.get(i);
            if (pieces[i].kind().value() && !pieces[i].text().equals(p.text())) {
                varies[i] = true;
                if (pieces[i].kind() != p.kind()) {
                    pieces[i] = new Piece(wider(pieces[i].kind(), p.kind()), pieces[i].text());
                }
            }
        }
        if (samples.size() < SAMPLES && !samples.contains(sample)) {
            samples.add(sample);
        }
        if (tags.size() < 8) {
            tags.add(tag);
        }
    }

    private static Piece.Kind wider(Piece.Kind a, Piece.Kind b) {
        boolean words = (a == Piece.Kind.WORD || a == Piece.Kind.NUMBER) && (b == Piece.Kind.WORD || b == Piece.Kind.NUMBER);
        return words ? Piece.Kind.WORD : Piece.Kind.TOKEN;
    }

    /** The longest stretch that every message of the kind holds. */
    int fixed() {
        int longest = 0;
        int run = 0;
        boolean client = false;
        for (int i = 0; i < pieces.length; i++) {
            if (!client && client(i)) {
                client = true;
                run = pieces[i + 3].text().length() - 1;
                i += 3;
            } else {
                run = varies[i] ? 0 : run + pieces[i].text().length();
            }
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** The words that never vary, for a name. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < pieces.length; i++) {
            if (!varies[i] && pieces[i].kind() == Piece.Kind.WORD) {
                words.add(pieces[i].text());
            }
        }
        return words;
    }

    /** The expression. */
    String grok() {
        StringBuilder out = new StringBuilder("^");
        boolean client = false;
        boolean secret = false;
        for (int i = 0; i < pieces.length; i++) {
            if (!client && client(i)) {
                out.append("%{CLIENT}");
                client = true;
                // name, bracket, address, bracket
                out.append(escaped(pieces[i + 3].text().substring(1)));
                i += 3;
            } else if (!varies[i]) {
                out.append(escaped(pieces[i].text()));
            } else if (pieces[i].kind() == Piece.Kind.SECRET && secret) {
                out.append(".+");
            } else {
                secret |= pieces[i].kind() == Piece.Kind.SECRET;
                String field = field(i);
                out.append(field == null ? pieces[i].kind().expression : "(?<" + field + ">" + pieces[i].kind().expression + ")");
            }
        }
        return out.append('$').toString();
    }

    /** What the fields of a message are, in the order of the expression. */
    Map<String, String> fields(String sample) {
        List<Piece> of = Piece.of(sample);
        Map<String, String> fields = new LinkedHashMap<>();
        boolean client = false;
        for (int i = 0; i < pieces.length; i++) {
            if (!client && client(i)) {
                client = true;
                fields.put("client.name", of.get(i).text());
                fields.put("client.address", of.get(i + 2).text());
                i += 3;
            } else if (varies[i] && field(i) != null) {
                fields.putIfAbsent(field(i), of.get(i).text());
            }
        }
        return fields;
    }

    /** True if a host name, an address in brackets and more of the message follow: {@code name[192.0.2.1]}. */
    private boolean client(int i) {
        return i + 3 < pieces.length && pieces[i].kind() == Piece.Kind.HOST
            && pieces[i + 1].text().equals("[") && pieces[i + 2].kind() == Piece.Kind.ADDRESS && pieces[i + 3].kind() == Piece.Kind.BETWEEN
            && pieces[i + 3].text().startsWith("]") && !(pieces[i + 3].text().equals("]:") && port(i + 4));
    }

    private boolean port(int i) {
        return i < pieces.length && pieces[i].kind().value();
    }

    /** The field that a value is, by what stands before it; null if that is not known, or if its end could be imitated. */
    private String field(int i) {
        if (i < 2 || pieces[i].kind() != Piece.Kind.KEYED && pieces[i].kind() != Piece.Kind.MAILBOX && pieces[i].kind() != Piece.Kind.TOKEN) {
            return null;
        }
        String field = Piece.leads(pieces[i - 1].text()) ? Piece.KEYS.get(pieces[i - 2].text()) : null;
        for (int k = 0; field != null && k < i; k++) {
            if (varies[k] && k >= 2 && field.equals(field(k))) {
                return null;
            }
        }
        boolean closed = i + 1 == pieces.length || " ,;<>=()[]\"'".indexOf(pieces[i + 1].text().charAt(0)) >= 0;
        return closed ? field : null;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            if ("\\^$.|?*+()[]{}".indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }
}
