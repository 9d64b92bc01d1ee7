package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import saslscope.Golden;

/**
 * Every message of the catalogue (Postfix, Cyrus SASL, saslauthd, PAM, Dovecot, Cyrus IMAP) is recognised by one pattern, with the kind of
 * event that the catalogue's kind allows and with the fields of its row.
 */
class CatalogueTest {
    private static final int ROWS = 734;
    private static final Path CATALOGUE = Path.of("src/test/resources/saslscope/pattern/catalogue.tsv");
    /** What may become of a kind of the catalogue; its kinds are those of the text, ours are what a log's reader does with it. */
    private static final Map<String, Set<String>> KINDS = Map.of(
        // A verbose reply (trace) repeats a verdict that has a line of its own.
        "auth-failure", Set.of("auth-failed", "auth-aborted", "auth-refused", "login-failed", "verifier-failed", "verifier-detail",
            "disconnect", "trace"),
        "auth-success", Set.of("auth-succeeded", "login-succeeded", "verifier-succeeded", "verifier-detail", "disconnect", "trace"),
        "auth-detail", Set.of("auth-detail", "verifier-detail", "trace"),
        // Trouble that a library reports inside an attempt is a detail of it, at load time part of the process's start.
        "setup-error", Set.of("setup-error", "process-start", "auth-detail", "verifier-detail", "service-changed", "trace"),
        "protocol", Set.of("connect", "disconnect", "hangup", "trace", "tls-failed", "relay-denied", "sender-denied", "process-start",
            "service-changed", "auth-detail", "verifier-detail", "ignored"),
        "client-side", Set.of("outbound-failed", "outbound-detail", "setup-error", "trace"));
    /** Rows whose kind the catalogue got wrong, and why. */
    private static final Map<String, String> OTHER_KIND = Map.of(
        "smtpd-local-data-error-auth", "it ends an AUTH command with 421: a failure, not mere protocol (Postfix src/smtpd/smtpd.c, smtpd_proto())",
        "sasl-sasldb-delete", "only saslpasswd2 -d writes it, and of an entry that was not there: no server is set up wrongly");

    private static List<Row> rows;
    private static Programs programs;

    /**
     * @param program the syslog tag; for texts that only sasl_errdetail() shows, that of smtpd
     * @param kind    the catalogue's
     * @param fields  in the order of their capture, {@code name=value} joined with {@code ", "}
     */
    private record Row(String id, String program, String kind, String message, String pattern, String event, String fields) {
        String line() {
            return String.join("\t", id, program, kind, message, pattern, event, fields);
        }
    }

    @BeforeAll
    static void read() throws Exception {
        programs = new Programs(Patterns.builtIn().running());
        List<String> lines = Files.readAllLines(CATALOGUE);
        rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] c = line.split("\t", -1);
            rows.add(new Row(c[0], c[1], c[2], c[3], c[4], c[5], c[6]));
        }
        if (Golden.writing()) {
            rows.replaceAll(CatalogueTest::rewritten);
            Files.write(CATALOGUE, Stream.concat(Stream.of(lines.getFirst()), rows.stream().map(Row::line)).toList());
        }
    }

    /** The row as the patterns now see it; unchanged if not just one matches. */
    private static Row rewritten(Row row) {
        Map<String, String> found = matches(row);
        if (found.size() != 1) {
            return row;
        }
        String[] event = found.values().iterator().next().split(" ", 2);
        return new Row(row.id, row.program, row.kind, row.message, found.keySet().iterator().next(), event[0], event[1]);
    }

    @Test
    void allRowsAreHere() {
        assertEquals(ROWS, rows.size());
        assertEquals(ROWS, rows.stream().map(Row::id).distinct().count());
    }

    @TestFactory
    Stream<DynamicTest> oneEachWithItsKindAndFields() {
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.id(), () -> check(row)));
    }

    private static void check(Row row) {
        assertEquals(Map.of(row.pattern(), row.event() + " " + row.fields()), matches(row));
        assertEquals(OTHER_KIND.containsKey(row.id()), !KINDS.get(row.kind()).contains(row.event()), row.kind() + " became " + row.event());
    }

    /** All patterns of the program that match: event and fields by name. */
    private static Map<String, String> matches(Row row) {
        byte[] message = row.message().getBytes(StandardCharsets.UTF_8);
        Map<String, String> found = new TreeMap<>();
        for (Pattern p : programs.of(row.program()).all()) {
            Run run = new Run(message, 0, message.length);
            if (p.find(run)) {
                String fields = Captured.of(run, p).fields().toString();
                found.put(p.id(), p.definition().event().orElseThrow().text() + " " + fields.substring(1, fields.length() - 1));
            }
        }
        return found;
    }

    @Test
    void noSecretOfTheCatalogueIsKept() {
        for (Row row : rows) {
            assertTrue(!row.fields().contains("secret=") && !row.fields().contains("AGJvYgBzZWNyZXQ"), row.id());
        }
    }

    /** Messages of one format string share a pattern, so a text with other words in it is known as well. */
    @Test
    void patternsAreFewerThanRows() throws IOException {
        Set<String> used = new HashSet<>();
        rows.forEach(r -> used.add(r.pattern()));
        assertTrue(used.size() < ROWS - 100, "patterns used: " + used.size());
    }
}
