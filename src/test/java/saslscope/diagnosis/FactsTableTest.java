package saslscope.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of facts in patterns/causes/README.md is what the loader knows. */
class FactsTableTest {
    @Test
    void theTableNamesEveryFactAndNoOther() throws IOException {
        String text = Files.readString(Path.of("patterns/causes/README.md"));
        Matcher rows = Pattern.compile("^\\| `([a-z.]+)(?:NAME)?` \\|", Pattern.MULTILINE).matcher(text.substring(text.indexOf("## Facts")));
        Set<String> told = new TreeSet<>();
        while (rows.find()) {
            told.add(rows.group(1));
        }
        // Those of a family are told one by one as well.
        told.removeIf(t -> CauseReader.FAMILIES.stream().anyMatch(f -> t.length() > f.length() && t.startsWith(f)));
        Set<String> known = new TreeSet<>(CauseReader.FACTS);
        known.addAll(CauseReader.FAMILIES);
        assertEquals(known, told);
    }
}
