package saslscope.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks at an smtpd service: is AUTH on, is it hidden, does a login help, and who verifies it. */
final class ServerCheck {
    private static final String AUTHENTICATED = "permit_sasl_authenticated";
    private static final Set<String> RELAY = Set.of("smtpd_relay_restrictions", "smtpd_recipient_restrictions");

    private final Host host;
    private final Subject s;
    private final Service service;

    private ServerCheck(Host host, Subject subject) {
        this.host = host;
        this.s = subject;
        this.service = subject.service();
    }

    static void look(Host host, Subject subject) {
        new ServerCheck(host, subject).look();
    }

    private void look() {
        if (!service.yes("smtpd_sasl_auth_enable")) {
            s.note("auth", service.submission() ? "off-submission" : "off", service.place("smtpd_sasl_auth_enable"));
            return;
        }
        s.note("auth", "on", service.place("smtpd_sasl_auth_enable"));
        s.note("chroot", service.chroot() ? "yes" : "no", service.place());
        hidden();
        relay();
        tls();
        timeout();
        String type = service.get("smtpd_sasl_type");
        String path = service.get("smtpd_sasl_path");
        switch (type) {
            case "cyrus" -> {
                s.note("sasl.type", type, service.place("smtpd_sasl_type"));
                boolean socket = path.contains("/") || path.startsWith("inet:") || path.startsWith("unix:");
                s.note("sasl.path", socket ? "socket-with-cyrus" : "ok", service.place("smtpd_sasl_path"), "path", path);
                CyrusCheck.look(host, s);
            }
            case "dovecot" -> {
                s.note("sasl.type", type, service.place("smtpd_sasl_type"));
                s.note("lookup", "dovecot", service.place("smtpd_sasl_type"));
                DovecotCheck.look(host, s);
            }
            default -> s.note("sasl.type", "unknown", service.place("smtpd_sasl_type"), "type", type);
        }
    }

    private void hidden() {
        String place = service.place("smtpd_discard_ehlo_keywords");
        boolean discarded = Plugins.lower(service.words("smtpd_discard_ehlo_keywords")).contains("auth");
        if (discarded) {
            s.note("auth.hidden", "from-all", place);
        }
        // What is hidden by smtpd_sasl_exceptions_networks is taken all the same from a client that sends it unasked.
        s.note("auth.taken", discarded ? "no" : "yes", place);
        List<String> exceptions = service.words("smtpd_sasl_exceptions_networks");
        if (!exceptions.isEmpty()) {
            place = service.place("smtpd_sasl_exceptions_networks");
            Networks relaying = Networks.of(service.words("mynetworks"));
            Networks hidden = Networks.of(exceptions);
            boolean harmless = exceptions.stream().allMatch(n -> n.startsWith("!") || relaying.covers(n));
            s.note("auth.hidden", harmless ? "from-own" : "from-networks", place, "networks", String.join(", ", exceptions));
            if (!hidden.complete()) {
                s.note("auth.hidden.table", "unknown", place, "networks", String.join(", ", exceptions));
            }
        }
    }

    private void relay() {
        List<String> relay = service.words("smtpd_relay_restrictions");
        List<String> recipient = service.words("smtpd_recipient_restrictions");
        String place = service.place(relay.isEmpty() ? "smtpd_recipient_restrictions" : "smtpd_relay_restrictions");
        boolean named = relay.contains(AUTHENTICATED) || relay.isEmpty() && recipient.contains(AUTHENTICATED);
        // Anything but a word that is known to refuse may be a table or a class that permits.
        boolean sure = relay.stream().allMatch(w -> w.startsWith("permit") || w.startsWith("reject") || w.startsWith("defer"));
        s.note("relay", named ? "permitted" : sure ? "login-useless" : "unknown", place, "restrictions", String.join(", ", relay.isEmpty() ? recipient : relay));
        for (String list : RELAY) {
            List<String> words = service.words(list);
            int at = words.indexOf(AUTHENTICATED);
            int refused = Math.max(words.indexOf("reject_unauth_destination"), Math.max(words.indexOf("reject"), words.indexOf("defer_unauth_destination")));
            if (at >= 0 && refused >= 0 && refused < at) {
                s.note("relay.order", "refused-first", service.place(list), "restrictions", String.join(", ", words), "list", list);
            }
        }
    }

    private void tls() {
        boolean only = service.yes("smtpd_tls_auth_only");
        boolean offered = Set.of("may", "encrypt").contains(service.get("smtpd_tls_security_level")) || service.yes("smtpd_use_tls")
            || service.yes("smtpd_enforce_tls") || service.yes("smtpd_tls_wrappermode");
        boolean certificate = !service.get("smtpd_tls_cert_file").isEmpty() || !service.get("smtpd_tls_chain_files").isEmpty();
        if (offered && certificate) {
            new CertificateCheck(host, s).look();
        }
        if (!only || service.yes("smtpd_tls_wrappermode")) {
            s.note("tls.auth", "not-needed", service.place("smtpd_tls_auth_only"));
        } else {
            s.note("tls.auth", !offered ? "needed-not-offered" : !certificate ? "needed-no-certificate" : "needed", service.place("smtpd_tls_auth_only"),
                "level", service.get("smtpd_tls_security_level"));
        }
    }

    private void timeout() {
        String value = service.get("smtpd_timeout").toLowerCase(Locale.ROOT);
        if (value.matches("\\d{1,6}s?") && Long.parseLong(value.replace("s", "")) < 10) {
            s.note("timeout", "short", service.place("smtpd_timeout"), "value", value);
        }
    }
}
