package saslscope.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import saslscope.Golden;
import saslscope.diagnosis.Causes;
import saslscope.pattern.PatternInfo;
import saslscope.pattern.PatternSet;

/** Snapshots of real hosts, and hosts of a few texts. */
class DoctorTest {
    private static final Path HOSTS = Path.of("src/test/resources/hosts");
    private static Findings definitions;

    @TempDir
    Path dir;

    @BeforeAll
    static void load() throws Exception {
        List<Path> folders = List.of(Path.of("patterns"));
        Set<String> names = PatternSet.load(folders).patterns().stream().map(PatternInfo::name).collect(Collectors.toSet());
        definitions = Findings.load(folders, Causes.load(folders, names));
    }

    static Stream<String> hosts() throws IOException {
        try (Stream<Path> s = Files.list(HOSTS)) {
            return s.filter(Files::isDirectory).map(p -> p.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static Examination look(Path folder) throws IOException {
        return Examination.of(Examination.root(folder, ZoneOffset.UTC), null);
    }

    private static String text(List<Finding> findings) {
        StringBuilder b = new StringBuilder();
        for (Finding f : findings) {
            b.append(f.status().word()).append(' ').append(f.id()).append(f.cause() == null ? "" : " [" + f.cause() + "]").append(' ').append(f.services())
                .append("\n  ").append(f.place()).append("\n  ").append(f.text()).append('\n');
        }
        return b.toString();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void saysWhatIsWrong(String name) throws IOException {
        Golden.check("hosts/" + name + ".expected", text(look(HOSTS.resolve(name)).findings(definitions)));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aSavedSnapshotSaysTheSameAndHoldsNoPassword(String name) throws IOException {
        Examination seen = look(HOSTS.resolve(name));
        Path copy = dir.resolve("copy");
        seen.save(copy, Instant.parse("2026-11-22T18:00:00Z"));
        assertEquals(text(seen.findings(definitions)), text(look(copy).findings(definitions)));
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path f : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(f);
                assertFalse(text.contains("sqlpass") || text.contains("Alice-Winter"), f + " holds a password");
            }
        }
    }

    private static final String SMTPD = "submission inet n - n - - smtpd -o smtpd_sasl_auth_enable=yes\n";
    private static final String PLUGINS = "/usr/lib/x86_64-linux-gnu/sasl2/lib";

    /** A healthy host with saslauthd, with one text replaced or taken away. */
    private static Set<String> faults(String path, String text) {
        Map<String, String> texts = new HashMap<>(Map.of("/etc/postfix/main.cf", "compatibility_level = 3.6\nmyhostname = mail.example.com\n",
            "/etc/postfix/master.cf", SMTPD, "/etc/postfix/sasl/smtpd.conf", "pwcheck_method: saslauthd\nmech_list: PLAIN LOGIN\n",
            PLUGINS + "plain.so", "", PLUGINS + "login.so", "", PLUGINS + "sasldb.so", "", "/var/run/saslauthd/mux", "",
            "id postfix", "uid=1(postfix) gid=1(postfix) groups=1(postfix)", Command.PROCESSES.line(),
            "Sun Nov 22 16:50:13 2026 root /usr/sbin/saslauthd -a shadow -m /var/run/saslauthd\nSun Nov 22 16:50:13 2026 root /usr/lib/postfix/sbin/master -w\n"));
        if (path != null) {
            if (text == null) {
                texts.remove(path);
            } else {
                texts.put(path, text);
            }
        }
        return Examination.of(new FakeRoot(texts), null).findings(definitions).stream().filter(f -> f.status() == Finding.Status.FAULTY).map(Finding::id).collect(Collectors.toSet());
    }

    @Test
    void nothingIsFaultyOnAHealthyHost() {
        assertEquals(Set.of(), faults(null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "GONE", value = {
        "/etc/postfix/sasl/smtpd.conf | 'pwcheck_method: sasldb' | pwcheck-unknown",
        "/etc/postfix/sasl/smtpd.conf | 'pwcheck_method saslauthd' | smtpd-conf-broken",
        "/etc/postfix/sasl/smtpd.conf | 'pwcheck_method: auxprop' | sasldb-absent",
        "/etc/postfix/sasl/smtpd.conf | 'auxprop_plugin: sql' | auxprop-plugin-missing",
        "/etc/postfix/sasl/smtpd.conf | 'mech_list: GSSAPI' | mechanisms-none",
        "/etc/postfix/main.cf | 'smtpd_sasl_security_options = noplaintext, noanonymous' | mechanisms-none",
        "/etc/postfix/main.cf | 'smtpd_sasl_mechanism_filter = !plain, !login' | mechanisms-none",
        "/etc/postfix/main.cf | 'smtpd_sasl_type = dovcot' | sasl-type-unknown",
        "/etc/postfix/main.cf | 'smtpd_sasl_path = private/auth' | socket-with-cyrus",
        "/etc/postfix/main.cf | 'smtpd_tls_auth_only = yes' | tls-needed-not-offered",
        "/etc/postfix/main.cf | 'smtpd_discard_ehlo_keywords = silent-discard, AUTH' | auth-hidden-from-all",
        "/etc/postfix/main.cf | 'mynetworks = 0.0.0.0/0' | mynetworks-wide",
        "/etc/postfix/main.cf | 'smtpd_use_tls = yes' | obsolete",
        "/etc/postfix/main.cf | 'smtpd_recipient_restrictions = check_relay_domains' | obsolete",
        "/etc/postfix/main.cf | 'smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination' | login-useless",
        "/etc/postfix/main.cf | 'smtpd_relay_restrictions = reject_unauth_destination, permit_sasl_authenticated' | login-refused-first",
        "/etc/postfix/master.cf | 'submission inet n - n - - smtpd' | auth-off-submission",
        "/etc/postfix/master.cf | 'submission inet n - y - - smtpd -o smtpd_sasl_auth_enable=yes' | saslauthd-outside-chroot",
        "ps -axo lstart,user,args | 'Sun Nov 22 16:50:13 2026 root /usr/lib/postfix/sbin/master -w' | saslauthd-not-running",
        "ps -axo lstart,user,args | 'Sun Nov 22 16:50:13 2026 root /usr/sbin/saslauthd -a shadow -r' | saslauthd-names-with-realm",
        "ps -axo lstart,user,args | 'Sun Nov 22 16:50:13 2026 root /usr/sbin/saslauthd -a rimap' | saslauthd-no-server"})
    void findsOneFaultAmongWhatIsRight(String path, String text, String expected) {
        assertTrue(faults(path, text).contains(expected), expected + " is missing in " + faults(path, text));
    }

    @Test
    void rulesNameOnlyFactsThatAreNoted() throws IOException {
        StringBuilder java = new StringBuilder();
        StringBuilder rules = new StringBuilder(Files.readString(Path.of("patterns/doctor.yaml")));
        try (Stream<Path> s = Files.list(Path.of("src/main/java/saslscope/doctor")); Stream<Path> c = Files.list(Path.of("patterns/causes"))) {
            for (Path f : s.toList()) {
                java.append(Files.readString(f));
            }
            for (Path f : c.filter(p -> p.toString().endsWith(".yaml")).toList()) {
                rules.append(Files.readString(f));
            }
        }
        Matcher m = Pattern.compile("\\bhost\\.([a-z]+(?:[.-][a-z]+)*):").matcher(rules);
        while (m.find()) {
            String fact = m.group(1);
            // The names of the two files are handed on as they are.
            assertTrue(java.indexOf("note(\"" + fact + "\"") >= 0 || java.indexOf("\"host." + fact + "\"") >= 0 || fact.endsWith(".cf"), "nobody notes host." + fact);
        }
    }

    @Test
    void whatCannotBeReadIsNotCalledFine() {
        List<Finding> findings = Examination.of(new FakeRoot(Map.of()), null).findings(definitions);
        assertEquals(List.of(), findings.stream().filter(f -> f.status() == Finding.Status.FINE).toList());
        assertTrue(findings.stream().anyMatch(f -> f.id().equals("main-cf-absent")));
    }
}
