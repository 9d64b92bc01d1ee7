package saslscope.doctor;

import java.util.List;
import java.util.Locale;

/**
 * A mechanism filter: words in order, the first that fits decides, {@code !} refuses, {@code static:rest} fits all, and what fits nothing is
 * refused (smtpd_sasl_glue.c, string_list_match()).
 *
 * @param complete false if a table or a file is among the words, which is not looked into
 */
record MechanismFilter(List<String> words, boolean complete) {
    static MechanismFilter of(List<String> words) {
        return new MechanismFilter(words, words.stream().noneMatch(w -> table(bare(w))));
    }

    private static String bare(String word) {
        return word.startsWith("!") ? word.substring(1) : word;
    }

    private static boolean table(String word) {
        return word.startsWith("/") || word.contains(":") && !word.startsWith("static:");
    }

    /** Whether it certainly keeps a mechanism back. */
    boolean refuses(String mechanism) {
        if (words.isEmpty()) {
            return false;
        }
        for (String word : words) {
            String bare = bare(word);
            if (table(bare)) {
                return false;
            }
            if (bare.startsWith("static:") || bare.toUpperCase(Locale.ROOT).equals(mechanism)) {
                return word.startsWith("!");
            }
        }
        return true;
    }
}
