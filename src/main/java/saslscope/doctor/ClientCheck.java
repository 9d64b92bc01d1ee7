package saslscope.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Looks at the side on which Postfix itself logs in: the smtp client and its relay host. */
final class ClientCheck {
    private final Host host;
    private final Subject s;
    private final Service service;

    private ClientCheck(Host host, Subject subject) {
        this.host = host;
        this.s = subject;
        this.service = subject.service();
    }

    static void look(Host host, Subject subject) {
        new ClientCheck(host, subject).look();
    }

    private void look() {
        if (!service.yes("smtp_sasl_auth_enable")) {
            return;
        }
        s.note("relay.auth", "on", service.place("smtp_sasl_auth_enable"), "relay", relayhost());
        passwords();
        options();
        mechanisms();
        own();
    }

    private String relayhost() {
        String relay = service.get("relayhost").strip();
        return relay.isEmpty() ? "none" : relay;
    }

    private void passwords() {
        List<String> maps = service.words("smtp_sasl_password_maps");
        String place = service.place("smtp_sasl_password_maps");
        if (maps.isEmpty()) {
            s.note("relay.passwords", "none", place, "relay", relayhost());
            return;
        }
        List<String> keys = new ArrayList<>();
        boolean all = true;
        for (String word : maps) {
            Tables.Table table = Tables.of(word);
            if (table == null || table.opened() == null) {
                all = false;
                continue;
            }
            Reading<FileState> opened = host.root().state(table.opened());
            Reading<String> source = host.root().text(table.name(), Root.Masking.TABLE);
            if (opened.absent()) {
                s.note("relay.passwords", source.found() && table.compiled() ? "not-compiled" : "absent", place, "file", table.opened(), "table", table.toString(),
                    "source", table.name());
                return;
            }
            if (table.compiled() && opened instanceof Reading.Found<FileState> o && host.root().state(table.name()) instanceof Reading.Found<FileState> t
                && o.value().changed() != null && t.value().changed() != null && t.value().changed().isAfter(o.value().changed())) {
                s.note("relay.passwords.age", "older", place, "file", table.opened(), "table", table.toString(), "source", table.name());
            }
            if (source instanceof Reading.Found<String> f) {
                LogicalLines.of(f.value()).forEach(l -> keys.add(l.text().strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT)));
            } else {
                all = false;
            }
        }
        entry(keys, all, place, String.join(", ", maps));
    }

    /**
     * The keys that Postfix tries: the name of the host it is connected to, then the next hop as written (smtp_sasl_glue.c,
     * smtp_sasl_passwd_lookup()).
     */
    private void entry(List<String> keys, boolean all, String place, String maps) {
        String relay = relayhost().toLowerCase(Locale.ROOT);
        boolean bySender = service.yes("smtp_sender_dependent_authentication") || !service.get("sender_dependent_relayhost_maps").isEmpty();
        if (relay.equals("none") || bySender) {
            s.note("relay.passwords", all && keys.isEmpty() ? "empty" : "unknown", place, "table", maps, "relay", relay);
            return;
        }
        Set<String> tried = new TreeSet<>(List.of(relay));
        boolean bracketed = relay.startsWith("[") && relay.contains("]");
        if (bracketed) {
            tried.add(relay.substring(1, relay.indexOf(']')));
        }
        boolean entry = tried.stream().anyMatch(keys::contains);
        String value = entry ? "ok" : all && (bracketed || keys.isEmpty()) ? "no-entry" : "unknown";
        s.note("relay.passwords", value, place, "table", maps, "relay", relayhost(), "tried", String.join(" and ", tried), "keys", String.join(" ", keys));
    }

    private void options() {
        Set<String> plain = Plugins.lower(service.words("smtp_sasl_security_options"));
        Set<String> tls = Plugins.lower(service.words("smtp_sasl_tls_security_options"));
        boolean encrypted = Set.of("encrypt", "dane-only", "verify", "secure", "fingerprint").contains(service.get("smtp_tls_security_level"));
        boolean tried = !service.get("smtp_tls_security_level").isEmpty() && !service.get("smtp_tls_security_level").equals("none");
        Set<String> counts = encrypted || tried ? tls : plain;
        String name = encrypted || tried ? "smtp_sasl_tls_security_options" : "smtp_sasl_security_options";
        s.note("relay.options", counts.contains("noplaintext") ? "noplaintext" : "ok", service.place(service.setting(name).isDefault() ? "smtp_sasl_security_options" : name),
            "options", String.join(", ", counts), "parameter", name);
    }

    private void mechanisms() {
        if (!service.get("smtp_sasl_type").equals("cyrus")) {
            return;
        }
        if (!host.plugins().known()) {
            s.note("relay.mechanisms", "unknown", String.join(" or ", host.platform().plugins()), "folders", String.join(" or ", host.platform().plugins()));
            return;
        }
        Set<String> usable = new TreeSet<>(host.plugins().mechanisms());
        usable.removeAll(Set.of("EXTERNAL", "ANONYMOUS"));
        boolean common = usable.contains("PLAIN") || usable.contains("LOGIN");
        MechanismFilter filter = MechanismFilter.of(service.words("smtp_sasl_mechanism_filter"));
        boolean refused = !usable.isEmpty() && usable.stream().allMatch(filter::refuses);
        s.note("relay.mechanisms", usable.isEmpty() ? "none" : refused ? "filtered" : common ? "some" : "no-plaintext",
            refused ? service.place("smtp_sasl_mechanism_filter") : host.plugins().folder(), "folder", host.plugins().folder(), "installed", String.join(" ", usable));
    }

    /** A relay host that is a service of this very Postfix can be looked at, too. */
    private void own() {
        String relay = relayhost();
        int end = relay.indexOf(']');
        if (!relay.startsWith("[") || end < 0) {
            return;
        }
        String name = relay.substring(1, end);
        String port = relay.length() > end + 2 ? relay.substring(end + 2) : "smtp";
        for (Service x : host.postfix().running("smtpd")) {
            boolean samePort = x.port().equals(port) || Set.of("25", "smtp").containsAll(Set.copyOf(List.of(port, x.port())))
                || Set.of("587", "submission").containsAll(Set.copyOf(List.of(port, x.port())));
            if (samePort && !x.setting("myhostname").isDefault() && x.get("myhostname").equalsIgnoreCase(name)) {
                s.note("relay.offer", x.yes("smtpd_sasl_auth_enable") ? "own-on" : "own-off", x.place("smtpd_sasl_auth_enable"), "relay", relay, "service", x.name());
            }
        }
    }
}
