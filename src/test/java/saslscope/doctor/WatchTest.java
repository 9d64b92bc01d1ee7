package saslscope.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
import saslscope.attempt.Outcome;
import saslscope.diagnosis.Fact;
import saslscope.event.Origin;
import saslscope.source.LogFile;

/** Evidence of a host whose files change. */
class WatchTest {
    private static final Instant SETUP = Instant.parse("2026-11-22T16:00:00Z");

    @TempDir
    Path root;
    private final List<String> told = new ArrayList<>();
    private long nanos;

    @BeforeEach
    void host() throws IOException {
        write("etc/postfix/main.cf", "compatibility_level = 3.6\nmyhostname = mail.example.com\nsmtpd_sasl_local_domain = example.com\n", SETUP);
        write("etc/postfix/master.cf", "submission inet n - n - - smtpd -o syslog_name=postfix/submission -o smtpd_sasl_auth_enable=yes\n", SETUP);
        write("etc/postfix/sasl/smtpd.conf", "pwcheck_method: auxprop\nauxprop_plugin: sasldb\n", SETUP);
        write("etc/sasldb2", "", SETUP);
        write("etc/passwd", "postfix:x:1:2::/:\n", SETUP);
        write("etc/group", "postfix:x:2:\n", SETUP);
    }

    private void write(String path, String text, Instant changed) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(changed));
    }

    private Watch watch(boolean named) throws IOException {
        return new Watch(root, ZoneOffset.UTC, "alice@example.com: userPassword\nbob@example.org: userPassword\n", null, named, () -> nanos, told::add);
    }

    private static List<String> facts(Watch watch, String host, String login, String time) {
        Origin o = new Origin(Instant.parse(time).getEpochSecond() * 1_000_000, ZoneOffset.UTC, host, "postfix/submission/smtpd", 1, new LogFile("maillog", 1), 0, 1, 0,
            "SMTPD_SASL_AUTH_FAILED", Map.of(), "", 0, "");
        return watch.about(new Attempt("x", "sasl-auth", Outcome.FAILURE, Ending.REJECTED, false, null, login, login, null, "PLAIN", "authentication failure", o,
            List.of(), List.of(), List.of())).stream().filter(f -> List.of("host.user", "host.current", "host.asks").contains(f.name()))
            .map((Fact f) -> f.name() + "=" + f.value()).sorted().toList();
    }

    @Test
    void saysWhoIsAskedAndWhatItLists() throws IOException {
        Watch w = watch(false);
        assertEquals(List.of("host.asks=sasldb", "host.current=yes", "host.user=listed"), facts(w, "mail", "alice", "2026-11-22T17:00:00Z"));
        assertEquals(List.of("host.asks=sasldb", "host.current=yes", "host.user=other-realm"), facts(w, "mail", "bob", "2026-11-22T17:00:00Z"));
        assertEquals(List.of("host.asks=sasldb", "host.current=yes", "host.user=other-case"), facts(w, "mail", "Alice", "2026-11-22T17:00:00Z"));
        assertEquals(List.of("host.asks=sasldb", "host.current=yes", "host.user=unlisted"), facts(w, "mail", "carol", "2026-11-22T17:00:00Z"));
        assertEquals(List.of("host.asks=sasldb", "host.current=no", "host.user=listed"), facts(w, "mail", "alice", "2026-11-22T15:59:59Z"));
    }

    @Test
    void aHostOfAnotherNameIsNotThisOne() throws IOException {
        assertEquals(List.of(), facts(watch(true), "other", "alice", "2026-11-22T17:00:00Z"));
        assertEquals(3, facts(watch(true), "mail", "alice", "2026-11-22T17:00:00Z").size());
    }

    @Test
    void aChangedFileIsReadAgainAndTold() throws IOException {
        Watch w = watch(false);
        facts(w, "mail", "alice", "2026-11-22T17:00:00Z");
        write("etc/postfix/main.cf", "myhostname = mail.example.com\nsmtpd_sasl_local_domain = example.org\ncompatibility_level = 3.6\n", SETUP.plusSeconds(7_200));
        nanos += 1_000_000_000L;
        assertEquals("host.user=listed", facts(w, "mail", "alice", "2026-11-22T19:00:00Z").getLast(), "not looked at again so soon");
        nanos += 3_000_000_000L;
        assertEquals(List.of("host.asks=sasldb", "host.current=yes", "host.user=other-realm"), facts(w, "mail", "alice", "2026-11-22T19:00:00Z"));
        assertEquals(List.of("changed, and read again: /etc/postfix/main.cf"), told);
    }
}
