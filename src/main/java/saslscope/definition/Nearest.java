package saslscope.definition;

import java.util.Collection;
import java.util.Locale;

/** Finds the name that somebody probably meant. */
public final class Nearest {
    private Nearest() {
    }

    /**
     * A help line of the form {@code did you mean X?}; if nothing is near, the choices are listed (when few), else it is empty.
     */
    public static String help(String word, Collection<String> choices) {
        String best = to(word, choices);
        if (!best.isEmpty()) {
            return "did you mean " + best + "?";
        }
        return choices.isEmpty() || choices.size() > 30 ? "" : "known: " + String.join(", ", choices);
    }

    /** The choice with the smallest distance, if that is small for the word's length; else empty. */
    public static String to(String word, Collection<String> choices) {
        int limit = Math.max(1, Math.min(word.length(), 24) / 3);
        String best = "";
        int least = limit + 1;
        for (String choice : choices) {
            if (Math.abs(choice.length() - word.length()) < least) {
                int d = distance(word.toLowerCase(Locale.ROOT), choice.toLowerCase(Locale.ROOT));
                if (d < least) {
                    least = d;
                    best = choice;
                }
            }
        }
        return best;
    }

    /** Edits (insert, delete, replace, swap neighbours) that turn one word into the other. */
    public static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(d[i - 1][j - 1] + same, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, d[i - 2][j - 2] + 1);
                }
                d[i][j] = least;
            }
        }
        return d[a.length()][b.length()];
    }
}
