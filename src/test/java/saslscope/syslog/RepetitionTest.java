package saslscope.syslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import saslscope.source.Line;
import saslscope.source.LogFile;

class RepetitionTest {
    private static final String VERDICT = "warning: unknown[127.0.0.5]: SASL LOGIN authentication failed: authentication "
        + "failure, sasl_username=alice@example.com";
    private static final String FIRST = "Nov 22 17:02:33 mail postfix/submission/smtpd[6772]: " + VERDICT;
    private static final String AGAIN = "Nov 22 17:02:34 mail last message repeated 5 times";

    private final Log log = Log.modified("2026-11-22T18:00");

    @Test
    void rsyslogQuotesTheMessage() {
        assertEquals("2026-11-22T17:02:34Z|mail|postfix/submission/smtpd|6772|5x|" + VERDICT, Log.shown(log.read(
            "Nov 22 17:02:34 mail postfix/submission/smtpd[6772]: message repeated 5 times: [ " + VERDICT + "]")));
    }

    @Test
    void rsyslogQuotesSaslauthdsBlanksToo() {
        String message = " ".repeat(16) + ": auth failure: [user=alice]";
        assertEquals(message, log.read("Nov 22 17:02:34 mail saslauthd[1]: message repeated 2 times: [ " + message + "]")
            .message());
    }

    @Test
    void rsyslogInRfc5424() {
        assertEquals("2026-11-22T17:02:34Z|mail|postfix|6772|5x|" + VERDICT, Log.shown(log.read(
            "<22>1 2026-11-22T17:02:34Z mail postfix 6772 - -  message repeated 5 times: [ " + VERDICT + "]")));
    }

    @Test
    void lastMessageIsThatOfTheLineBefore() {
        log.read(FIRST);
        assertEquals("2026-11-22T17:02:34Z|mail|postfix/submission/smtpd|6772|5x|" + VERDICT, Log.shown(log.read(AGAIN)));
    }

    @Test
    void freeBsdSpeaksAsSyslogdAndKnowsTheSingular() {
        log.read(FIRST);
        assertEquals("2026-11-22T17:02:34Z|mail|postfix/submission/smtpd|6772||" + VERDICT,
            Log.shown(log.read("Nov 22 17:02:34 mail syslogd: last message repeated 1 time")));
        assertEquals(3, log.read("Nov 22 17:02:36 mail syslogd: last message repeated 3 times").repeat());
    }

    @Test
    void lastMessageMayBeSaidAgainAndAgain() {
        log.read(FIRST);
        log.read(AGAIN);
        assertEquals("2026-11-22T17:12:34Z|mail|postfix/submission/smtpd|6772|70x|" + VERDICT,
            Log.shown(log.read("Nov 22 17:12:34 mail last message repeated 70 times")));
    }

    @Test
    void recordStandsOnTheLineThatRepeats() {
        log.read(FIRST);
        assertEquals(2, log.read(AGAIN).line().number());
    }

    @Test
    void lastMessageWithoutTheLineBeforeIsPlain() {
        String plain = "2026-11-22T17:02:34Z|mail||-1||last message repeated 5 times";
        assertEquals(plain, Log.shown(log.read(AGAIN)));
        log.read(FIRST);
        log.skipTo(5000);
        assertEquals(plain, Log.shown(log.read(AGAIN)));
        log.read(FIRST);
        log.read("no header");
        assertEquals(plain, Log.shown(log.read(AGAIN)));
    }

    @Test
    void lastMessageOfAnotherFileIsNotTaken() {
        SyslogParser parser = new SyslogParser(ZoneOffset.UTC, OptionalInt.of(2026));
        parser.part(() -> 0, List.of());
        parser.parse(new Line(new LogFile("maillog.1", 1), 0, 1, Log.bytes(FIRST), false));
        assertEquals(1, parser.parse(new Line(new LogFile("maillog", 2), 0, 2, Log.bytes(AGAIN), false)).repeat());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000001", "99999999999999999999", "", "five", "5x", "+5"})
    void sillyCountIsPlain(String count) {
        log.read(FIRST);
        SyslogRecord last = log.read("Nov 22 17:02:34 mail last message repeated " + count + " times");
        assertEquals("last message repeated " + count + " times", last.message());
        assertEquals(1, last.repeat());
        SyslogRecord quoted = log.read("Nov 22 17:02:34 mail t[1]: message repeated " + count + " times: [ x]");
        assertEquals("message repeated " + count + " times: [ x]", quoted.message());
        assertEquals(1, quoted.repeat());
    }

    @Test
    void greatestCountIsTaken() {
        assertEquals(1_000_000, log.read("Nov 22 17:02:34 mail t[1]: message repeated 1000000 times: [ x]").repeat());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "warning: message repeated 5 times: [ x]", "message repeated 5 times: [ x", "message repeated 5 times: x",
        "message repeated 5 times", "message repeated 5 times: [ x] ", "message repeated 5 times:",
        "x last message repeated 5 times", "last message repeated 5 times", "message repeated 5 times: ]",
    })
    void wordsInsideAMessageRepeatNothing(String message) {
        log.read(FIRST);
        SyslogRecord r = log.read("Nov 22 17:02:34 mail postfix/smtpd[1]: " + message);
        assertEquals(message, r.message());
        assertEquals(1, r.repeat());
    }

    @ParameterizedTest
    @ValueSource(strings = {"last message repeated 5 times!", "last message repeated 5 timesx", "the last message repeated 5 times"})
    void moreThanTheWordsIsPlain(String message) {
        log.read(FIRST);
        assertEquals(message, log.read("Nov 22 17:02:34 mail " + message).message());
    }

    @Test
    void emptyQuotedMessage() {
        SyslogRecord r = log.read("Nov 22 17:02:34 mail t[1]: message repeated 5 times: []");
        assertEquals("", r.message());
        assertEquals(5, r.repeat());
    }

    @Test
    void bothFormsContainTheAnnouncedText() {
        assertTrue(AGAIN.contains(SyslogParser.REPEATED));
        assertTrue("message repeated 5 times: [ x]".contains(SyslogParser.REPEATED));
    }
}
