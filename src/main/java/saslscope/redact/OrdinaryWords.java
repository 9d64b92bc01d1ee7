package saslscope.redact;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import saslscope.definition.DefinitionException;
import saslscope.definition.Problems;
import saslscope.definition.Text;
import saslscope.definition.YamlFile;

/** Reads the words that may stay in any text: the file {@code redact.yaml} of each folder of definitions that has one. */
public final class OrdinaryWords {
    private OrdinaryWords() {
    }

    /**
     * The words of all folders, in lower case.
     *
     * @throws DefinitionException if a file is wrong
     */
    public static Set<String> load(List<Path> folders) throws DefinitionException {
        Problems problems = new Problems();
        Set<String> words = new HashSet<>();
        for (Path folder : folders) {
            Path file = folder.resolve("redact.yaml");
            if (Files.exists(file)) {
                YamlFile.read(file, problems).ifPresent(map -> {
                    for (Text text : map.allow("stay").texts("stay")) {
                        for (String word : text.value().strip().split("\\s+")) {
                            if (!word.matches("[\\p{L}\\p{N}]+")) {
                                problems.error(text, "'" + word + "' is not a word", "letters and digits only; write its parts");
                            }
                            words.add(word.toLowerCase(Locale.ROOT));
                        }
                    }
                });
            }
        }
        problems.throwIfFatal();
        return words;
    }
}
