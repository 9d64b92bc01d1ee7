package saslscope.glossary;

import java.util.ArrayList;
import java.util.List;

/**
 * One form of a word, to be looked for in plain text. In {@code *} a star stands for up to {@value #GAP} characters. Looking takes time
 * in proportion to the text, whatever stands in it.
 */
final class Phrase {
    private static final int GAP = 200;

    private final String text;
    private final Word word;
    private final List<String> parts;

    /** Where it stands. */
    record Place(int start, int end) {
        boolean overlaps(Place other) {
            return start < other.end && other.start < end;
        }
    }

    /** @param text as {@link Glossary} makes texts plain; not only stars */
    Phrase(String text, Word word) {
        this.text = text;
        this.word = word;
        this.parts = List.of(text.split("\\*")).stream().filter(p -> !p.isEmpty()).toList();
    }

    String text() {
        return text;
    }

    Word word() {
        return word;
    }

    /** True if it is one word without a star. */
    boolean single() {
        return text.indexOf(' ') < 0 && text.indexOf('*') < 0;
    }

    /** Its first place; null if it is not there. Not part of a longer word. */
    Place find(String plain) {
        // From the last part to the first, so that each place kept is one from which the rest is there.
        List<List<Integer>> starts = new ArrayList<>();
        List<Integer> behind = null;
        for (int k = parts.size() - 1; k >= 0; k--) {
            behind = starts(plain, k, behind);
            if (behind.isEmpty()) {
                return null;
            }
            starts.addFirst(behind);
        }
        int start = starts.getFirst().getFirst();
        int end = start;
        for (int k = 0; k < parts.size(); k++) {
            int from = end;
            end = starts.get(k).stream().filter(s -> s >= from).findFirst().orElseThrow() + parts.get(k).length();
        }
        return new Place(start, end);
    }

    private List<Integer> starts(String plain, int k, List<Integer> behind) {
        String part = parts.get(k);
        boolean first = k == 0 && Character.isLetterOrDigit(text.charAt(0));
        boolean last = k == parts.size() - 1 && Character.isLetterOrDigit(text.charAt(text.length() - 1));
        List<Integer> starts = new ArrayList<>();
        int next = 0;
        for (int at = plain.indexOf(part); at >= 0; at = plain.indexOf(part, at + 1)) {
            int end = at + part.length();
            if (first && letter(plain, at - 1) || last && letter(plain, end)) {
                continue;
            }
            while (behind != null && next < behind.size() && behind.get(next) < end) {
                next++;
            }
            if (behind == null || next < behind.size() && behind.get(next) <= end + GAP) {
                starts.add(at);
            }
        }
        return starts;
    }

    private static boolean letter(String s, int at) {
        return at >= 0 && at < s.length() && (s.charAt(at) >= 'a' && s.charAt(at) <= 'z' || s.charAt(at) >= '0' && s.charAt(at) <= '9');
    }
}
