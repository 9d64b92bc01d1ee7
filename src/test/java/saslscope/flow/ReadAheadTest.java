package saslscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import saslscope.syslog.SyslogParser;

/** Reading on threads of their own changes nothing but the time it takes. */
class ReadAheadTest {
    private static final List<String> LOGS = List.of("sample-logs/02-saslauthd-down.log", "sample-logs/04-guessing-attack.log",
        "src/test/resources/leaks/maillog");

    private static Run whole(String log) throws Exception {
        Run r = new Run();
        addWhole(r, "log0", log);
        return r;
    }

    private static void addWhole(Run r, String name, String log) {
        r.flow.addWhole(new TextStream(name, Run.MODIFIED, log), new SyslogParser(ZoneOffset.UTC, OptionalInt.empty()), f -> List.of());
    }

    @Test
    void severalLogsAndLoginDialoguesAreUnderstoodAsWithoutIt() throws Exception {
        Run plain = new Run();
        Run ahead = new Run();
        for (int i = 0; i < LOGS.size(); i++) {
            String log = Files.readString(Path.of(LOGS.get(i)));
            plain.add(new TextStream("log" + i, Run.MODIFIED, log));
            addWhole(ahead, "log" + i, log);
        }
        plain.run();
        ahead.run();
        assertTrue(plain.attempts.stream().anyMatch(a -> a.attempt().login() != null));
        assertEquals(plain.attempts.stream().map(a -> a.attempt().id() + a.attempt().login() + a.diagnosis()).toList(),
            ahead.attempts.stream().map(a -> a.attempt().id() + a.attempt().login() + a.diagnosis()).toList());
        assertEquals(plain.flow.ledger(), ahead.flow.ledger());
    }

    @Test
    void whatWasReadButNotLookedAtWhenTheRunIsEndedCountsNowhere() throws Exception {
        Run r = whole("Nov 22 10:00:00 mail postfix/smtpd[7]: warning: unknown[192.0.2.7]: SASL LOGIN authentication failed: generic failure\n".repeat(5_000));
        int[] asked = {0};
        r.flow.run(() -> asked[0]++ == 100, () -> Flow.Due.NOTHING);
        assertEquals(100, r.flow.ledger().read());
        assertEquals(100, r.flow.ledger().matched());
        assertEquals(0, r.flow.ledger().irrelevant());
    }
}
