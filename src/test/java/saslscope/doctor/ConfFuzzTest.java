package saslscope.doctor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import saslscope.Fuzz;

/** Configuration files as a careless editor leaves them. */
class ConfFuzzTest {
    private static final String MAIN = "smtpd_sasl_auth_enable = yes\nsmtpd_relay_restrictions = permit_mynetworks,\n    permit_sasl_authenticated, {check_access x}\n"
        + "# a comment\nmyhostname = mail.${mydomain}\nsmtpd_sasl_local_domain = ${x?{$y}:{$myhostname}}\n";
    private static final String MASTER = "submission inet n - y - - smtpd\n  -o smtpd_sasl_auth_enable=yes\n  -o { smtpd_x = a b }\n  -o\nsmtp unix - - n - - smtp -v -v\n";
    private static final String SASL = "pwcheck_method: auxprop saslauthd\nmech_list: PLAIN LOGIN\nsasldb_path:/etc/sasldb2\n";

    @Test
    void everyFileIsReadSomehow() {
        Fuzz.run(10_000, random -> {
            MainCf.parse(Fuzz.mutated(random, MAIN), "main.cf", place -> { });
            MasterCf.parse(Fuzz.mutated(random, MASTER), "master.cf");
            SaslConf.parse(Fuzz.mutated(random, SASL), "smtpd.conf");
            Map<String, String> values = Map.of("x", Fuzz.mutated(random, "$y ${z}"), "y", "${x}", "z", Fuzz.mutated(random, "${x?$y}"));
            Expansion.of(Fuzz.mutated(random, "a $x ${y?{$z}:{b}} $(z) ${z == x ? {1} : {2}}"), values::get)
                .ifPresent(v -> assertTrue(v.length() < 1 << 24, "grew to " + v.length()));
        });
    }
}
