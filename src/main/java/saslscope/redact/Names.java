package saslscope.redact;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import saslscope.bounded.BoundedMap;

/**
 * Other names for names. A name keeps its length, its digits' and signs' places and its upper and lower case, so that {@code Alice} and
 * {@code alice} stay the same but for the case; a host name keeps its number of labels, and hosts of one domain stay in one domain.
 */
final class Names {
    private static final int REMEMBERED = 50_000;
    /** Longer words are no names that come again. */
    private static final int LONGEST_REMEMBERED = 64;
    /** Last labels that say what a name is and whose it is not (RFC 6761, RFC 6762, RFC 9476, and habits). */
    private static final Set<String> SPECIAL = Set.of("localhost", "localdomain", "local", "lan", "home", "internal", "intranet", "private",
        "corp", "test", "example", "invalid", "arpa", "alt", "onion");
    private static final Set<String> WHOLE = Set.of("localhost", "localdomain", "unknown", "unavailable", "none", "null");

    private final Permutation permutation;
    private final Map<String, String> remembered = BoundedMap.byUse(REMEMBERED);

    Names(Permutation permutation) {
        this.permutation = permutation;
    }

    /** A word with whatever signs it holds, dots excepted. */
    String word(String word) {
        String small = lower(word);
        String other = remembered.get(small);
        if (other == null) {
            other = permuted(small);
            if (small.length() <= LONGEST_REMEMBERED) {
                remembered.put(small, other);
            }
        }
        if (small.equals(word)) {
            return other;
        }
        StringBuilder out = new StringBuilder(other);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                out.setCharAt(i, (char) (out.charAt(i) - 32));
            }
        }
        return out.toString();
    }

    /** Words with dots between. */
    String dotted(String text) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '.') {
                out.append(word(text.substring(from, i)));
                if (i < text.length()) {
                    out.append('.');
                }
                from = i + 1;
            }
        }
        return out.toString();
    }

    /** A host or domain name; one that could be somebody's gets {@code .example} at its end. */
    String host(String name) {
        String dot = name.endsWith(".") ? "." : "";
        List<String> labels = List.of(name.substring(0, name.length() - dot.length()).split("\\.", -1));
        if (labels.size() == 1) {
            return WHOLE.contains(lower(name)) ? name : word(labels.getFirst()) + dot;
        }
        String last = lower(labels.getLast());
        int keep = SPECIAL.contains(last) ? 1 : 0;
        if (last.equals("arpa") || last.equals("localdomain") && lower(labels.get(labels.size() - 2)).equals("localhost")) {
            keep = 2;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < labels.size(); i++) {
            out.append(i == 0 ? "" : ".").append(i < labels.size() - keep ? word(labels.get(i)) : labels.get(i));
        }
        return out + (keep == 0 && letters(last) ? ".example" : "") + dot;
    }

    /** True for a last label as registered domains have it. */
    static boolean letters(String label) {
        return label.length() >= 2 && (label.startsWith("xn--") || label.chars().allMatch(Character::isLetter));
    }

    private String permuted(String word) {
        int[] places = word.codePoints().toArray();
        int n = 0;
        int[] digits = new int[places.length];
        int[] radixes = new int[places.length];
        StringBuilder form = new StringBuilder();
        for (int c : places) {
            Kind kind = Kind.of(c);
            if (kind == Kind.SIGN) {
                form.appendCodePoint(c);
            } else {
                digits[n] = c - kind.first;
                radixes[n++] = kind.count;
                form.append('?');
            }
        }
        int[] other = permutation.apply(Arrays.copyOf(digits, n), Arrays.copyOf(radixes, n), form.toString());
        StringBuilder out = new StringBuilder();
        n = 0;
        for (int c : places) {
            Kind kind = Kind.of(c);
            // A letter of a script that is not listed: all of them become one.
            out.appendCodePoint(kind != Kind.SIGN ? kind.first + other[n++] : c > 127 && Character.isLetter(c) ? 0x4E00 : c);
        }
        return out.toString();
    }

    /** Small letters, for ASCII only: the length must not change. */
    static String lower(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) >= 'A' && s.charAt(i) <= 'Z') {
                StringBuilder b = new StringBuilder(s);
                for (int k = i; k < b.length(); k++) {
                    char c = b.charAt(k);
                    if (c >= 'A' && c <= 'Z') {
                        b.setCharAt(k, (char) (c + 32));
                    }
                }
                return b.toString();
            }
        }
        return s;
    }

    /** Characters that stand for each other. Those beyond ASCII go by blocks with letters only, which takes as many bytes in UTF-8. */
    private enum Kind {
        LETTER('a', 26), DIGIT('0', 10), LATIN(0xC0, 0x180), GREEK_CYRILLIC(0x370, 0x1B0), RIGHT_TO_LEFT(0x5D0, 0x230), CJK(0x4E00, 0x51A0),
        KOREAN(0xAC00, 0x2BA0), KANA(0x3041, 0xBF), INDIC(0x900, 0x700), RARE(0x20000, 0xA000), SIGN(0, 0);

        private final int first;
        private final int count;

        Kind(int first, int count) {
            this.first = first;
            this.count = count;
        }

        static Kind of(int c) {
            for (Kind k : values()) {
                if (c >= k.first && c < k.first + k.count) {
                    return k;
                }
            }
            return SIGN;
        }
    }
}
