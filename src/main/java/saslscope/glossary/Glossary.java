package saslscope.glossary;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import saslscope.definition.DefinitionException;
import saslscope.definition.DefinitionFolder;
import saslscope.definition.Nearest;
import saslscope.definition.Problems;
import saslscope.definition.Text;
import saslscope.definition.YamlFile;
import saslscope.definition.YamlList;
import saslscope.definition.YamlMap;
import saslscope.definition.YamlNode;

/** All words that are known. Immutable. */
public final class Glossary {
    private static final int LONGEST = 2_000;
    private static final Pattern SIGNS = Pattern.compile("[\\s\"'\u2018\u2019\u201c\u201d`]+");

    /** The longest first. */
    private final List<Phrase> phrases;

    private Glossary(List<Phrase> phrases) {
        this.phrases = phrases;
    }

    /**
     * Reads {@code words/*.yaml} of each folder. What a later folder says of a phrase replaces what an earlier one says.
     *
     * @param causes the codes that entries may name
     * @throws DefinitionException with everything that is wrong
     */
    public static Glossary load(List<Path> folders, Set<String> causes) throws DefinitionException {
        Problems problems = new Problems();
        Map<String, Phrase> phrases = new HashMap<>();
        for (Path folder : folders) {
            Map<String, Phrase> own = new HashMap<>();
            Path words = folder.resolve("words");
            for (Path file : Files.isDirectory(words) ? DefinitionFolder.files(words, ".yaml", problems) : List.<Path>of()) {
                YamlFile.readAny(file, problems).ifPresent(root -> read(root, causes, problems, own));
            }
            phrases.putAll(own);
        }
        problems.throwIfFatal();
        return new Glossary(phrases.values().stream()
            .sorted(Comparator.comparingInt((Phrase p) -> p.text().length()).reversed().thenComparing(Phrase::text)).toList());
    }

    private static void read(YamlNode root, Set<String> causes, Problems problems, Map<String, Phrase> to) {
        if (!(root instanceof YamlList list)) {
            problems.error(root.at(), "the file must hold a list of words", "begin each with '- says: ...'");
            return;
        }
        for (YamlNode item : list.items()) {
            if (item instanceof YamlMap map) {
                word(map.allow("says", "by", "means", "causes", "do"), causes, problems, to);
            } else {
                problems.error(item.at(), "a word must be a map", "begin it with '- says: ...'");
            }
        }
    }

    private static void word(YamlMap map, Set<String> causes, Problems problems, Map<String, Phrase> to) {
        List<Text> says = map.texts("says");
        if (says.isEmpty()) {
            problems.error(map.at(), "'says' is missing", "add a line 'says: ...' with the words as people meet them");
        }
        List<String> codes = new ArrayList<>();
        for (Text code : map.texts("causes")) {
            if (!causes.contains(code.value())) {
                problems.error(code, "there is no cause '" + code.value() + "'", Nearest.help(code.value(), causes));
            }
            codes.add(code.value());
        }
        Word word = new Word(says.stream().map(Text::value).toList(), map.text("by"), line(map.text("means")), List.copyOf(codes),
            line(map.text("do", "")));
        for (Text phrase : says) {
            String plain = plain(phrase.value());
            if (plain.replace("*", "").isBlank()) {
                problems.error(phrase, "a phrase without words fits everything", "write at least one word");
            } else if (to.put(plain, new Phrase(plain, word)) != null) {
                problems.error(phrase, "'" + phrase.value() + "' stands here twice", "keep one of them");
            }
        }
    }

    private static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String plain(String text) {
        return SIGNS.matcher(text.length() > LONGEST ? text.substring(0, LONGEST) : text).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The words that a text holds, the longest phrase first. Of two phrases at one place the longer one counts. A phrase of one word
     * counts only if the text is nothing else, or the word is a code that nobody writes by chance.
     */
    public List<Word> find(String text) {
        String plain = plain(text);
        Set<Word> found = new LinkedHashSet<>();
        List<Phrase.Place> taken = new ArrayList<>();
        for (Phrase p : phrases) {
            boolean alone = p.single() && !code(p.text());
            Phrase.Place at = alone && !plain.equals(p.text()) ? null : p.find(plain);
            if (at != null && taken.stream().noneMatch(at::overlaps)) {
                taken.add(at);
                found.add(p.word());
            }
        }
        return List.copyOf(found);
    }

    private static boolean code(String word) {
        return word.length() >= 8 && word.chars().anyMatch(Character::isDigit) && word.matches("[a-z0-9=]+");
    }

    /** All phrases of one word, for suggestions. */
    public List<String> names() {
        return phrases.stream().filter(Phrase::single).map(Phrase::text).toList();
    }
}
