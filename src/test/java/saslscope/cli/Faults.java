package saslscope.cli;

import static saslscope.servers.MailHost.Verifier.DOVECOT;
import static saslscope.servers.MailHost.Verifier.SASLAUTHD;
import static saslscope.servers.MailHost.Verifier.SASLDB;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import saslscope.servers.MailHost;

/** The ways in which real servers are broken. */
final class Faults {
    private static final String ALICE = "alice@example.com";
    private static final String SALLY = "sally@example.com";
    private static final String DORA = "dora@example.com";
    private static final String WRONG = "Dulcinea23";
    private static final String TRUST = "--ca-file=AUTHORITY";
    private static final String PLAIN = "AUTH PLAIN " + Base64.getEncoder().encodeToString(("\0" + ALICE + "\0" + MailHost.PASSWORD).getBytes(StandardCharsets.UTF_8));

    private Faults() {
    }

    static List<Fault> all() {
        return List.of(
            Fault.of(SASLDB, "nothing (sasldb2)", h -> { }).accepts(ALICE, TRUST),
            Fault.of(SASLDB, "nothing, and TLS from the first byte", h -> { })
                .tries(new Fault.Trial(ALICE, null, true, List.of(TRUST, "-m", "PLAIN"), "logged-in at AUTH")),
            Fault.of(SASLDB, "wrong password, PLAIN", h -> { }).refuses(ALICE, WRONG, "535 5.7.8 ", TRUST, "-m", "PLAIN").follow(1, "password-mismatch"),
            Fault.of(SASLDB, "wrong password, CRAM-MD5", h -> { }).refuses(ALICE, WRONG, "535 5.7.8 ", TRUST, "-m", "CRAM-MD5").follow(1, "password-mismatch"),
            Fault.of(SASLDB, "wrong password, SCRAM-SHA-256", h -> { }).refuses(ALICE, WRONG, "535 5.7.8 ", TRUST).follow(1, "password-mismatch"),
            Fault.of(SASLDB, "unknown user", h -> { }).refuses("mallory@example.com", null, "535 5.7.8 ", TRUST, "-m", "DIGEST-MD5", "--realm=example.com").follow(1, "user-not-in-sasldb"),
            Fault.of(SASLDB, "login with another realm", h -> { }).refuses("alice@example.org", null, "535 5.7.8 ", TRUST, "-m", "PLAIN").follow(1, "wrong-realm"),
            Fault.of(SASLDB, "smtpd_sasl_local_domain is no realm of sasldb2", h -> h.main("smtpd_sasl_local_domain", "example.net"))
                .refuses("alice", null, "535 5.7.8 ", TRUST, "-m", "LOGIN").follow(1, "wrong-realm").doctor("wrong-realm"),
            Fault.of(SASLDB, "no sasldb2", h -> Files.delete(h.sasldb())).refuses(ALICE, null, "535 5.7.8 ", TRUST, "-m", "PLAIN")
                .follow(1, "sasldb-missing").doctor("sasldb-missing"),
            Fault.of(SASLDB, "sasldb2 readable by root only", h -> Files.setPosixFilePermissions(h.sasldb(), PosixFilePermissions.fromString("rw-------")))
                .refuses(ALICE, null, "454 4.7.0 ", TRUST, "-m", "PLAIN").follow(1, "sasldb-permission").doctor("sasldb-permission"),
            Fault.of(SASLDB, "sasldb2 damaged", h -> Files.writeString(h.sasldb(), "no database ".repeat(1000)))
                .refuses(ALICE, null, "454 4.7.0 ", TRUST, "-m", "PLAIN").follow(1, "sasldb-corrupt").doctor("sasldb-corrupt"),
            Fault.of(SASLDB, "sasldb2 without accounts", h -> MailHost.withdraw(h.sasldb(), "alice", "example.com"))
                .refuses(ALICE, null, "535 5.7.8 ", TRUST, "-m", "PLAIN").follow(1, "user-not-in-sasldb").doctor("user-not-in-sasldb"),
            Fault.of(SASLDB, "sasldb2 outside the chroot", h -> h.services("y", "")).refuses(ALICE, null, "535 5.7.8 ", TRUST, "-m", "PLAIN")
                .follow(1, "sasldb-outside-chroot").doctor("sasldb-outside-chroot"),
            Fault.of(SASLDB, "auxprop_plugin names one that is not installed", h -> h.conf("auxprop_plugin", "ldapdb"))
                .refuses(ALICE, null, "535 5.7.8 ", TRUST, "-m", "PLAIN").follow(1, "auxprop-plugin-missing").doctor("auxprop-plugin-missing"),
            Fault.of(SASLDB, "auxprop_plugin is misspelt", h -> h.conf("auxprop_plugin", "sasldb2"))
                .refuses(ALICE, null, "535 5.7.8 ", TRUST, "-m", "PLAIN").follow(1, "auxprop-plugin-missing").doctor("auxprop-plugin-missing"),
            Fault.of(SASLDB, "pwcheck_method names no verifier", h -> h.conf("pwcheck_method", "sasldb"))
                .refuses(ALICE, null, "535 5.7.8 ", TRUST, "-m", "PLAIN").follow(1, "pwcheck-method-unknown").doctor("pwcheck-method-unknown"),
            Fault.of(SASLDB, "smtpd.conf has a line without a colon", h -> h.write(h.conf(), "pwcheck_method auxprop\n"))
                .tries(new Fault.Trial(ALICE, null, false, List.of(TRUST), "no-connection at banner")).follow(1, "sasl-config-broken").doctor("sasl-config-broken"),
            Fault.of(SASLDB, "smtpd.conf in the folder of cyrus_sasl_config_path, of which Debian's smtpd takes no notice", h -> {
                h.main("cyrus_sasl_config_path", h.authLog().getParent().toString());
                Files.move(h.conf(), h.authLog().resolveSibling("smtpd.conf"));
            })
                .refuses(ALICE, null, "535 5.7.8 ", TRUST, "-m", "PLAIN").follow(1, "sasl-config-not-read").doctor("sasl-config-not-read"),
            Fault.of(SASLDB, "smtpd_sasl_path makes smtpd look for another file", h -> h.main("smtpd_sasl_path", "smtp"))
                .refuses(ALICE, null, "535 5.7.8 ", TRUST, "-m", "PLAIN").follow(1, "sasl-config-not-read").doctor("sasl-config-not-read"),
            Fault.of(SASLDB, "mech_list leaves nothing", h -> h.conf("mech_list", "GSSAPI"))
                .tries(new Fault.Trial(ALICE, null, false, List.of(TRUST), "no-connection at ")).follow(1, "no-mechanism-available").doctor("no-mechanism-available"),
            Fault.of(SASLDB, "mech_list names one without a plugin", h -> h.conf("mech_list", "PLAIN GSSAPI")).accepts(ALICE, TRUST).doctor("mechanism-plugin-missing"),
            Fault.of(SASLDB, "noplaintext with PLAIN and LOGIN only", h -> {
                h.conf("mech_list", "PLAIN LOGIN");
                h.main("smtpd_sasl_security_options", "noanonymous, noplaintext");
            }).tries(new Fault.Trial(ALICE, null, false, List.of(TRUST), "no-connection at ")).follow(1, "no-mechanism-available").doctor("no-mechanism-available"),
            Fault.of(SASLDB, "noplaintext before TLS only, where AUTH waits for TLS", h -> {
                h.conf("mech_list", "PLAIN LOGIN");
                h.main("smtpd_sasl_security_options", "noanonymous, noplaintext");
                h.main("smtpd_sasl_tls_security_options", "noanonymous");
                h.main("smtpd_tls_auth_only", "yes");
            }).accepts(ALICE, TRUST),
            Fault.of(SASLDB, "noplaintext before TLS only, where AUTH does not wait", h -> {
                h.conf("mech_list", "PLAIN LOGIN");
                h.main("smtpd_sasl_security_options", "noanonymous, noplaintext");
                h.main("smtpd_sasl_tls_security_options", "noanonymous");
            }).tries(new Fault.Trial(ALICE, null, false, List.of(TRUST), "no-connection at ")).follow(1, "no-mechanism-available").doctor("no-mechanism-available"),
            Fault.of(SASLDB, "smtpd_sasl_security_options holds a word that Postfix does not know", h -> h.main("smtpd_sasl_security_options", "noanonymous, nocleartext"))
                .tries(new Fault.Trial(ALICE, null, false, List.of(TRUST), "no-connection at ")).follow(1, "sasl-config-broken").doctor("sasl-config-broken"),
            Fault.of(SASLDB, "smtpd_sasl_type is misspelt", h -> h.main("smtpd_sasl_type", "cyrrus"))
                .tries(new Fault.Trial(ALICE, null, false, List.of(TRUST), "no-connection at ")).follow(1, "sasl-config-broken").doctor("sasl-config-broken"),
            Fault.of(SASLDB, "smtpd_tls_auth_only, and no TLS", h -> {
                h.main("smtpd_tls_auth_only", "yes");
                h.main("smtpd_tls_security_level", "none");
            }).says("503", "EHLO client", PLAIN, "QUIT").refuses(ALICE, null, "the server offers no AUTH without TLS")
                .follow(1, "plaintext-without-tls").doctor("plaintext-without-tls"),
            Fault.of(SASLDB, "AUTH is off", h -> h.main("smtpd_sasl_auth_enable", "no"))
                .says("503", "EHLO client", PLAIN, "QUIT").refuses(ALICE, null, "the server offers no AUTH", TRUST).follow(1, "auth-not-enabled").doctor("auth-not-enabled"),
            Fault.of(SASLDB, "AUTH is off by -o in master.cf", h -> h.services("n", "-o smtpd_sasl_auth_enable=no"))
                .says("503", "EHLO client", PLAIN, "QUIT").refuses(ALICE, null, "the server offers no AUTH", TRUST).follow(1, "auth-not-enabled").doctor("auth-not-enabled"),
            Fault.of(SASLDB, "EHLO does not tell of AUTH", h -> h.main("smtpd_discard_ehlo_keywords", "auth"))
                .says("503", "EHLO client", PLAIN, "QUIT").refuses(ALICE, null, "the server offers no AUTH", TRUST)
                .follow(1, "auth-not-enabled").doctor("auth-not-enabled"),
            Fault.of(SASLDB, "EHLO does not tell clients here of AUTH", h -> h.main("smtpd_sasl_exceptions_networks", "127.0.0.0/8"))
                .says("235", "EHLO client", PLAIN, "QUIT").refuses(ALICE, null, "the server offers no AUTH", TRUST).doctor("auth-not-enabled"),
            Fault.of(SASLDB, "a login permits no relaying", h -> h.main("smtpd_relay_restrictions", "permit_mynetworks, reject_unauth_destination"))
                .says("554", "EHLO client", PLAIN, "MAIL FROM:<alice@example.com>", "RCPT TO:<bob@example.net>", "QUIT")
                .follow(1, "not-authenticated-relay").doctor("not-authenticated-relay"),
            Fault.of(SASLDB, "a client that does not log in", h -> { })
                .says("554", "EHLO client", "MAIL FROM:<alice@example.com>", "RCPT TO:<bob@example.net>", "QUIT").follow(1, "not-authenticated-relay"),
            Fault.of(SASLDB, "a client that sends no base64", h -> { }).says("535", "EHLO client", "AUTH PLAIN !!!", "QUIT").follow(1, "client-malformed"),
            Fault.of(SASLDB, "a client that cancels", h -> { }).says("501", "EHLO client", "AUTH LOGIN", "*", "QUIT").follow(1, "client-aborted"),
            Fault.of(SASLDB, "a client that hangs up when it is asked for the password", h -> { })
                .says("334", "EHLO client", "AUTH LOGIN", "YWxpY2U=").follow(1, "client-disconnected"),
            Fault.of(SASLDB, "more logins in a minute than are let in", h -> h.main("smtpd_client_auth_rate_limit", "1"))
                .says("450", "EHLO client", "AUTH LOGIN", "*", "AUTH LOGIN", "QUIT").follow(2, "rate-limited"),
            Fault.of(SASLDB, "a certificate that has expired", h -> h.certificate("localhost", "-9d", 5, true))
                .tries(new Fault.Trial(ALICE, null, false, List.of(TRUST), "no-connection at TLS: the certificate of CN=localhost can't be trusted: it expired"))
                .follow(1, "tls-handshake-failed").doctor("tls-handshake-failed"),
            Fault.of(SASLDB, "a certificate for another name", h -> h.certificate("mail.example.com", "-1d", 5, true))
                .tries(new Fault.Trial(ALICE, null, false, List.of(TRUST), "no-connection at TLS: the certificate of CN=mail.example.com can't be trusted: it is not for localhost"))
                .follow(1, "tls-handshake-failed"),
            Fault.of(SASLDB, "a certificate by nobody that is known", h -> h.certificate("localhost", "-2d", 5, false))
                .tries(new Fault.Trial(ALICE, null, false, List.of(TRUST), "no-connection at TLS: the certificate of CN=localhost can't be trusted: it is self-signed"))
                .follow(1, "tls-handshake-failed"),
            Fault.of(SASLDB, "no certificate file", h -> h.main("smtpd_tls_chain_files", "/nonexistent/chain.pem"))
                .tries(new Fault.Trial(ALICE, null, false, List.of(TRUST), "no-connection at TLS"))
                .follow(1, "tls-handshake-failed").doctor("tls-handshake-failed"),

            Fault.of(SASLAUTHD, "nothing (saslauthd)", h -> { }).accepts(SALLY, TRUST),
            Fault.of(SASLAUTHD, "wrong password, saslauthd", h -> { }).refuses(SALLY, WRONG, "535 5.7.8 ", TRUST).among(1, "password-mismatch"),
            Fault.of(SASLAUTHD, "unknown user, saslauthd", h -> { }).refuses("mallory@example.com", null, "535 5.7.8 ", TRUST).among(1, "user-not-in-backend"),
            Fault.of(SASLAUTHD, "saslauthd stopped", h -> h.saslauthd().stop()).refuses(SALLY, null, "454 4.7.0 ", TRUST)
                .follow(1, "saslauthd-not-running").doctor("saslauthd-not-running"),
            Fault.of(SASLAUTHD, "saslauthd crashed", h -> h.saslauthd().kill()).refuses(SALLY, null, "454 4.7.0 ", TRUST)
                .follow(1, "saslauthd-not-running").doctor("saslauthd-not-running"),
            Fault.of(SASLAUTHD, "saslauthd's folder is closed to Postfix", h -> h.saslauthd().permissions("rwx--x---")).refuses(SALLY, null, "454 4.7.0 ", TRUST)
                .follow(1, "saslauthd-permission").doctor("saslauthd-permission"),
            Fault.of(SASLAUTHD, "saslauthd_path is another place", h -> h.conf("saslauthd_path", h.saslauthd().folder() + "/elsewhere/mux"))
                .refuses(SALLY, null, "454 4.7.0 ", TRUST).follow(1, "saslauthd-wrong-path").doctor("saslauthd-wrong-path"),
            Fault.of(SASLAUTHD, "saslauthd_path is the folder", h -> h.conf("saslauthd_path", h.saslauthd().folder().toString()))
                .refuses(SALLY, null, "454 4.7.0 ", TRUST).follow(1, "saslauthd-wrong-path").doctor("saslauthd-wrong-path"),
            Fault.of(SASLAUTHD, "saslauthd outside the chroot", h -> h.services("y", "")).refuses(SALLY, null, "454 4.7.0 ", TRUST)
                .follow(1, "saslauthd-outside-chroot").doctor("saslauthd-outside-chroot"),
            Fault.of(SASLAUTHD, "the server behind saslauthd is down", MailHost::closeBackend).refuses(SALLY, null, "535 5.7.8 ", TRUST)
                .follow(1, "backend-down").doctor("backend-down"),
            Fault.of(SASLAUTHD, "saslauthd without -r drops the realm", h -> h.remote("-l")).refuses(SALLY, null, "535 5.7.8 ", TRUST).among(1, "wrong-realm"),
            Fault.of(SASLAUTHD, "saslauthd asks the wrong backend, shadow", h -> h.saslauthd().run("-a", "shadow")).refuses(SALLY, null, "535 5.7.8 ", TRUST)
                .among(1, "user-not-in-backend"),
            Fault.of(SASLAUTHD, "saslauthd with -r and shadow", h -> h.saslauthd().run("-a", "shadow", "-r")).refuses(SALLY, null, "535 5.7.8 ", TRUST)
                .among(1, "wrong-realm").doctor("wrong-realm"),
            Fault.of(SASLAUTHD, "CRAM-MD5 with saslauthd", h -> h.conf("mech_list", "CRAM-MD5 PLAIN")).refuses(SALLY, null, "535 5.7.8 ", TRUST, "-m", "CRAM-MD5")
                .follow(1, "secret-form-missing").doctor("secret-form-missing"),

            Fault.of(DOVECOT, "nothing (Dovecot)", h -> { }).accepts(DORA, TRUST),
            Fault.of(DOVECOT, "wrong password, Dovecot", h -> { }).refuses(DORA, WRONG, "535 5.7.8 ", TRUST).follow(1, "password-mismatch"),
            Fault.of(DOVECOT, "unknown user, Dovecot", h -> { }).refuses("mallory@example.com", null, "535 5.7.8 ", TRUST).follow(1, "user-not-in-backend"),
            Fault.of(DOVECOT, "Dovecot's password file is gone", h -> Files.delete(h.dovecot().users())).refuses(DORA, null, "535 5.7.8 ", TRUST)
                .among(1, "backend-down").doctor("backend-down"),
            Fault.of(DOVECOT, "Dovecot may not read its password file", h -> Files.setPosixFilePermissions(h.dovecot().users(), PosixFilePermissions.fromString("rw-------")))
                .refuses(DORA, null, "535 5.7.8 ", TRUST).among(1, "backend-down").doctor("backend-down"),
            Fault.of(DOVECOT, "Dovecot's socket is not Postfix's to use", h -> h.dovecot().run("root", "0600")).tries(new Fault.Trial(DORA, null, false, List.of(TRUST), "no-connection"))
                .follow(1, "dovecot-socket-permission").doctor("dovecot-socket-permission"),
            Fault.of(DOVECOT, "smtpd_sasl_path names no socket", h -> h.main("smtpd_sasl_path", "private/dovecot-auth"))
                .tries(new Fault.Trial(DORA, null, false, List.of(TRUST), "no-connection")).follow(1, "dovecot-socket-missing").doctor("dovecot-socket-missing"),
            Fault.of(DOVECOT, "smtpd_sasl_path names another socket of Dovecot's", h -> h.main("smtpd_sasl_path", "private/auth-userdb"))
                .tries(new Fault.Trial(DORA, null, false, List.of(TRUST), "no-connection")).follow(1, "dovecot-wrong-socket").doctor("dovecot-wrong-socket"),
            Fault.of(DOVECOT, "smtpd_sasl_type is cyrus, and the path Dovecot's", h -> h.main("smtpd_sasl_type", "cyrus")).refuses(DORA, null, "535 5.7.8 ", TRUST)
                .follow(1, "sasl-type-wrong").doctor("sasl-type-wrong"),
            Fault.of(DOVECOT, "Dovecot stopped", h -> h.dovecot().stop()).tries(new Fault.Trial(DORA, null, false, List.of(TRUST), "no-connection"))
                .follow(1, "dovecot-not-running").doctor("dovecot-not-running"));
    }
}
