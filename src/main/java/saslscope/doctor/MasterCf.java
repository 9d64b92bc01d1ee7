package saslscope.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The services of master.cf (master/master_ent.c). */
final class MasterCf {
    private static final int FIELDS = 8;

    private MasterCf() {
    }

    /**
     * A service as written.
     *
     * @param chroot    {@code y}, {@code n} or {@code -}
     * @param overrides of {@code -o}, the last of several wins
     * @param verbose   whether {@code -v} is among its arguments
     */
    record Entry(String name, String type, String chroot, String command, Map<String, Setting> overrides, boolean verbose, String place) {
    }

    /** The services in their order; what has too few fields is left out. */
    static List<Entry> parse(String text, String path) {
        List<Entry> entries = new ArrayList<>();
        for (LogicalLines.Joined line : LogicalLines.of(text)) {
            List<String> words = words(line.text());
            if (words.size() < FIELDS) {
                continue;
            }
            String place = path + ":" + line.number();
            Map<String, Setting> overrides = new LinkedHashMap<>();
            boolean verbose = false;
            for (int i = FIELDS; i < words.size(); i++) {
                String word = words.get(i);
                if (word.startsWith("-o")) {
                    String value = word.length() > 2 ? word.substring(2) : ++i < words.size() ? words.get(i) : "";
                    String[] pair = MainCf.split(value);
                    if (pair != null) {
                        overrides.put(pair[0], new Setting(pair[1], path + ":" + place(text, line.number(), pair[0])));
                    }
                } else {
                    verbose |= word.matches("-v+");
                }
            }
            entries.add(new Entry(words.get(0), words.get(1), words.get(4), words.get(7), overrides, verbose, place));
        }
        return List.copyOf(entries);
    }

    /** The line of a service on which an option stands. */
    private static int place(String text, int from, String name) {
        String[] lines = text.split("\n", -1);
        for (int i = from - 1; i < lines.length; i++) {
            if (i >= from && !lines[i].isEmpty() && !Character.isWhitespace(lines[i].charAt(0)) && lines[i].charAt(0) != '#') {
                break;
            }
            if (lines[i].contains("-o") && lines[i].contains(name)) {
                return i + 1;
            }
        }
        return from;
    }

    /** Words between blanks; {@code { ... }} is one word, without the braces and the blanks inside them. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            if (Character.isWhitespace(line.charAt(i))) {
                i++;
                continue;
            }
            int level = 0;
            int start = i;
            while (i < line.length() && (level > 0 || !Character.isWhitespace(line.charAt(i)))) {
                char c = line.charAt(i++);
                level += c == '{' ? 1 : c == '}' && level > 0 ? -1 : 0;
            }
            String word = line.substring(start, i);
            words.add(words.size() >= FIELDS && word.startsWith("{") && word.endsWith("}") ? word.substring(1, word.length() - 1).strip() : word);
        }
        return words;
    }
}
