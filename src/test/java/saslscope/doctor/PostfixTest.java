package saslscope.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostfixTest {
    private static final Map<String, String> MAIN = Map.of("/etc/postfix/main.cf", """
        # comment
        compatibility_level = 3.6
        myhostname = mail.example.com
          # a comment inside
        smtpd_relay_restrictions = permit_mynetworks,
            permit_sasl_authenticated,

        \treject_unauth_destination
        relayhost = first
        relayhost = [second]:587
        this is no setting
        """, "/etc/postfix/master.cf", """
        smtp      inet  n       -       y       -       -       smtpd
        submission inet n       -       -       -       -       smtpd
          -o syslog_name=postfix/$service_name
        # a comment between
          -o smtpd_sasl_auth_enable=yes -osmtpd_sasl_local_domain=$myhostname
          -o { smtpd_client_restrictions = permit_sasl_authenticated, reject }
          -o myhostname=sub.example.com
        too few fields
        """);

    private final Postfix postfix = Postfix.of(new FakeRoot(MAIN), Platform.of(new FakeRoot(MAIN)));

    @Test
    void linesContinueOverCommentsAndTheLastOneWins() {
        assertEquals(List.of("permit_mynetworks", "permit_sasl_authenticated", "reject_unauth_destination"),
            Postfix.words(postfix.get("smtpd_relay_restrictions")));
        assertEquals("[second]:587", postfix.get("relayhost"));
        assertEquals("/etc/postfix/main.cf:10", postfix.setting("relayhost").place());
        assertEquals(List.of("/etc/postfix/main.cf:11"), postfix.broken());
    }

    @Test
    void overridesOfAServiceCountInItsOtherParametersToo() {
        Service submission = postfix.services().get(1);
        assertEquals("sub.example.com", submission.get("smtpd_sasl_local_domain"));
        assertEquals("postfix/submission/smtpd", submission.tag());
        assertEquals("permit_sasl_authenticated, reject", submission.get("smtpd_client_restrictions"));
        assertTrue(submission.yes("smtpd_sasl_auth_enable"));
        assertFalse(postfix.services().get(0).yes("smtpd_sasl_auth_enable"));
        assertEquals("/etc/postfix/master.cf:5", submission.place("smtpd_sasl_local_domain"));
        assertEquals(2, postfix.services().size());
    }

    @Test
    void theChrootColumnDependsOnTheCompatibilityLevel() {
        assertTrue(postfix.services().get(0).chroot());
        assertFalse(postfix.services().get(1).chroot());
        Map<String, String> old = Map.of("/etc/postfix/main.cf", "", "/etc/postfix/master.cf", "smtp inet n - - - - smtpd\n");
        Service smtp = Postfix.of(new FakeRoot(old), Platform.of(new FakeRoot(old))).services().getFirst();
        assertTrue(smtp.chroot(), "level 0 is the default where main.cf says nothing");
        assertEquals("/var/spool/postfix/etc/sasldb2", smtp.jailed("/etc/sasldb2"));
    }
}
