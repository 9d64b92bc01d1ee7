package saslscope.syslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.ZoneOffset;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of each kind of header. Lines with host {@code mail} were written by real daemons. */
class HeaderFormatsTest {
    private static final String VERDICT = "warning: unknown[127.0.0.7]: SASL PLAIN authentication failed: "
        + "authentication failure, sasl_username=alice@example.com";
    private static final String AT = "2026-11-22T16:50:12Z|mail|postfix/smtpd|12||connect from unknown[127.0.0.7]";
    private static final String REST = " mail postfix/smtpd[12]: connect from unknown[127.0.0.7]";

    private final Log log = Log.modified("2026-11-22T18:00");

    private void reads(String line, String shown) {
        assertEquals(shown, Log.shown(log.read(line)));
    }

    @Test
    void rsyslogTraditional() {
        reads("Nov 22 16:50:13 mail postfix/submission/smtpd[5127]: warning: SASL authentication failure: Password "
            + "verification failed", "2026-11-22T16:50:13Z|mail|postfix/submission/smtpd|5127||warning: SASL "
            + "authentication failure: Password verification failed");
        reads("Nov 22 16:50:35 mail postfix/smtpd[7204]: auxpropfunc error invalid parameter supplied",
            "2026-11-22T16:50:35Z|mail|postfix/smtpd|7204||auxpropfunc error invalid parameter supplied");
    }

    @Test
    void saslauthdKeepsItsLeadingBlanks() {
        reads("Nov 22 16:51:41 mail saslauthd[21816]:                 : auth failure: [user=alice] [service=smtp] "
                + "[realm=example.com] [mech=sasldb] [reason=Unknown]",
            "2026-11-22T16:51:41Z|mail|saslauthd|21816||                : auth failure: [user=alice] [service=smtp] "
                + "[realm=example.com] [mech=sasldb] [reason=Unknown]");
    }

    @Test
    void eximsOwnLogNamesNeitherHostNorProgram() {
        String failed = "login authenticator failed for (laptop) [192.0.2.37]: 535 Incorrect authentication data (set_id=bob)";
        reads("2026-11-20 10:00:01 " + failed, "2026-11-20T10:00:01Z||exim|-1||" + failed);
        reads("2026-11-20 10:00:01 [812] " + failed, "2026-11-20T10:00:01Z||exim|-1||[812] " + failed);
        String came = "1rABCd-0001Xy-2z <= bob@example.com H=(c) [192.0.2.10] P=esmtpsa A=plain:bob S=1204";
        reads("2026-11-20 10:00:01 " + came, "2026-11-20T10:00:01Z||exim|-1||" + came);
        String error = "SMTP protocol error in \"AUTH LOGIN\" H=[192.0.2.37] AUTH command used when not advertised";
        reads("2026-11-20 10:00:01 " + error, "2026-11-20T10:00:01Z||exim|-1||" + error);
        // Only what is clearly Exim's: a host of that name before a tag stays a host.
        reads("2026-11-20 10:00:01 login postfix/smtpd[12]: authenticator failed for x", "2026-11-20T10:00:01Z|login|postfix/smtpd|12||authenticator failed for x");
        reads("2026-11-20 10:00:01 mail exim[12]: " + failed, "2026-11-20T10:00:01Z|mail|exim|12||" + failed);
    }

    @Test
    void tagsWithoutProcessId() {
        reads("Nov 22 16:50:41 mail smtpd: auxpropfunc error invalid parameter supplied",
            "2026-11-22T16:50:41Z|mail|smtpd|-1||auxpropfunc error invalid parameter supplied");
        reads("Nov 22 16:57:58 mail dovecot: master: Dovecot v2.3.19.1 (9b53102964) starting up without any protocols "
                + "(core dumps disabled)",
            "2026-11-22T16:57:58Z|mail|dovecot|-1||master: Dovecot v2.3.19.1 (9b53102964) starting up without any "
                + "protocols (core dumps disabled)");
    }

    @Test
    void tagsOfOtherInstancesAndServices() {
        reads("Nov 22 16:50:12 mx postfix-in/smtpd[1]: x", "2026-11-22T16:50:12Z|mx|postfix-in/smtpd|1||x");
        reads("Nov 22 16:50:12 mx postfix/127.0.0.1:10025/smtpd[1]: x",
            "2026-11-22T16:50:12Z|mx|postfix/127.0.0.1:10025/smtpd|1||x");
        reads("Nov 22 16:50:12 mx postfix/[::1]:10025/smtpd[1]: x",
            "2026-11-22T16:50:12Z|mx|postfix/[::1]:10025/smtpd|1||x");
        reads("Nov 22 16:50:12 2001:db8::1 postfix/smtpd[1]: x", "2026-11-22T16:50:12Z|2001:db8::1|postfix/smtpd|1||x");
    }

    @Test
    void processIdThatIsNoneIsNotReported() {
        reads("Nov 22 16:50:12 mail postfix/smtpd[99999999999]: x", "2026-11-22T16:50:12Z|mail|postfix/smtpd|-1||x");
        reads("Nov 22 16:50:12 mail postfix/smtpd[2147483647]: x",
            "2026-11-22T16:50:12Z|mail|postfix/smtpd|2147483647||x");
        reads("Nov 22 16:50:12 mail postfix/smtpd[]: x", "2026-11-22T16:50:12Z|mail|postfix/smtpd[]|-1||x");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Nov 22 16:50:12", "<22>Nov 22 16:50:12", "Nov 22 2026 16:50:12", "2026 Nov 22 16:50:12",
        "2026-11-22T16:50:12Z", "2026-11-22T16:50:12+00:00", "2026-11-22T16:50:12+0000", "2026-11-22T16:50:12-00:00",
        "2026-11-22T16:50:12.000000Z", "2026-11-22T16:50:12", "2026-11-22 16:50:12", "2026-11-22T16:50:12+00",
        "<22>2026-11-22T16:50:12+00:00", "Sun 2026-11-22 16:50:12 UTC", "1795366212.000000",
        "Nov 22 16:50:12 <mail.info>", "Nov 22 16:50:12 <2.6>", "\uFEFFNov 22 16:50:12",
        "mail-1  | Nov 22 16:50:12", "mail_1 | <22>Nov 22 16:50:12", "[pod/mail-0/postfix] Nov 22 16:50:12",
        "2026-11-22T17:12:12.123456789Z Nov 22 16:50:12",
        "2026-11-22T17:12:12.123456789Z stdout F Nov 22 16:50:12",
        "2026-11-22T17:12:12.123456789+01:00 stderr P 2026-11-22T16:50:12Z",
        "mail-1  | 2026-11-22T17:12:12.123456789Z 2026-11-22T16:50:12+00:00",
        "2026-11-22T16:50:12.000000000Z stdout F", "2026-11-22T16:50:12.000000000Z stderr P",
        "postfix  | 2026-11-22T16:50:12.000000000Z",
    })
    void oneMessageInManyCoats(String stamp) {
        reads(stamp + REST, AT);
    }

    @Test
    void dayOfOneDigitIsPaddedInAnyWay() {
        String shown = "2026-11-02T16:50:12Z|mail|postfix/smtpd|12||connect from unknown[127.0.0.7]";
        reads("Nov  2 16:50:12" + REST, shown);
        reads("Nov 02 16:50:12" + REST, shown);
        reads("Nov 2 16:50:12" + REST, shown);
    }

    @Test
    void everyMonthIsKnown() {
        String[] names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        Log year = Log.modified("2026-12-31T00:00");
        for (int m = 0; m < 12; m++) {
            assertEquals(m + 1, year.read(names[m] + "  5 01:02:03 h t: m").time().getMonthValue());
        }
    }

    @Test
    void rsyslogIsoKeepsMicrosecondsAndOffset() {
        reads("2026-11-22T16:50:42.126248+00:00 mail postfix/submission/smtpd[21302]: " + VERDICT,
            "2026-11-22T16:50:42.126248Z|mail|postfix/submission/smtpd|21302||" + VERDICT);
        reads("2026-11-22T17:50:42.1+01:00 mail postfix/smtpd[1]: x",
            "2026-11-22T17:50:42.100+01:00|mail|postfix/smtpd|1||x");
        reads("2026-11-22T12:20:42.123456789-0330 mail postfix/smtpd[1]: x",
            "2026-11-22T12:20:42.123456-03:30|mail|postfix/smtpd|1||x");
        reads("2026-11-22T17:50:42,25+01:00 mail postfix/smtpd[1]: x",
            "2026-11-22T17:50:42.250+01:00|mail|postfix/smtpd|1||x");
    }

    @Test
    void journalctl() {
        Log berlin = new Log("Europe/Berlin", OptionalInt.empty()).part("2026-11-22T18:00");
        String expected = "2026-11-22T16:50:12+01:00|mail|postfix/smtpd|1||x";
        assertEquals(expected, Log.shown(berlin.read("2026-11-22T16:50:12+0100 mail postfix/smtpd[1]: x")));
        assertEquals(expected, Log.shown(berlin.read("2026-11-22T16:50:12+01:00 mail postfix/smtpd[1]: x")));
        assertEquals(expected, Log.shown(berlin.read("Sun 2026-11-22 16:50:12 CET mail postfix/smtpd[1]: x")));
        assertEquals(expected, Log.shown(berlin.read("1795362612.000000 mail postfix/smtpd[1]: x")));
        String precise = "2026-11-22T16:50:12.123456+01:00|mail|postfix/smtpd|1||x";
        assertEquals(precise, Log.shown(berlin.read("Nov 22 16:50:12.123456 mail postfix/smtpd[1]: x")));
        assertEquals(precise, Log.shown(berlin.read("2026-11-22T16:50:12.123456+0100 mail postfix/smtpd[1]: x")));
        assertEquals(precise, Log.shown(berlin.read("Sun 2026-11-22 16:50:12.123456 CET mail postfix/smtpd[1]: x")));
        assertEquals("2026-11-22T16:50:12+03:00|mail|postfix/smtpd|1||x",
            Log.shown(berlin.read("Sun 2026-11-22 16:50:12 +03 mail postfix/smtpd[1]: x")));
    }

    @Test
    void rsyslogRfc5424CutsTheTagAndPadsTheMessage() {
        reads("<22>1 2026-11-22T16:50:14.846346+00:00 mail postfix 13366 - -  starting the Postfix mail system",
            "2026-11-22T16:50:14.846346Z|mail|postfix|13366||starting the Postfix mail system");
        reads("<35>1 2026-11-22T16:50:15.289391+00:00 mail postfix 13371 - -  auxpropfunc error invalid parameter supplied",
            "2026-11-22T16:50:15.289391Z|mail|postfix|13371||auxpropfunc error invalid parameter supplied");
    }

    @Test
    void rfc5424WithoutPriorityOrVersion() {
        String shown = "2026-11-22T16:50:14.846346Z|mail|postfix|13366||starting";
        reads("1 2026-11-22T16:50:14.846346+00:00 mail postfix 13366 - - starting", shown);
        reads("2026-11-22T16:50:14.846346+00:00 mail postfix 13366 - - starting", shown);
        reads("2026-11-22T16:50:14.846346+00:00 mail postfix 13366 - -  starting", shown);
        reads("2026-11-22T16:50:14.846346+00:00 mail postfix 13366 ID [a b=\"c\"] starting", shown);
    }

    @Test
    void rfc5424NilFields() {
        reads("<22>1 2026-11-22T16:50:14Z - - - - -", "2026-11-22T16:50:14Z|||-1||");
        reads("<22>1 2026-11-22T16:50:14Z - app - - - text", "2026-11-22T16:50:14Z||app|-1||text");
        reads("<22>1 2026-11-22T16:50:14Z - app notanumber - - text", "2026-11-22T16:50:14Z||app|-1||text");
    }

    @Test
    void rfc5424NilStampTakesTheTimeOfTheLineBefore() {
        reads("<22>1 2026-11-22T16:50:14Z mail app 1 - - text", "2026-11-22T16:50:14Z|mail|app|1||text");
        reads("<22>1 - mail app 1 - - text", "2026-11-22T16:50:14Z|mail|app|1||text");
    }

    @Test
    void rfc5424StructuredDataIsSkipped() {
        String head = "<165>1 2026-11-22T16:50:14Z mail app 1 ID47 ";
        String shown = "2026-11-22T16:50:14Z|mail|app|1||text";
        reads(head + "[exampleSDID@32473 iut=\"3\" eventSource=\"App\"] text", shown);
        reads(head + "[a b=\"c\"][d e=\"f\"] text", shown);
        reads(head + "[a b=\"quoted ] and \\] and \\\" and ] x\"] text", shown);
        reads(head + "[a b=\"c\"] \uFEFFtext", shown);
        reads(head + "- \uFEFFtext", shown);
        reads(head + "[a b=\"c\"]", "2026-11-22T16:50:14Z|mail|app|1||");
        reads(head + "[a b=\"never closed] text", "none");
        reads(head + "text", "none");
    }

    @Test
    void rfc5424KeepsSaslauthdsBlanksWhetherPaddedOrNot() {
        String blanks = " ".repeat(16);
        String shown = "2026-11-22T16:50:14Z|mail|saslauthd|1||" + blanks + ": auth failure: [user=a]";
        reads("<38>1 2026-11-22T16:50:14Z mail saslauthd 1 - - " + blanks + ": auth failure: [user=a]", shown);
        reads("<38>1 2026-11-22T16:50:14Z mail saslauthd 1 - -  " + blanks + ": auth failure: [user=a]", shown);
    }

    @Test
    void busyboxWritesTheSeverityBeforeTheTag() {
        reads("Nov 22 16:50:12 mx mail.info postfix/smtpd[1]: x", "2026-11-22T16:50:12Z|mx|postfix/smtpd|1||x");
        reads("Nov 22 16:50:12 mx local0.err postfix/smtpd[1]: x", "2026-11-22T16:50:12Z|mx|postfix/smtpd|1||x");
        reads("Nov 22 16:50:12 mx example.info is: x", "2026-11-22T16:50:12Z|mx|is|-1||x");
        reads("Nov 22 16:50:12 mx example.com is: x", "2026-11-22T16:50:12Z|mx||-1||example.com is: x");
    }

    @Test
    void lineWithoutHost() {
        reads("Nov 22 16:50:12 postfix/smtpd[1]: x", "2026-11-22T16:50:12Z||postfix/smtpd|1||x");
        reads("mail-1  | 2026-11-22T16:50:12.5Z postfix/smtpd[1]: x", "2026-11-22T16:50:12.500Z||postfix/smtpd|1||x");
    }

    @Test
    void lineWithoutTagIsAllMessage() {
        reads("Nov 22 16:50:12 mail no colon anywhere", "2026-11-22T16:50:12Z|mail||-1||no colon anywhere");
        reads("Nov 22 16:50:12 mail http://example.com/ was seen",
            "2026-11-22T16:50:12Z|mail||-1||http://example.com/ was seen");
        reads("Nov 22 16:50:12 mail", "2026-11-22T16:50:12Z|mail||-1||");
        reads("Nov 22 16:50:12 mail " + "t".repeat(129) + ": x",
            "2026-11-22T16:50:12Z|mail||-1||" + "t".repeat(129) + ": x");
    }

    @Test
    void lineWithoutAnyStampTakesTheTimeOfTheFile() {
        reads("postfix/smtpd[12]: connect from unknown[127.0.0.7]",
            "2026-11-22T18:00Z||postfix/smtpd|12||connect from unknown[127.0.0.7]");
    }

    @Test
    void lineWithoutAnyStampBehindAPrefixTakesTheTimeOfTheLineBefore() {
        reads("other-1  | Nov 22 16:50:12 mx dovecot: x", "2026-11-22T16:50:12Z|mx|dovecot|-1||x");
        reads("mail-1   | postfix/smtpd[12]: y", "2026-11-22T16:50:12Z||postfix/smtpd|12||y");
    }

    @Test
    void lineWithoutStampInAFileWithStampsIsNoHeader() {
        reads("Nov 22 16:50:12 mx dovecot: x", "2026-11-22T16:50:12Z|mx|dovecot|-1||x");
        reads("postfix/smtpd[12]: warning: forged", "none");
    }

    @Test
    void headerInsideAMessageIsNotLookedAt() {
        String forged = "Nov 22 16:50:12 mail postfix/smtpd[1]: warning: forged";
        reads("2026-11-22T16:50:13Z mail postfix/smtpd[2]: " + forged,
            "2026-11-22T16:50:13Z|mail|postfix/smtpd|2||" + forged);
        reads("Nov 22 16:50:13 mail postfix/smtpd[2]: mail-1  | " + forged,
            "2026-11-22T16:50:13Z|mail|postfix/smtpd|2||mail-1  | " + forged);
    }

    @Test
    void yearOfAnInnerStampIsThatOfTheOuterOne() {
        reads("2019-01-01T00:00:01.5Z Dec 31 23:59:59" + REST,
            "2018-12-31T23:59:59Z|mail|postfix/smtpd|12||connect from unknown[127.0.0.7]");
        reads("2019-12-31T23:59:59.5Z Jan  1 00:59:59" + REST,
            "2020-01-01T00:59:59Z|mail|postfix/smtpd|12||connect from unknown[127.0.0.7]");
        reads("2019-03-01T00:00:00.5Z Feb 29 23:59:59" + REST,
            "2016-02-29T23:59:59Z|mail|postfix/smtpd|12||connect from unknown[127.0.0.7]");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "Nov", "Nov 22 16:50:12", "Nov 22 16:50:12 ", "Nov 32 16:50:12 mail t: x", "Nov 00 16:50:12 mail t: x",
        "Nov 31 16:50:12 mail t: x", "Feb 30 16:50:12 mail t: x", "Feb 29 2026 16:50:12 mail t: x",
        "Nov 22 24:00:00 mail t: x", "Nov 22 16:60:12 mail t: x", "Nov 22 16:50:61 mail t: x",
        "Nov 22 1969 16:50:12 mail t: x", "nov 22 16:50:12 mail t: x", "Nov 22 16.50.12 mail t: x",
        "Nov   2 16:50:12 mail t: x", "2026-13-22T16:50:12Z mail t: x", "2026-11-31T16:50:12Z mail t: x",
        "2026-02-29T16:50:12Z mail t: x", "2026-11-22T16:50:12+19:00 mail t: x", "2026-11-22T16:50:12+0160 mail t: x",
        "2026-11-22T16:50:12+1 mail t: x", "0000-11-22T16:50:12Z mail t: x", "2026-11-22T16:50 mail t: x",
        "<22>1 yesterday mail app 1 - - x", "<22>1 2026-11-22T16:50:14Z mail app 1 -", "<22>1", "<22>",
        "-- Boot 5c1d2a3b --", "Hint: You are currently not seeing messages", "    continued line",
        "mail-1  | ", "mail-1  | hello there", "[pod/mail-0/postfix", "[pod/mail-0/postfix] hello", "smtpd: no pid",
        "{\"log\":\"Nov 22 16:50:12 mail t: x\"}", "179536621.12345 mail t: x", "Sun 2026-11-22 16:50:12 mail t: x",
    })
    void thisIsNoHeader(String line) {
        assertNull(log.read(line));
    }

    @Test
    void hostIsBounded() {
        assertNull(log.read("Nov 22 16:50:12 " + "h".repeat(256) + " t: x"));
        assertEquals(255, log.read("Nov 22 16:50:12 " + "h".repeat(255) + " t: x").host().length());
    }

    @Test
    void leapSecondIsTheNextSecond() {
        reads("2016-12-31T23:59:60Z mail t: x", "2017-01-01T00:00Z|mail|t|-1||x");
    }

    @Test
    void bytesThatAreNotUtf8StayInTheMessage() {
        byte[] line = Log.bytes("Nov 22 16:50:12 mail postfix/smtpd[12]: a?b");
        line[line.length - 2] = (byte) 0xff;
        SyslogRecord r = log.read(line);
        assertEquals("a\uFFFDb", r.message());
        assertSame(line, r.text());
    }

    @Test
    void namesAreSharedBetweenLines() {
        SyslogRecord a = log.read("Nov 22 16:50:12" + REST);
        SyslogRecord b = log.read("Nov 22 16:50:13" + REST);
        assertSame(a.host(), b.host());
        assertSame(a.tag(), b.tag());
    }

    @Test
    void moreNamesThanTheTableHoldsStayRight() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5000; i++) {
                SyslogRecord r = log.read("Nov 22 16:50:12 host" + i + " tag" + i * 7 + "[1]: x");
                assertEquals("host" + i, r.host());
                assertEquals("tag" + i * 7, r.tag());
            }
        }
    }

    @Test
    void offsetOfAStampIsKept() {
        assertEquals(ZoneOffset.ofHoursMinutes(5, 45), log.read("2026-11-22T16:50:12+05:45" + REST).offset());
        assertEquals(ZoneOffset.UTC, log.read("Nov 22 16:50:12" + REST).offset());
        assertEquals(ZoneOffset.ofHours(-8), log.read("2026-11-22T16:50:12-08:00" + REST).offset());
    }
}
