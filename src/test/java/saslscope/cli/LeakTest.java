package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import java.util.stream.Collectors;
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
import saslscope.probe.FakeServer;

/**
 * No password of a verbose log, and nothing that is as good as one, comes out anywhere: in clear, in base64 at any place of a longer
 * response, or in hexadecimal. The log holds what smtpd, smtp, saslauthd, Dovecot and others write with their debug options on.
 */
class LeakTest {
    private static final Path SAMPLES = Path.of("src/test/resources/leaks");
    private static final int BEGINNING = 4;
    private static final Pattern INCIDENT = Pattern.compile("\"incident.id\":\"([^\"]+)\"");
    private static List<String> secrets;
    private static List<String> lines;
    /** All forms of all secrets by their first characters. */
    private static Map<String, List<String>> looked;

    @TempDir
    Path dir;

    @BeforeAll
    static void read() throws IOException {
        secrets = Files.readAllLines(SAMPLES.resolve("secrets"));
        lines = Files.readAllLines(SAMPLES.resolve("maillog"));
        looked = secrets.stream().flatMap(secret -> forms(secret).stream()).collect(Collectors.groupingBy(f -> f.substring(0, BEGINNING)));
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
        String joined = text.replaceAll("\\s+", "");
        Map<String, String> found = new TreeMap<>();
        // One pass for all forms: most places hold the first characters of none.
        for (int at = 0; at + BEGINNING <= joined.length(); at++) {
            for (String form : looked.getOrDefault(joined.substring(at, at + BEGINNING), List.of())) {
                if (joined.startsWith(form, at)) {
                    found.putIfAbsent(form, joined.substring(Math.max(0, at - 120), at + form.length()));
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

    /** A host that holds each secret wherever administrators write passwords. */
    private Path host() throws IOException {
        Map<String, String> files = new TreeMap<>();
        files.put("main.cf", "smtpd_sasl_auth_enable = yes\nsmtpd_sasl_path = smtpd\n");
        files.put("master.cf", "smtp inet n - n - - smtpd\nsubmission inet n - n - - smtpd\n  -o smtpd_sasl_type=dovecot -o smtpd_sasl_path=private/auth\n");
        for (String secret : secrets) {
            files.merge("main.cf", "smtp_sasl_password_maps = static:alice:" + secret + ", inline:{{relay=alice:" + secret + "}}, texthash:/etc/postfix/relays\n"
                + "virtual_mailbox_maps = pgsql:/etc/postfix/users.cf, ldap:/etc/postfix/people.cf\n", String::concat);
            files.merge("relays", "relay.example.net alice:" + secret + "\n", String::concat);
            files.merge("users.cf", "user = mail\npassword = " + secret + "\n", String::concat);
            files.merge("people.cf", "bind_dn = cn=mail\nbind_pw = " + secret + "\n", String::concat);
            files.merge("sasl/smtpd.conf", "pwcheck_method: auxprop saslauthd\nsql_passwd: " + secret + "\nldapdb_pw: " + secret + "\nldapdb_uri: ldap://cn:" + secret
                + "@localhost/\n", String::concat);
            files.merge("../saslauthd.conf", "ldap_bind_pw: " + secret + "\nldap_password: " + secret + "\n", String::concat);
            files.merge("../default/saslauthd", "START=yes\nMECHANISMS=\"ldap\"\nOPTIONS=\"-c -O password=" + secret + "\"\n", String::concat);
            files.merge("../pam.d/smtp", "auth required pam_mysql.so user=mail passwd=" + secret + " host=localhost\n", String::concat);
            files.merge("../dovecot/dovecot.conf", "passdb {\n  driver = static\n  args = password=" + secret + "\n}\ndoveadm_password = " + secret + "\n", String::concat);
            files.merge("../dovecot/users", "alice:{PLAIN}" + secret + ":::\n", String::concat);
        }
        Path host = dir.resolve("host");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = host.resolve("etc/postfix").resolve(file.getKey()).normalize();
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return host;
    }

    @Test
    void nothingComesOutOfDoctorOrStandsInASnapshot() throws IOException {
        Path host = host();
        Path saved = dir.resolve("saved");
        clean("doctor", "--host-root=" + host);
        clean("doctor", "-v", "--host-root=" + host);
        clean("doctor", "-o", "jsonl", "--host-root=" + host, "--save=" + saved);
        clean("doctor", "--host-root=" + saved);
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(saved)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        for (String read : List.of("smtpd_sasl_path", "ldapdb_pw: ****")) {
            assertTrue(all.indexOf(read) >= 0, () -> read + " in\n" + all);
        }
        assertEquals(Map.of(), leaks(all.toString()));
        clean("analyze", "--host-root=" + host, log());
    }

    /** A server that says back what it hears. */
    private static void echo(FakeServer.Peer p) throws Exception {
        p.greet("AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2");
        for (String line = p.hear(); line != null && line.startsWith("AUTH"); line = p.hear()) {
            if (line.startsWith("AUTH LOGIN")) {
                p.say("334 VXNlcm5hbWU6");
                p.hear();
                p.say("334 UGFzc3dvcmQ6");
                line = p.hear();
            } else if (line.startsWith("AUTH CRAM")) {
                p.say("334 PDEyM0BtYWlsPg==");
                line = p.hear();
            }
            String response = line.substring(line.lastIndexOf(' ') + 1);
            p.say("535-5.7.8 " + line, "535 5.7.8 No: " + new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8).replace('\0', ' '));
        }
    }

    @Test
    void nothingComesOutOfProbe() throws Exception {
        Path log = Files.writeString(dir.resolve("maillog"), "");
        try (FakeServer server = new FakeServer(p -> {
            Files.writeString(log, String.join("\n", lines).replaceAll("(\\S+)\\[127\\.0\\.0\\.\\d+\\]", "localhost[127.0.0.1]") + "\n", StandardOpenOption.APPEND);
            echo(p);
        })) {
            for (String secret : secrets) {
                Runner r = runner();
                r.env = Map.of("TERM", "xterm", Password.VARIABLE, secret);
                String at = "localhost:" + server.port();
                clean(r, "probe", at, "--user=alice", "--all-mechanisms", "--log=none");
                assertTrue(r.out().contains("C: AUTH PLAIN") && r.out().contains("LOGIN"), r.out());
                clean(r, "probe", at, "--user=alice", "--mechanism=XOAUTH2", "--log=none");
                clean(r, "probe", at, "--user=alice", "-o", "jsonl", "--all-mechanisms", "--log=none");
            }
            Runner r = runner();
            r.env = Map.of("TERM", "xterm", Password.VARIABLE, secrets.getFirst());
            clean(r, "probe", "localhost:" + server.port(), "-v", "--user=alice", "--log=" + log);
            clean(r, "probe", "localhost:" + server.port(), "-v", "--user=alice", "-o", "jsonl", "--log=" + log);
        }
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
