package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No password of a verbose log, and nothing that is as good as one, comes out anywhere: in clear, in base64 at any place of a longer
 * response, or in hexadecimal. The log holds what smtpd, smtp, saslauthd, Dovecot and others write with their debug options on.
 */
class LeakTest {
    private static final Path SAMPLES = Path.of("src/test/resources/leaks");
    private static final Pattern INCIDENT = Pattern.compile("\"incident.id\":\"([^\"]+)\"");
    private static List<String> secrets;
    private static List<String> lines;

    @TempDir
    Path dir;

    @BeforeAll
    static void read() throws IOException {
        secrets = Files.readAllLines(SAMPLES.resolve("secrets"));
        lines = Files.readAllLines(SAMPLES.resolve("maillog"));
    }

    /** Every form of a secret that a reader could turn back. */
    private static List<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        List<String> forms = new ArrayList<>(List.of(secret, HexFormat.of().formatHex(bytes), HexFormat.of().withUpperCase().formatHex(bytes)));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String coded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The digits that mix with what stands before and behind are left out.
            int whole = shifted.length * 8 / 6;
            forms.add(coded.substring(before == 0 ? 0 : before + 1, whole));
        }
        return forms;
    }

    /** The secrets in a text, by the form in which they stand there; what a terminal's line breaks tear apart is put together. */
    private static Map<String, String> leaks(String text) {
        Map<String, String> found = new TreeMap<>();
        String joined = text.replaceAll("\\s+", "");
        for (String secret : secrets) {
            for (String form : forms(secret)) {
                int at = joined.indexOf(form);
                if (at >= 0) {
                    found.put(form, joined.substring(Math.max(0, at - 120), Math.min(joined.length(), at + form.length())));
                }
            }
        }
        return found;
    }

    @Test
    void theLogItselfHoldsEverySecret() {
        for (String secret : secrets) {
            String all = String.join("\n", lines);
            assertTrue(forms(secret).stream().anyMatch(all::contains), secret);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"password hunter2-LeaK", "a hunter2-\n    LeaK", "AGJvYgBodW50ZXIyLUxlYUs=", "aHVudGVyMi1MZWFL", "YWFodW50ZXIyLUxlYUthYQ==",
        "68756e746572322d4c65614b", "68756E746572322D4C65614B"})
    void theSearchFindsASecretInEveryForm(String text) {
        assertFalse(leaks(text).isEmpty());
    }

    private Runner runner() {
        Runner r = new Runner();
        r.env = Map.of("STATE_DIRECTORY", dir.resolve("index").toString(), "TERM", "xterm");
        return r;
    }

    private void clean(String... args) {
        Runner r = runner();
        clean(r, args);
    }

    private static void clean(Runner r, String... args) {
        int code = r.run(args);
        assertTrue(code == 0 || code == 1, () -> String.join(" ", args) + ": exit " + code + "\n" + r.err());
        assertEquals(Map.of(), leaks(r.out() + "\n" + r.err()), () -> String.join(" ", args));
    }

    private String log() throws IOException {
        Path log = dir.resolve("maillog");
        Files.copy(SAMPLES.resolve("maillog"), log);
        Files.setLastModifiedTime(log, FileTime.from(Runner.NOW));
        return log.toString();
    }

    @Test
    void nothingComesOutOfAnalyze() throws IOException {
        String log = log();
        clean("analyze", log);
        clean("analyze", "-v", log);
        for (String format : List.of("jsonl", "csv")) {
            clean("analyze", "-o", format, log);
            clean("analyze", "-o", format, "--events", log);
        }
    }

    @Test
    void nothingComesOutOfTheTerminalWhileFollowing() throws IOException {
        for (int columns : List.of(60, 200)) {
            Runner r = runner().stdin(Files.readAllBytes(SAMPLES.resolve("maillog")));
            r.outTty = true;
            r.columns = columns;
            clean(r, "follow", "-", "--no-index");
        }
        clean(runner().stdin(Files.readAllBytes(SAMPLES.resolve("maillog"))), "follow", "-", "--no-index", "-o", "jsonl");
    }

    @Test
    void nothingComesOutOfExplain() throws IOException {
        Map<String, String> shapes = new TreeMap<>();
        lines.stream().filter(l -> !leaks(l).isEmpty()).forEach(l -> shapes.put(l.substring(l.indexOf(": ")).replaceAll("[0-9]+", "").substring(0, 30), l));
        assertTrue(shapes.size() > 30, "shapes: " + shapes.size());
        for (String line : shapes.values()) {
            clean("explain", line);
        }
        // What is pasted often lacks the header.
        for (String line : shapes.values().stream().limit(5).toList()) {
            clean("explain", line.substring(line.indexOf(": ") + 2));
        }
        clean(runner().stdin(Files.readAllBytes(SAMPLES.resolve("maillog"))), "explain", "-");
    }

    @Test
    void nothingComesOutOfUnmatchedLines() throws IOException {
        String log = log();
        clean("patterns", "unmatched", log);
        clean("patterns", "unmatched", "-o", "jsonl", log);
    }

    @Test
    void nothingComesOutOfSuggestedPatterns() throws IOException {
        clean("patterns", "unmatched", "--suggest", log());
    }

    @Test
    void nothingComesOutOfARedactedLog() throws IOException {
        String log = log();
        clean("redact", log);
        clean("redact", "--pseudonymize", log);
    }

    @Test
    void nothingStandsInAReport() throws IOException {
        clean("analyze", "-q", "--store", log());
        Path page = dir.resolve("report.html");
        clean("report", "--to=" + page);
        assertTrue(Files.size(page) > 1_000, "no report");
        assertEquals(Map.of(), leaks(Files.readString(page)));
    }

    @Test
    void nothingIsStored() throws IOException {
        clean("analyze", "--store", log());
        clean("search");
        clean("search", "-o", "jsonl", "-n", "10000");
        clean("search", "-o", "csv", "-n", "10000", "type:event");
        clean("search", "-o", "jsonl", "-n", "10000", "type:event");
        clean("search", "--by=user");
        clean("search", "hunter2");
        clean("incidents");
        Runner list = runner();
        clean(list, "incidents", "-o", "jsonl");
        for (Matcher m = INCIDENT.matcher(list.out()); m.find();) {
            clean("incidents", "show", m.group(1));
        }
        for (String kind : List.of("incidents", "attempts", "events")) {
            for (String format : List.of("csv", "jsonl")) {
                clean("export", kind, "--format=" + format);
            }
        }
        StringBuilder all = new StringBuilder();
        int documents = readIndex(all);
        assertTrue(documents > 50, "documents: " + documents);
        assertEquals(Map.of(), leaks(all.toString()));
    }

    /** The bytes of the files, and what they hold when read: stored fields are compressed, terms share their beginnings. */
    private int readIndex(StringBuilder all) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> files = Files.walk(dir.resolve("index"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).append('\n');
                if (file.getFileName().toString().startsWith("segments_")) {
                    folders.add(file.getParent());
                }
            }
        }
        int documents = 0;
        for (Path folder : folders.stream().distinct().toList()) {
            try (FSDirectory directory = FSDirectory.open(folder); DirectoryReader reader = DirectoryReader.open(directory)) {
                documents += reader.numDocs();
                for (int i = 0; i < reader.maxDoc(); i++) {
                    reader.storedFields().document(i).forEach(f -> {
                        all.append(f.stringValue() == null ? "" : f.stringValue()).append('\n');
                        BytesRef bytes = f.binaryValue();
                        all.append(bytes == null ? "" : new String(bytes.bytes, bytes.offset, bytes.length, StandardCharsets.UTF_8)).append('\n');
                    });
                }
                for (LeafReaderContext leaf : reader.leaves()) {
                    for (FieldInfo field : leaf.reader().getFieldInfos()) {
                        terms(leaf.reader().terms(field.name), all);
                    }
                }
            }
        }
        return documents;
    }

    private static void terms(Terms terms, StringBuilder all) throws IOException {
        TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
        for (BytesRef term = each.next(); term != null; term = each.next()) {
            // Some terms are no text, such as addresses.
            String text = new String(term.bytes, term.offset, term.length, StandardCharsets.UTF_8);
            all.append(text).append('\n');
            // Words are stored in lower case.
            for (String secret : secrets) {
                assertFalse(text.contains(secret.toLowerCase(Locale.ROOT)), secret);
            }
        }
    }
}
