package saslscope.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(strings = {"sql_passwd: s3cr3t-X", "ldapdb_pw: s3cr3t-X", "ldap_password: s3cr3t-X", "ldap_bind_pw: s3cr3t-X", "bindpw = s3cr3t-X",
        "connect = host=db user=u password=s3cr3t-X dbname=m", "dnpass = s3cr3t-X", "password = \"s3cr3t-X and more\"", "auth required pam_mysql.so passwd=s3cr3t-X",
        "ldapdb_uri: ldap://cn:s3cr3t-X@host/", "smtp_sasl_password_maps = static:user:s3cr3t-X", "smtp_sasl_password_maps = inline:{{host=user:s3cr3t-X}}",
        "bob:{PLAIN}s3cr3t-X:::", "bob:$6$salt$s3cr3t-X:1", "-----BEGIN PRIVATE KEY-----\ns3cr3t-X\n-----END PRIVATE KEY-----", "api_key = s3cr3t-X"})
    void passwordsAndKeysAreMasked(String text) {
        assertFalse(Secrets.masked(text, Root.Masking.SECRETS).contains("s3cr3t-X"), Secrets.masked(text, Root.Masking.SECRETS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd", "pwcheck_method: auxprop", "smtpd_sasl_mechanism_filter = !external, static:rest",
        "smtpd_tls_key_file = /etc/ssl/key.pem", "sql_select: SELECT password FROM users WHERE name = '%u'", "passwd: files systemd", "default_pass_scheme = PLAIN",
        "smtp_sasl_password_result_delimiter = :", "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated"})
    void whatIsNoSecretStays(String text) {
        assertEquals(text, Secrets.masked(text, Root.Masking.SECRETS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[relay.example.net]:587 alice:s3cr3t-X", "relay\talice:s3cr3t-X:more", "relay s3cr3t-X", "#old relay alice:s3cr3t-X", "relay alice:\n continued s3cr3t-X"})
    void aPasswordTableKeepsItsKeysOnly(String text) {
        String masked = Secrets.masked(text, Root.Masking.TABLE);
        assertFalse(masked.contains("s3cr3t-X"), masked);
        assertEquals(text.startsWith("#") ? "#" : text.split("\\s")[0], masked.split("\\s")[0]);
    }

    @Test
    void ofAccountsOnlyNamesAreKept() {
        assertEquals("alice@example.com:********\nbob:********\ncarl:********\n",
            Secrets.masked("alice@example.com:{PLAIN}s3cr3t:1000:1000::/home\n# old: s3cr3t\n\n bob:s3cr3t-X\ncarl\n:s3cr3t\n", Root.Masking.ACCOUNTS));
    }
}
