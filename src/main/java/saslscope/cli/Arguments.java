package saslscope.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The words of a command line, with the command first.
 *
 * @param typed   as typed
 * @param command the command's name; null if there is none
 * @param words   rearranged: the command before its options, {@code help X} as {@code X --help}, and {@code follow} where
 *                nothing was named and something is piped in
 */
record Arguments(List<String> typed, String command, String[] words) {
    private static final Set<String> TAKES_VALUE = Set.of("--color", "-o", "--output", "--index", "--patterns", "--timezone",
        "--year", "--since", "--until");

    /** Rearranges what was typed. */
    static Arguments of(String[] typed, boolean inTty) {
        List<String> words = new ArrayList<>(Arrays.asList(typed));
        int at = commandAt(words);
        if (at >= 0 && words.get(at).equals("help")) {
            words.remove(at);
            at = commandAt(words);
            words.add("--help");
        }
        boolean asks = words.contains("-h") || words.contains("--help") || words.contains("--version");
        if (at < 0 && !inTty && !asks && words.stream().allMatch(w -> w.startsWith("-") || valueBefore(words, w))) {
            words.addFirst("follow");
            at = 0;
        }
        if (at < 0) {
            return new Arguments(List.of(typed), null, words.toArray(String[]::new));
        }
        String command = words.get(at);
        int end = at + 1;
        if (end < words.size() && Commands.nested(command).contains(words.get(end))) {
            end++;
        }
        List<String> ordered = new ArrayList<>(words.subList(at, end));
        ordered.addAll(words.subList(0, at));
        ordered.addAll(words.subList(end, words.size()));
        return new Arguments(List.of(typed), command, ordered.toArray(String[]::new));
    }

    /** Index of the first word that is neither an option nor the value of one, if it names a command; else -1. */
    private static int commandAt(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (TAKES_VALUE.contains(word)) {
                i++;
            } else if (!word.startsWith("-") || word.equals("-")) {
                return Commands.NAMES.contains(word) || word.equals("help") ? i : -1;
            }
        }
        return -1;
    }

    private static boolean valueBefore(List<String> words, String word) {
        int at = words.indexOf(word);
        return at > 0 && TAKES_VALUE.contains(words.get(at - 1));
    }

    /** True if an option of that name was typed. */
    boolean has(String option) {
        return typed.stream().anyMatch(w -> w.equals(option) || w.startsWith(option + "="));
    }
}
