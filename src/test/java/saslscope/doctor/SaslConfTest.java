package saslscope.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** As lib/config.c of Cyrus SASL reads it. */
class SaslConfTest {
    private static SaslConf parse(String text) {
        return SaslConf.parse(text, "/c");
    }

    @Test
    void keysAreCaseInsensitiveValuesAreTrimmedAndTheFirstOneCounts() {
        SaslConf c = parse("# comment\n\n \tPWCheck_Method:\t saslauthd  \t\nmech_list: PLAIN LOGIN\r\nmech_list: CRAM-MD5\n");
        assertEquals("saslauthd", c.get("pwcheck_method", ""));
        assertEquals(List.of("PLAIN", "LOGIN"), c.words("mech_list", ""));
        assertEquals("/c:4", c.place("mech_list"));
        assertEquals(0, c.broken());
    }

    @Test
    void aLineWithoutColonOrValueBreaksTheWholeFile() {
        assertEquals(2, parse("pwcheck_method: auxprop\nmech_list PLAIN\n").broken());
        assertEquals(1, parse("[smtpd]\n").broken());
        assertEquals(1, parse("sasldb_path:   \nx: y\n").broken());
        assertEquals(1, parse("sasldb_path : /x\n").broken());
    }

    @Test
    void aValueMayHoldAnything() {
        assertEquals("SELECT p FROM u WHERE n = '%u' # no comment", parse("sql_select: SELECT p FROM u WHERE n = '%u' # no comment").get("sql_select", ""));
    }
}
