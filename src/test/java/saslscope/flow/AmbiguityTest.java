package saslscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import saslscope.definition.DefinitionException;
import saslscope.diagnosis.Ambiguity;
import saslscope.diagnosis.Certainty;
import saslscope.diagnosis.Diagnosis;
import saslscope.incident.DiagnosedAttempt;

/**
 * Where several causes write the same bytes, a log alone determines nothing, in whichever of their shapes the lines
 * come: mechanism, form of the name, what the process said when it started, with or without the session's own lines.
 */
class AmbiguityTest {
    private static final String SMTPD = "Nov 22 16:50:13 mail postfix/submission/smtpd[5127]: ";
    private static final String SASLAUTHD = "Nov 22 16:50:13 mail saslauthd[20131]: ";
    private static final String SMTP = "Nov 22 16:50:13 mail postfix/smtp[20949]: ";
    private static final String FAILURE = SMTPD + "warning: SASL authentication failure: ";
    private static final String PROBLEM = SMTPD + "warning: SASL authentication problem: ";
    private static final String VERIFY = FAILURE + "Password verification failed\n";
    private static final String CANONIFY = FAILURE + "unable to canonify user and get auxprops\n";
    private static final List<String> USERS = List.of("", ", sasl_username=alice", ", sasl_username=alice@example.com");
    private static final List<String> NO_USER = List.of("", ", sasl_username=(unavailable)");
    private static final List<String> STARTS = List.of("",
        SMTPD + "sql_select option missing\n" + SMTPD + "auxpropfunc error no mechanism available\n"
            + SMTPD + "_sasl_plugin_load failed on sasl_auxprop_plug_init for plugin: sql\n",
        SMTPD + "auxpropfunc error invalid parameter supplied\n" + SMTPD + "_sasl_plugin_load failed on sasl_auxprop_plug_init for plugin: ldapdb\n"
            + SMTPD + "ldapdb_canonuser_plug_init() failed in sasl_canonuser_add_plugin(): invalid parameter supplied\n"
            + SMTPD + "_sasl_plugin_load failed on sasl_canonuser_init for plugin: ldapdb\n"
            + SMTPD + "sql_select option missing\n" + SMTPD + "auxpropfunc error no mechanism available\n"
            + SMTPD + "_sasl_plugin_load failed on sasl_auxprop_plug_init for plugin: sql\n",
        SMTPD + "sql auxprop plugin using sqlite3 engine\n");
    private static final List<String> CONNECTS = List.of("", SMTPD + "connect from unknown[192.0.2.7]\n");
    private static final List<String> ENDS = List.of("", SMTPD + "disconnect from unknown[192.0.2.7] ehlo=2 starttls=1 auth=0/1 quit=1 commands=4/5\n",
        SMTPD + "lost connection after AUTH from unknown[192.0.2.7]\n" + SMTPD + "disconnect from unknown[192.0.2.7] ehlo=1 auth=0/1 commands=1/2\n");

    private final Map<String, List<String>> shapes = new LinkedHashMap<>();

    AmbiguityTest() {
        String af = "authentication failure";
        cyrus("A1", List.of(""), List.of("LOGIN"), af, USERS);
        cyrus("A2", List.of("", VERIFY), List.of("PLAIN"), af, USERS);
        saslauthd("A3", List.of("[mech=kerberos5] [reason=krb5_get_init_creds_password failed]", "[mech=httpform] [reason=Unknown]",
            "[mech=rimap] [reason=[ALERT] remote server rejected your credentials]", "[mech=getpwent] [reason=Incorrect password]"));
        saslauthd("A3-name", List.of("[mech=shadow] [reason=Invalid username]", "[mech=getpwent] [reason=Invalid username]"));
        saslauthd("A3-server", List.of("[mech=rimap] [reason=[ALERT] Couldn't contact remote authentication server]",
            "[mech=rimap] [reason=[ALERT] error synchronizing with remote authentication server]"));
        saslauthd("A4-ldap", List.of("[mech=ldap] [reason=Unknown]"));
        saslauthd("A4-sasldb", List.of("[mech=sasldb] [reason=Unknown]"));
        saslauthd("A5", List.of("[mech=pam] [reason=PAM auth error]", "[mech=pam] [reason=PAM acct error]"));
        cyrus("A6", List.of(""), List.of("CRAM-MD5", "NTLM"), af, USERS);
        cyrus("A6", List.of("", CANONIFY), List.of("DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"), af, USERS);
        cyrus("A6", List.of(FAILURE + "no secret in database\n"), List.of("CRAM-MD5", "DIGEST-MD5", "NTLM"), af, USERS);
        cyrus("A7", List.of(FAILURE + "incorrect digest response\n"), List.of("CRAM-MD5"), af, USERS);
        cyrus("A7", List.of(FAILURE + "client response doesn't match what we generated\n",
            FAILURE + "client response doesn't match what we generated (tried bogus)\n"), List.of("DIGEST-MD5"), af, USERS);
        cyrus("A7", List.of(FAILURE + "StoredKey mismatch\n"), List.of("SCRAM-SHA-1", "SCRAM-SHA-512"), af, USERS);
        cyrus("A8", List.of(""), List.of("PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5"), "(reason unavailable)", USERS);
        // Before 3.5.22 and its like, which brought the user: nothing for PLAIN, else the last challenge.
        cyrus("A8", List.of(""), List.of("PLAIN"), "", List.of(""));
        cyrus("A8", List.of(""), List.of("LOGIN"), "UGFzc3dvcmQ6", List.of(""));
        cyrus("A8", List.of(""), List.of("CRAM-MD5"), "PDEyMzQ1Njc4OTAuMTIzNDU2QG1haWwuZXhhbXBsZS5jb20+", List.of(""));
        cyrus("B1", List.of(""), List.of("LOGIN", "CRAM-MD5"), "generic failure", USERS);
        cyrus("B2", List.of(FAILURE + "cannot connect to saslauthd server: No such file or directory\n"), List.of("LOGIN"), "generic failure", USERS);
        cyrus("B2", List.of(FAILURE + "cannot connect to saslauthd server: No such file or directory\n" + VERIFY), List.of("PLAIN"),
            "generic failure", USERS);
        cyrus("B2-permission", List.of(FAILURE + "cannot connect to saslauthd server: Permission denied\n"), List.of("LOGIN"), "generic failure", USERS);
        for (int n : new int[] {1, 3, 10, 17}) {
            cyrus("B3", List.of(FAILURE + "Could not open /etc/sasl2/sasldb2: gdbm_errno=" + n + "\n"), List.of("LOGIN", "CRAM-MD5"),
                "generic failure", USERS);
        }
        cyrus("B3-berkeley", List.of(PROBLEM + "unable to open Berkeley db /etc/sasldb2: No such file or directory\n"),
            List.of("LOGIN", "CRAM-MD5"), "generic failure", USERS);
        cyrus("B4", List.of("", VERIFY), List.of("PLAIN"), "generic failure", USERS);
        cyrus("B5", List.of(PROBLEM + "sql plugin could not connect to host localhost\n" + PROBLEM + "sql plugin couldn't connect to any host?\n"),
            List.of("LOGIN", "PLAIN", "CRAM-MD5"), "generic failure", USERS);
        cyrus("B5", List.of(""), List.of("LOGIN", "PLAIN", "CRAM-MD5"), "remote authentication server unavailable", USERS);
        cyrus("C1-plugin", List.of(""), List.of("CRAM-MD5", "SCRAM-SHA-1"), "no mechanism available", USERS.subList(1, 3));
        for (String m : List.of("PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2", "GSSAPI", "ANONYMOUS")) {
            cyrus("C1-mechanism", List.of(FAILURE + "Couldn't find mech " + m + "\n", ""), List.of(m), "no mechanism available", NO_USER);
        }
        cyrus("C2", List.of(PROBLEM + "unknown password verifier(s) auxprop\n"), List.of("LOGIN"), "no mechanism available", USERS);
        cyrus("C2", List.of(PROBLEM + "unknown password verifier(s) auxprop\n" + VERIFY), List.of("PLAIN"), "no mechanism available", USERS);
        cyrus("C3", List.of(PROBLEM + "unknown password verifier(s) saslauthd\n"), List.of("LOGIN"), "no mechanism available", USERS);
        put("C4", List.of(SMTPD + "fatal: no SASL authentication mechanisms\n"));
        cyrus("D1", List.of(""), List.of("PLAIN", "LOGIN", "CRAM-MD5"), "bad protocol / cancel", NO_USER);
        for (String counters : List.of("ehlo=1 auth=0/1 quit=1 commands=2/3", "ehlo=1 auth=0/3 commands=1/4", "ehlo=2 starttls=1 auth=0/1 quit=1 commands=4/5",
            "ehlo=2 starttls=1 auth=1/2 mail=1 rcpt=1 data=1 quit=1 commands=8/9")) {
            for (String service : List.of("submission/smtpd", "submissions/smtpd", "smtpd")) {
                String tag = "Nov 22 16:50:13 mail postfix/" + service + "[5127]: ";
                put("D2", List.of(tag + "connect from unknown[192.0.2.7]\n" + tag + "disconnect from unknown[192.0.2.7] " + counters + "\n"));
            }
        }
        put("D3", product(CONNECTS, List.of(SMTPD + "lost connection after AUTH from unknown[192.0.2.7]\n"),
            List.of("", SMTPD + "disconnect from unknown[192.0.2.7] ehlo=1 auth=0/1 commands=1/2\n")));
        put("E1", product(List.of("pam_unix(smtp:auth): authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=  user=alice\n",
            "pam_unix(smtp:auth): check pass; user unknown\n").stream().map(x -> SASLAUTHD + x).toList(),
            List.of("", SASLAUTHD + "DEBUG: auth_pam: pam_authenticate failed: Authentication failure\n"),
            List.of(SASLAUTHD + "                : auth failure: [user=alice] [service=smtp] [realm=example.com] [mech=pam] [reason=PAM auth error]\n"),
            List.of("LOGIN", "PLAIN").stream().map(m -> verdict(m, af, ", sasl_username=alice@example.com")).toList()));
        put("E2", product(STARTS.subList(1, 3), List.of("", VERIFY), List.of(verdict("PLAIN", af, ", sasl_username=alice"))));
        String deferred = "1A2B3C4D5E6: to=<friend@example.net>, relay=relay.example.net[192.0.2.25]:587, delay=0.2, delays=0.05/0.01/0.14/0, ";
        put("F1", product(List.of("", SMTP + "warning: SASL authentication failure: No worthy mechs found\n"), List.of(SMTP + deferred
            + "dsn=4.7.0, status=deferred (SASL authentication failed; cannot authenticate to server relay.example.net[192.0.2.25]: no mechanism available)\n")));
        put("F2", List.of(SMTP + deferred
            + "dsn=5.7.1, status=bounced (host relay.example.net[192.0.2.25] said: 554 5.7.1 <x[192.0.2.1]>: Client host rejected: Access denied (in reply to RCPT TO command))\n"));
        put("F3", List.of(SMTP + deferred
            + "dsn=4.7.0, status=deferred (SASL authentication failed; server relay.example.net[192.0.2.25] said: 454 4.7.0 Temporary authentication failure: generic failure)\n"));
        put("G1", List.of("private/auth", "smtpd", "/var/run/dovecot/auth").stream().map(p -> SMTPD + "warning: SASL: Connect to Dovecot auth socket '"
            + p + "' failed: No such file or directory\n" + SMTPD + "fatal: no SASL authentication mechanisms\n").toList());
        put("G2", product(CONNECTS, List.of(SMTPD + "NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 554 5.7.1 <x@example.net>: Relay access denied; "
            + "from=<a@example.com> to=<x@example.net> proto=ESMTP helo=<c>\n")));
    }

    private void cyrus(String group, List<String> helpers, List<String> mechanisms, String reason, List<String> users) {
        for (String m : mechanisms) {
            put(group, product(STARTS, CONNECTS, helpers, users.stream().map(u -> verdict(m, reason, u)).toList(), ENDS));
        }
    }

    private void saslauthd(String group, List<String> ends) {
        put(group, product(STARTS, List.of("alice", "alice@example.com").stream()
            .map(u -> SASLAUTHD + "                : auth failure: [user=" + u + "] [service=smtp] [realm=example.com] ").toList(),
            ends.stream().map(e -> e + "\n").toList(), List.of("LOGIN", "PLAIN").stream()
            .map(m -> (m.equals("PLAIN") ? VERIFY : "") + verdict(m, "authentication failure", ", sasl_username=alice@example.com")).toList()));
    }

    private static String verdict(String mechanism, String reason, String user) {
        return SMTPD + "warning: unknown[192.0.2.7]: SASL " + mechanism + " authentication failed: " + reason + user + "\n";
    }

    private void put(String group, List<String> logs) {
        shapes.computeIfAbsent(group, g -> new ArrayList<>()).addAll(logs);
    }

    @SafeVarargs
    private static List<String> product(List<String>... parts) {
        List<String> all = List.of("");
        for (List<String> part : parts) {
            List<String> longer = new ArrayList<>();
            for (String a : all) {
                part.forEach(b -> longer.add(a + b));
            }
            all = longer;
        }
        return all;
    }

    @TestFactory
    Stream<DynamicTest> noShapeOfAGroupIsDetermined() throws DefinitionException {
        return Run.builtIn().causes().ambiguities().stream().map(g -> dynamicTest(g.group(), () -> check(g)));
    }

    private void check(Ambiguity group) throws DefinitionException {
        for (String log : shapes.getOrDefault(group.group(), List.of())) {
            List<DiagnosedAttempt> failures = Run.of(log).failures();
            assertFalse(failures.isEmpty(), "no failed attempt in\n" + log);
            Diagnosis d = failures.getFirst().diagnosis();
            assertNotEquals(Certainty.DETERMINED, d.certainty(), () -> log + d.candidates());
            assertNotEquals(Certainty.UNKNOWN, d.certainty(), () -> "nothing allows\n" + log);
            assertTrue(group.causes().size() == 1 || d.candidates().size() > 1, () -> log + d.candidates());
        }
    }

    @Test
    void everyGroupOfTheTableHasItsShapes() throws DefinitionException {
        Set<String> groups = new TreeSet<>();
        Run.builtIn().causes().ambiguities().forEach(g -> groups.add(g.group()));
        assertEquals(groups, new TreeSet<>(shapes.keySet()));
    }
}
