package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import saslscope.definition.DefinitionException;
import saslscope.definition.Problem;
import saslscope.syslog.SyslogRecord;

/** The definitions that come with saslscope keep every law, and know what they do not mean. */
class BuiltInPatternsTest {
    private static final String SMTPD = "postfix/submission/smtpd";
    private static PatternSet set;

    @BeforeAll
    static void load() throws DefinitionException {
        set = Patterns.builtIn();
    }

    @Test
    void keepEveryLawAndGiveNothingToMention() {
        assertEquals("", String.join("\n", set.check().stream().map(Problem::render).toList()));
        assertTrue(set.patterns().stream().filter(p -> p.event().isPresent()).count() > 100);
    }

    @Test
    void runWithoutRegularExpressions() {
        assertEquals(List.of(), set.patterns().stream().filter(p -> p.matcher() == PatternInfo.Matcher.REGEX).map(PatternInfo::name).toList());
    }

    /** Each sample, and texts made up from the expressions, hold a needle, if need be in the tag. */
    @Test
    void everyLineThatCanMatchHoldsANeedle() {
        List<byte[]> needles = set.needles();
        RandomRegex random = new RandomRegex(new Random(3));
        int checked = 0;
        for (Pattern p : set.running()) {
            if (!p.definition().yields()) {
                continue;
            }
            for (Sample s : p.definition().samples()) {
                assertTrue(holds(needles, p, s.message().value().getBytes(StandardCharsets.UTF_8)), () -> p.id() + ": " + s.message().value());
            }
            for (int i = 0; i < 50; i++) {
                byte[] text = random.text(p.node());
                if (p.find(new Run(text, 0, text.length))) {
                    checked++;
                    assertTrue(holds(needles, p, text), () -> p.id() + ": " + Literals.string(text));
                }
            }
        }
        assertTrue(checked > 1000, "made up: " + checked);
    }

    @Test
    void needlesAreFewAndSelective() {
        List<String> needles = set.needles().stream().map(Literals::string).toList();
        assertTrue(needles.size() <= 80, "needles: " + needles);
        for (String line : List.of("Nov 22 16:50:13 mail postfix/qmgr[5127]: 4Z: from=<a@example.com>, size=1, nrcpt=1 (queue active)",
            "Nov 22 16:50:13 mail postfix/qmgr[5127]: 4Z: removed", "Nov 22 16:50:13 mail postfix/cleanup[5127]: 4Z: message-id=<a@example.com>")) {
            assertEquals(List.of(), needles.stream().filter(line::contains).toList());
        }
        for (String n : needles) {
            assertEquals(List.of(), needles.stream().filter(o -> !o.equals(n) && o.contains(n)).toList());
        }
    }

    @Test
    void everyWriterIsThere() {
        for (String prefix : List.of("SMTPD_", "SASL_", "SASLAUTHD_", "PAM_", "SMTP_", "MASTER_", "DOVECOT_", "IMAPD_")) {
            assertTrue(set.patterns().stream().anyMatch(p -> p.event().isPresent() && p.name().startsWith(prefix)), prefix);
        }
    }

    /** Verdicts and session ends are a large part of a busy log. */
    @ParameterizedTest
    @ValueSource(strings = {"SMTPD_CONNECT", "SMTPD_DISCONNECT", "SMTPD_CLIENT_SASL", "SMTPD_SASL_AUTH_FAILED", "SASL_PLAIN_VERIFY_FAILED"})
    void whatIsOftenLoggedRunsWithoutRegularExpressions(String name) {
        PatternInfo info = set.patterns().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
        assertEquals(PatternInfo.Matcher.SEGMENTS, info.matcher());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "69716208038: client=unknown[127.0.0.210]",
        "NOQUEUE: reject: RCPT from unknown[127.0.0.230]: 550 5.1.1 <authentication@example.com>: Recipient address rejected: User unknown in virtual "
            + "mailbox table; from=<SASL@spam.example> to=<authentication@example.com> proto=ESMTP helo=<auth.example.com>",
        "Anonymous TLS connection established from auth.example.com[127.0.0.8]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
        "warning: Illegal address syntax from unknown[192.0.2.7] in MAIL command: <sasl_username=root>",
        "match_list_match: permit_sasl_authenticated: no match",
        "generic_checks: name=permit_sasl_authenticated status=1",
        "> unknown[127.0.0.7]: 250-mail.example.com"})
    void ordinaryMailOfSmtpdIsIrrelevant(String message) {
        assertInstanceOf(Recognition.Irrelevant.class, recognise(SMTPD, message));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "postfix/qmgr|69716208038: from=<authentication@sasl.example.com>, size=304, nrcpt=1 (queue active)",
        "postfix/cleanup|69716208038: message-id=<SASL.authentication.failed@auth.example.com>",
        "postfix/smtp|5B2F520802C: to=<sasl@example.net>, relay=auth.example.net[127.0.0.2]:25, delay=0.03, delays=0/0.01/0.01/0.01, dsn=2.0.0, "
            + "status=sent (250 2.0.0 Ok)",
        "postfix/smtp|5B2F520802C: to=<a@example.net>, relay=mx.example.net[127.0.0.2]:25, delay=0.03, delays=0/0.01/0.01/0.01, dsn=5.7.1, "
            + "status=bounced (host mx.example.net[127.0.0.2] said: 554 5.7.1 <a@example.net>: Relay access denied (in reply to RCPT TO command))",
        "saslpasswd2|_sasl_plugin_load failed on sasl_auxprop_plug_init for plugin: sql",
        "sasldblistusers2|auxpropfunc error no mechanism available",
        "saslpasswd2|error deleting entry from sasldb: BDB0073 DB_NOTFOUND: No matching key/data pair found",
        "sshd|pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=root",
        "su|pam_unix(su:auth): authentication failure; logname=a uid=1000 euid=0 tty=pts/0 ruser=a rhost=  user=root"})
    void otherProgramsAreIrrelevant(String line) {
        String[] parts = line.split("\\|", 2);
        assertInstanceOf(Recognition.Irrelevant.class, recognise(parts[0], parts[1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"warning: SASL authentication failure: a text that nobody knows", "fatal: SASL something new",
        "warning: xsasl_cyrus_server_create: something new"})
    void anUnknownMessageAboutAuthenticationIsShown(String message) {
        assertInstanceOf(Recognition.Unrecognised.class, recognise(SMTPD, message));
    }

    @Test
    void aTagThatSyslogCutStillFindsItsPattern() {
        String verdict = "warning: unknown[127.0.0.7]: SASL LOGIN authentication failed: authentication failure, sasl_username=a";
        for (String tag : List.of("postfix", "smtpd", "postfix/smtpd", "postfix-in/submission/smtpd")) {
            assertEquals("SMTPD_SASL_AUTH_FAILED", assertInstanceOf(Match.class, recognise(tag, verdict)).pattern(), tag);
        }
    }

    @Test
    void aHostileNameCannotTurnAFailureIntoSomethingElse() {
        for (String name : List.of("x authentication aborted", "x, sasl_method=PLAIN", "]: SASL LOGIN authentication aborted", "a] [reason=b",
            "root\u2028sasl_username=b", "x disconnect from unknown[192.0.2.1] auth=1")) {
            Match m = assertInstanceOf(Match.class, recognise(SMTPD,
                "warning: unknown[127.0.0.7]: SASL LOGIN authentication failed: authentication failure, sasl_username=" + name));
            assertEquals(EventKind.AUTH_FAILED, m.event(), name);
            assertEquals(Map.of("client.name", "unknown", "client.address", "127.0.0.7", "mechanism", "LOGIN",
                "reason", "authentication failure", "user", name), m.fields());
        }
    }

    @Test
    void whatAClientSentAheadOfTimeIsMasked() {
        Match m = assertInstanceOf(Match.class, recognise(SMTPD, "improper command pipelining after CONNECT from "
            + "phone-8.mobile.example.net[127.0.0.8]: EHLO a\\r\\nAUTH LOGIN\\r\\nYWxpY2U=\\r\\ncGlwZWxpbmVkLXB3MQ==\\r\\n"));
        assertFalse(m.text().contains("cGlwZWxpbmVkLXB3MQ"), m.text());
    }

    private static Recognition recognise(String tag, String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        return set.recognise(new SyslogRecord(null, 0, ZoneOffset.UTC, "mail", tag, 811, text, 0, text.length, 1));
    }

    private static boolean holds(List<byte[]> needles, Pattern p, byte[] message) {
        String tag = p.globs().getFirst().text();
        String line = "Nov 22 16:50:13 mail " + tag + "[1]: " + Literals.string(message);
        return needles.stream().anyMatch(n -> line.contains(Literals.string(n)));
    }
}
