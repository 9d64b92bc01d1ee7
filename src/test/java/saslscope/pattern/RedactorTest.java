package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final Path FOLDER = Path.of("src/test/resources/saslscope/pattern");

    /** Lines of real servers with debugging on, and every password that their clients used. */
    @Test
    void noPasswordSurvivesInClearOrInBase64() throws IOException {
        List<String> passwords = Files.readAllLines(FOLDER.resolve("secrets.txt"));
        List<String> lines = Files.readAllLines(FOLDER.resolve("secrets.log"));
        int before = 0;
        for (String line : lines) {
            before += holds(line, passwords) ? 1 : 0;
            String safe = Redactor.redact(line);
            assertFalse(holds(safe, passwords), safe);
            assertTrue(safe.startsWith(line.substring(0, 40)), safe);
        }
        assertTrue(before > lines.size() / 2, "the lines hold too few passwords to prove anything: " + before);
    }

    static boolean holds(String line, List<String> passwords) {
        Matcher words = Pattern.compile("[A-Za-z0-9+/]{4,}={0,2}").matcher(line);
        StringBuilder all = new StringBuilder(line);
        while (words.find()) {
            String word = words.group();
            String padded = word.replace("=", "");
            try {
                all.append('\n').append(new String(Base64.getDecoder().decode(padded), StandardCharsets.ISO_8859_1));
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return passwords.stream().anyMatch(all.toString()::contains) || line.contains("$6$");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "< unknown[192.0.2.7]: AUTH PLAIN AGEAYg==|< unknown[192.0.2.7]: AUTH PLAIN [secret]",
        "< unknown[192.0.2.7]: auth plain AGEAYg==|< unknown[192.0.2.7]: auth plain [secret]",
        "< unknown[192.0.2.7]: AUTH XOAUTH2 dXNlcj1h|< unknown[192.0.2.7]: AUTH XOAUTH2 [secret]",
        "< unknown[2001:db8::7]:4711: dGVzdDEyMw==|< unknown[2001:db8::7]:4711: [secret]",
        "< unknown[192.0.2.7]: my password in clear|< unknown[192.0.2.7]: [secret]",
        "> relay.example.net[192.0.2.4]:587: dGVzdDEyMw==|> relay.example.net[192.0.2.4]:587: [secret]",
        "a password=hunter2, user=b|a password=[secret], user=b",
        "sql: userPassword = 'hunter 2' AND x|sql: userPassword = '[secret]' AND x",
        "pw=x;passwd=y pass=z|pw=[secret];passwd=[secret] pass=[secret]",
        "auth: sql(bob,192.0.2.9): Password mismatch (given password: x(y)|auth: sql(bob,192.0.2.9): Password mismatch (given password: [secret])",
        "auth: sql(bob,192.0.2.9): Password mismatch (SHA1 of given password: 8cb2)|auth: sql(bob,192.0.2.9): Password mismatch (SHA1 of given password: [secret])",
        "auth: Debug: client in: CONT#0111#011dGVzdA== (previous base64 data may contain sensitive data)"
            + "|auth: Debug: client in: CONT#0111#011[secret] (previous base64 data may contain sensitive data)",
        "client in: AUTH#0111#011PLAIN#011resp=AGEAYg==#011x=1|client in: AUTH#0111#011PLAIN#011resp=[secret]#011x=1",
        "auth: Debug: client passdb out: OK#0111#011user=a#011pass=hunter 2, 3#011x|auth: Debug: client passdb out: OK#0111#011user=a#011pass=[secret]#011x",
        "passwd-file(a,192.0.2.1): SHA512-CRYPT(a(b) != c) != 'x'|passwd-file(a,192.0.2.1): SHA512-CRYPT([secret]) != '[secret]'",
        "static(a): {SSHA}abc/+= is bad|static(a): {SSHA}[secret] is bad",
        "hash $6$salt$abcdefghijk./ end|hash [secret] end",
        "xsasl_cyrus_server_first: decoded initial response a|xsasl_cyrus_server_first: decoded initial response [secret]",
        "xsasl_cyrus_client_next: uncoded client response a b|xsasl_cyrus_client_next: uncoded client response [secret]",
        "maps_find: smtp_sasl_password_maps: hash:/etc/p(0,lock): mx = a:b c|maps_find: smtp_sasl_password_maps: hash:/etc/p(0,lock): mx = a:[secret]",
        "http: Authorization: Bearer abc.def|http: Authorization: Bearer [secret]",
        "x: AUTH LOGIN YQ==\\r\\nYg==\\r\\nMAIL FROM:<a>\\r\\n|x: AUTH LOGIN [secret]\\r\\n[secret]\\r\\nMAIL FROM:<a>\\r\\n"})
    void masks(String line, String safe) {
        assertEquals(safe, Redactor.redact(line));
        assertEquals(safe, Redactor.redact(safe), "masking twice must change nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "warning: unknown[192.0.2.7]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=alice",
        "< unknown[192.0.2.7]: EHLO client.example.com", "< unknown[192.0.2.7]: QUIT", "< unknown[192.0.2.7]: MAIL FROM:<a@example.com>",
        "> unknown[192.0.2.7]: 334 UGFzc3dvcmQ6", "> unknown[192.0.2.7]: 250-AUTH PLAIN LOGIN CRAM-MD5", "< relay[192.0.2.4]:587: 250 AUTH PLAIN LOGIN",
        "> unknown[192.0.2.7]: 250-AUTH=PLAIN LOGIN", "lost connection after AUTH from unknown[192.0.2.7]",
        "auth: Debug: client in: AUTH#0111#011PLAIN#011service=smtp#011resp=<hidden>", "SASL authentication failure: Password verification failed",
        "disconnect from unknown[192.0.2.7] ehlo=1 auth=0/1 quit=1 commands=2/3", "4Z: message-id=<a@example.com>",
        "maps_find: smtp_sasl_password_maps: relay.example.net: not found", "fatal: open database /etc/postfix/sasl_passwd.db: No such file or directory",
        "pam_unix(smtp:auth): authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=  user=alice", "AUTH PLAIN LOGIN are offered",
        "price $5 and {x}", ""})
    void leavesAlone(String line) {
        assertEquals(line, Redactor.redact(line));
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(7);
        String signs = "=:'`${}()<> \\rnH#0119AUTHauthpasswordPLAIN[];,\"";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder();
            for (int k = random.nextInt(40); k > 0; k--) {
                line.append(signs.charAt(random.nextInt(signs.length())));
            }
            String safe = Redactor.redact(line.toString());
            assertTrue(safe.length() <= 9 * line.length() + 9);
        }
    }

    @Test
    void otherTextStaysAsItIs() {
        assertEquals("Zoë \uFFFD \u202e password=[secret]", Redactor.redact("Zoë \uFFFD \u202e password=geheim"));
    }
}
