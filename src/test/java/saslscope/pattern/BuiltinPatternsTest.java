package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import saslscope.definition.Problem;
import saslscope.syslog.SyslogRecord;

/** The patterns that come with saslscope: they keep their own laws, and know what they do not mean. */
class BuiltinPatternsTest {
    private static final String SMTPD = "postfix/submission/smtpd";
    private static PatternSet patterns;

    @BeforeAll
    static void load() throws Exception {
        patterns = PatternSet.load(List.of(Path.of("patterns")));
    }

    @Test
    void everyPatternKeepsTheLaws() {
        assertEquals("", patterns.check().stream().map(Problem::render).collect(Collectors.joining("\n")));
    }

    @Test
    void everyWriterIsThere() {
        for (String prefix : List.of("SMTPD_", "SASL_", "SASLAUTHD_", "PAM_", "SMTP_", "MASTER_", "DOVECOT_", "IMAPD_")) {
            assertTrue(patterns.patterns().stream().anyMatch(p -> p.event().isPresent() && p.name().startsWith(prefix)), prefix);
        }
    }

    /** Verdicts and session ends are a large part of a busy log. */
    @ParameterizedTest
    @ValueSource(strings = {"SMTPD_CONNECT", "SMTPD_DISCONNECT", "SMTPD_CLIENT_SASL", "SMTPD_SASL_AUTH_FAILED", "SASL_PLAIN_VERIFY_FAILED"})
    void whatIsOftenLoggedRunsWithoutRegularExpressions(String name) {
        PatternInfo info = patterns.patterns().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
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
        return patterns.recognise(new SyslogRecord(null, 0, ZoneOffset.UTC, "mail", tag, 811, text, 0, text.length, 1));
    }
}
