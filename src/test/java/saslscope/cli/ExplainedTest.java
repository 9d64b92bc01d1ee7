package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people paste: lines of logs, of mail programs and of programs that send mail, as they stand in forums and bug reports, and the cause
 * that {@code explain} must name first. In the table {@code \\n} is a line break; a pattern is named where the text holds log lines.
 */
class ExplainedTest {
    /** The first code under a heading that lists causes, the diagnosis before all. */
    private static final Pattern FIRST = Pattern.compile("(?m)^  (?:%s) +([a-z][a-z0-9-]+):");

    static Stream<String[]> queries() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/explain/queries.tsv")).stream().map(l -> l.split("\t"));
    }

    private static String first(String out, String headings) {
        Matcher m = Pattern.compile(FIRST.pattern().formatted(headings)).matcher(out);
        return m.find() ? m.group(1) : "none";
    }

    @ParameterizedTest
    @MethodSource("queries")
    void theFirstCauseIsTheRightOne(String query, String pattern, String cause) {
        Runner r = new Runner().stdin(query.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));
        r.columns = 400;
        assertEquals(Exit.DONE, r.run("explain", "-"), r.out() + r.err());
        String out = r.out();
        assertTrue(pattern.equals("-") || out.contains("  Pattern   " + pattern + " "), out);
        int at = out.indexOf("Diagnosis");
        assertEquals(cause, at < 0 ? first(out, "Causes") : first(out.substring(at), "Cause|Proven|Supported|Possible"), out);
    }
}
