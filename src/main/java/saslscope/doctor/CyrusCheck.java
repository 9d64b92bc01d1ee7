package saslscope.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Looks at a service with Cyrus SASL: its smtpd.conf, who verifies passwords, what is offered. */
final class CyrusCheck {
    /** Compiled in everywhere or here and there (lib/checkpw.c). */
    private static final Set<String> VERIFIERS = Set.of("auxprop", "auxprop-hashed", "saslauthd", "authdaemond", "alwaystrue", "pwcheck");
    private static final Set<String> OPTIONS = Set.of("noplaintext", "noactive", "nodictionary", "noanonymous", "forward_secrecy", "mutual_auth");

    private final Host host;
    private final Subject s;
    private final Service service;
    private final ConfSearch search;
    private final SaslConf conf;

    private CyrusCheck(Host host, Subject subject) {
        this.host = host;
        this.s = subject;
        this.service = subject.service();
        this.search = ConfSearch.of(host, service);
        this.conf = search.conf();
    }

    static void look(Host host, Subject subject) {
        new CyrusCheck(host, subject).look();
    }

    private void look() {
        String told = service.get("cyrus_sasl_config_path");
        if (!told.isEmpty() && !host.platform().heedsConfigPath()) {
            s.note("conf.path", "ignored", service.place("cyrus_sasl_config_path"), "path", told, "folders", String.join(" and ", host.platform().confs()));
        }
        if (search.state().equals("unknown")) {
            s.note("conf", "unknown", search.wanted(), "path", search.wanted());
            return;
        }
        if (search.state().equals("broken")) {
            s.note("conf", "broken", conf.path() + ":" + conf.broken(), "path", conf.path(), "line", String.valueOf(conf.broken()));
            return;
        }
        List<String> verifiers = verifiers();
        Set<String> stores = new StoreCheck(host, s, conf).look(verifiers);
        if (verifiers.contains("saslauthd")) {
            new SaslauthdCheck(host, s, conf).look();
        }
        if (verifiers.contains("authdaemond")) {
            authdaemond();
        }
        conf(verifiers, stores);
        mechanisms(verifiers, stores);
    }

    private void conf(List<String> verifiers, Set<String> stores) {
        String other = search.other() == null ? "" : search.other();
        boolean saslauthd = host.processes().runs("saslauthd");
        // The defaults are fine where the accounts are in sasldb2 and nobody set up anything else.
        boolean works = search.state().equals("missing") && !saslauthd && s.has("sasldb", "ok", "unknown");
        s.note("conf", search.state().equals("missing") ? works ? "defaults" : "missing" : search.state(),
            search.state().equals("read") ? conf.path() : service.place("smtpd_sasl_path"), "path", search.wanted(), "other", other,
            "instead", String.join(" ", verifiers), "saslauthd", saslauthd ? "saslauthd runs, so it was probably meant" : "no account can be found that way");
        String lookup = verifiers.equals(List.of("auxprop")) ? String.join("+", stores) : String.join("+", verifiers);
        s.note("lookup", lookup.isEmpty() ? "nothing" : lookup, conf.place("pwcheck_method"));
        String secrets = String.join("+", stores);
        s.note("secrets", secrets.isEmpty() ? "nothing" : secrets, conf.place("auxprop_plugin"));
        if (search.state().equals("read")) {
            s.note("conf.reads", "yes", conf.path(), "path", conf.path());
        }
    }

    private List<String> verifiers() {
        List<String> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String word : conf.words("pwcheck_method", "auxprop")) {
            String w = word.toLowerCase(Locale.ROOT);
            (VERIFIERS.contains(w) ? known : unknown).add(w);
        }
        String place = conf.place("pwcheck_method");
        if (!unknown.isEmpty()) {
            s.note("verifier", known.isEmpty() ? "unknown" : "partly-unknown", place, "words", String.join(" ", unknown), "value", conf.get("pwcheck_method", ""));
        }
        known.forEach(v -> s.note("verifier", v, place));
        return known;
    }

    private void authdaemond() {
        String path = conf.get("authdaemond_path", "/dev/null");
        Reading<FileState> socket = host.root().state(service.jailed(path));
        boolean runs = host.processes().runs("authdaemond", "authdaemond.plain", "courierlogger");
        String value = socket.found() && socket.or(null).kind() == 's' ? host.processes().known() && !runs ? "not-running" : "there"
            : host.processes().known() && !runs ? "not-running" : socket.absent() ? "absent" : "unknown";
        s.note("authdaemond", value, conf.place("authdaemond_path"), "path", service.jailed(path));
    }

    /** The parameters that count: one before TLS, unless AUTH waits for it, and one under TLS (smtpd.c, smtpd_proto()). */
    private List<String> options() {
        List<String> parameters = new ArrayList<>();
        if (s.has("tls.auth", "not-needed") && !service.yes("smtpd_tls_wrappermode")) {
            parameters.add("smtpd_sasl_security_options");
        }
        if (Set.of("may", "encrypt").contains(service.get("smtpd_tls_security_level")) || service.yes("smtpd_tls_wrappermode") || parameters.isEmpty()) {
            parameters.add("smtpd_sasl_tls_security_options");
        }
        return parameters;
    }

    private void mechanisms(List<String> verifiers, Set<String> stores) {
        if (!host.plugins().known()) {
            s.note("mechanisms", "unknown", String.join(" or ", host.platform().plugins()), "folders", String.join(" or ", host.platform().plugins()));
            return;
        }
        Set<String> installed = host.plugins().mechanisms();
        Set<String> listed = new LinkedHashSet<>();
        conf.words("mech_list", "").forEach(w -> listed.addAll(List.of(w.toUpperCase(Locale.ROOT).split(","))));
        listed.remove("");
        Set<String> missing = new LinkedHashSet<>(listed);
        missing.removeAll(installed);
        missing.removeIf(m -> m.startsWith("SCRAM-") && host.plugins().names().contains("scram"));
        MechanismFilter filter = MechanismFilter.of(service.words("smtpd_sasl_mechanism_filter"));
        Set<String> offered = new TreeSet<>();
        String place = null;
        for (String parameter : options()) {
            Set<String> options = Plugins.lower(service.words(parameter));
            String written = service.place(service.setting(parameter).isDefault() ? "smtpd_sasl_security_options" : parameter);
            List<String> strange = options.stream().filter(o -> !OPTIONS.contains(o)).toList();
            if (!strange.isEmpty()) {
                s.note("options", "unknown", written, "words", String.join(" ", strange));
            }
            Set<String> left = new TreeSet<>(installed);
            if (!listed.isEmpty()) {
                left.retainAll(listed);
            }
            Set<String> cut = new TreeSet<>(left);
            left.removeIf(m -> !Plugins.meets(m, options));
            left.remove("EXTERNAL");
            cut.removeAll(left);
            cut.remove("EXTERNAL");
            Set<String> filtered = new TreeSet<>();
            left.stream().filter(filter::refuses).forEach(filtered::add);
            left.removeAll(filtered);
            place = !cut.isEmpty() ? written : !filtered.isEmpty() ? service.place("smtpd_sasl_mechanism_filter")
                : listed.isEmpty() ? host.plugins().folder() : conf.place("mech_list");
            if (left.isEmpty()) {
                String why = (cut.isEmpty() ? "" : parameter + " (" + String.join(", ", options) + ") rules out " + String.join(" ", cut) + "; ")
                    + (filtered.isEmpty() ? "" : "smtpd_sasl_mechanism_filter rules out " + String.join(" ", filtered) + "; ")
                    + (missing.isEmpty() ? "" : "mech_list names " + String.join(" ", missing) + ", which no installed plugin has; ")
                    + "installed are " + (installed.size() == 1 ? "none" : String.join(" ", installed)).replace(" EXTERNAL", "");
                s.note("mechanisms", filter.complete() ? "none-left" : "unknown-filter", place, "why", why);
                return;
            }
            offered.addAll(left);
        }
        String at = place;
        s.note("mechanisms", "some", at, "offered", String.join(" ", offered));
        offered.forEach(m -> s.note("offers", m, at));
        missing.forEach(m -> s.note("mechanism.missing", m, conf.place("mech_list"), "mechanism", m,
            "plugin", Plugins.plugin(m) == null ? "no plugin that is known" : "lib" + Plugins.plugin(m) + ".so"));
        if (!missing.isEmpty()) {
            s.note("mechanism.listed", "not-installed", conf.place("mech_list"), "mechanisms", String.join(" ", missing), "folder", host.plugins().folder());
        }
        List<String> hollow = offered.stream().filter(Plugins::needsSecret).toList();
        if (!hollow.isEmpty() && !verifiers.contains("auxprop") && secretless(stores)) {
            s.note("secrets.offered", "none-stored", listed.isEmpty() ? conf.place("pwcheck_method") : conf.place("mech_list"), "mechanisms", String.join(" ", hollow),
                "verifier", String.join(" ", verifiers));
        }
    }

    /** No store could hold a secret: none is set up, or the only one is a sasldb2 that is not there. */
    private boolean secretless(Set<String> stores) {
        return stores.isEmpty() || stores.equals(Set.of("sasldb")) && s.has("sasldb", "absent", "empty");
    }
}
