package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({"postfix/smtpd, postfix/smtpd, true, true", "postfix*/smtpd, postfix/submission/smtpd, true, true", "postfix*/smtpd, postfix-in/smtpd, true, true",
        "postfix/smtpd, postfix/smtp, false, false", "postfix/smtp, postfix/smtpd, false, false", "postfix*/smtpd, postfix, false, true", "postfix*/smtpd, smtpd, false, true",
        "postfix*/smtpd, smtp, false, false", "postfix/*, smtpd, false, false", "*/smtpd, cron, false, false", "saslauthd, saslauthd, true, true",
        "saslauthd, sasl, false, false", "*, anything/at/all, true, true", "a*b*c, aXbYc, true, true", "a*b*c, aXbY, false, false", "a*a, a, false, false"})
    void compares(String glob, String tag, boolean exactly, boolean matches) {
        assertEquals(exactly, new Glob(glob).exactly(tag));
        assertEquals(matches, new Glob(glob).matches(tag));
    }
}
