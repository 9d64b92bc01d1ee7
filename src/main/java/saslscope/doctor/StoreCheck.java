package saslscope.doctor;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Looks at the auxprop stores of a service: sasldb2, SQL, LDAP. */
final class StoreCheck {
    private final Host host;
    private final Subject s;
    private final Service service;
    private final SaslConf conf;

    StoreCheck(Host host, Subject subject, SaslConf conf) {
        this.host = host;
        this.s = subject;
        this.service = subject.service();
        this.conf = conf;
    }

    /** Notes what is wrong with the stores that matter. The stores that are asked. */
    Set<String> look(List<String> verifiers) {
        Set<String> asked = new TreeSet<>();
        boolean named = conf.has("auxprop_plugin");
        boolean used = verifiers.contains("auxprop");
        if (named) {
            conf.words("auxprop_plugin", "").forEach(w -> plugin(w.toLowerCase(Locale.ROOT), asked, used));
        } else {
            // All that are installed and set up; sql and ldapdb take no part without their own keys (plugins/sql.c, ldapdb.c).
            if (!host.plugins().known() || host.plugins().names().contains("sasldb")) {
                asked.add("sasldb");
            }
            if (conf.has("sql_select")) {
                asked.add("sql");
            }
            if (conf.has("ldapdb_uri")) {
                asked.add("ldapdb");
            }
            if (host.plugins().known() && asked.isEmpty() && used) {
                s.note("store.plugin", "none", host.plugins().folder(), "plugin", "sasldb", "folder", host.plugins().folder());
            }
        }
        if (asked.contains("sasldb")) {
            sasldb(used);
        }
        if (asked.contains("sql")) {
            sql();
        }
        if (asked.contains("ldapdb")) {
            ldapdb();
        }
        asked.forEach(a -> s.note("store", a, conf.place("auxprop_plugin")));
        return asked;
    }

    private void plugin(String name, Set<String> asked, boolean used) {
        boolean installed = host.plugins().names().contains(name);
        if (host.plugins().known() && !installed) {
            String near = Plugins.AUXPROP.stream().filter(p -> !p.equals(name) && sameLetters(p, name)).findFirst().orElse("");
            s.note("store.plugin", used ? "missing" : "missing-unused", conf.place("auxprop_plugin"), "plugin", name, "folder", host.plugins().folder(),
                "near", near.isEmpty() ? "" : " It is perhaps misspelt: " + near + " is one.");
            return;
        }
        asked.add(name);
    }

    private static boolean sameLetters(String a, String b) {
        return Math.abs(a.length() - b.length()) <= 1
            && (b.chars().distinct().allMatch(c -> a.indexOf(c) >= 0) || a.chars().distinct().allMatch(c -> b.indexOf(c) >= 0));
    }

    private void sasldb(boolean used) {
        String usual = host.platform().sasldb();
        String path = conf.get("sasldb_path", usual);
        String opened = service.jailed(path);
        String place = conf.has("sasldb_path") ? conf.place("sasldb_path") : opened;
        Reading<FileState> state = host.sasldb(opened);
        Accounts accounts = host.accounts(path);
        String user = host.identity().user();
        String[] words = {"path", opened, "outside", path, "usual", usual, "user", user, "accounts", String.valueOf(accounts.names().size()),
            "realms", String.join(", ", accounts.realms()), "why", accounts.why()};
        if (used && accounts.known() && !accounts.names().isEmpty()) {
            realm(accounts, words);
        }
        if (opened.equals(path) ? state.absent() : !state.found() && host.sasldb(path).found()) {
            boolean elsewhere = !path.equals(usual) && host.sasldb(usual).found();
            boolean outside = !opened.equals(path) && host.sasldb(path).found();
            s.note("sasldb", outside ? "outside-chroot" : elsewhere ? "elsewhere" : "absent", place, words);
            if (outside && host.identity().may(host.root(), path, 4) instanceof Identity.Answer.No no) {
                s.note("sasldb.outside", "forbidden", path, with(words, "blocker", no.path(), "state",
                    no.state().symbols() + " " + no.state().owner() + ":" + no.state().group(), "groups", String.join(", ", host.identity().groups())));
            }
            return;
        }
        if (state.absent()) {
            s.note("sasldb", "absent", place, words);
            return;
        }
        if (state instanceof Reading.Hidden<FileState> h) {
            // The tools work on the usual file: accounts there and another file named means that smtpd does not see them.
            boolean other = !path.equals(usual) && host.sasldb(usual).found() && !host.accounts(usual).names().isEmpty();
            s.note("sasldb", other ? "elsewhere-perhaps" : "unknown", place, with(words, "why", h.why()));
            return;
        }
        Identity.Answer may = host.identity().may(host.root(), host.root().state(opened).found() ? opened : opened + ".db", 4);
        switch (may) {
            case Identity.Answer.No no -> s.note("sasldb", "forbidden", place, with(words, "blocker", no.path(), "state",
                no.state().symbols() + " " + no.state().owner() + ":" + no.state().group(), "groups", String.join(", ", host.identity().groups())));
            case Identity.Answer.Unknown u -> s.note("sasldb.access", "unknown", place, with(words, "why", u.why()));
            case Identity.Answer.Yes y -> readable(state.or(null), accounts, place, words);
        }
    }

    private void readable(FileState file, Accounts accounts, String place, String[] words) {
        if (accounts.error() != null) {
            s.note("sasldb", "corrupt", place, words);
            return;
        }
        if (!accounts.known()) {
            s.note("sasldb", "unlisted", place, words);
            return;
        }
        s.note("sasldb", accounts.names().isEmpty() ? "empty" : "ok", place, words);
        if ((file.mode() & 6) != 0) {
            s.note("sasldb.mode", "open", place, with(words, "state", file.symbols()));
        }
    }

    private void realm(Accounts accounts, String[] words) {
        String realm = realm(service);
        boolean set = !service.get("smtpd_sasl_local_domain").isEmpty();
        Set<String> realms = accounts.realms();
        s.note("realm", realms.contains(realm) ? "known" : realms.size() == 1 ? "other" : "several", service.place(set ? "smtpd_sasl_local_domain" : "myhostname"),
            with(words, "realm", realm.isEmpty() ? "the host's own name" : realm, "parameter", set ? "smtpd_sasl_local_domain" : "myhostname, as smtpd_sasl_local_domain is empty"));
    }

    /** The realm of a login without one (lib/common.c, _sasl_conn_init()). */
    static String realm(Service service) {
        String domain = service.get("smtpd_sasl_local_domain");
        return domain.isEmpty() ? service.get("myhostname").toLowerCase(Locale.ROOT) : domain;
    }

    private static String[] with(String[] words, String... more) {
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    private void sql() {
        if (!conf.has("sql_select")) {
            s.note("sql", "no-select", conf.place("auxprop_plugin"), "path", String.valueOf(conf.path()));
            return;
        }
        if (!conf.has("sql_database")) {
            s.note("sql", "no-database", conf.place("sql_select"), "path", String.valueOf(conf.path()));
            return;
        }
        String engine = conf.get("sql_engine", "mysql").toLowerCase(Locale.ROOT);
        String database = conf.get("sql_database", "");
        String place = conf.place("sql_database");
        if (engine.startsWith("sqlite")) {
            String opened = service.jailed(database);
            String value = switch (host.root().state(opened)) {
                case Reading.Found<FileState> f -> switch (host.identity().may(host.root(), opened, 4)) {
                    case Identity.Answer.Yes y -> "there";
                    case Identity.Answer.No no -> "forbidden";
                    case Identity.Answer.Unknown u -> "unknown";
                };
                case Reading.Absent<FileState> a -> "absent";
                case Reading.Hidden<FileState> h -> "unknown";
            };
            s.note("sql", value, place, "database", opened, "user", host.identity().user(), "select", conf.get("sql_select", ""));
            return;
        }
        int port = engine.startsWith("pg") ? 5432 : 3306;
        String name = conf.get("sql_hostnames", "").split("[,\\s]+")[0];
        int colon = name.indexOf(':');
        boolean here = name.isEmpty() || Listeners.loopback(colon < 0 ? name : name.substring(0, colon));
        String serves = here ? host.listeners().serves(colon < 0 ? port : number(name.substring(colon + 1), port)) : "unknown";
        s.note("sql", serves.equals("no") ? "down" : "unknown", conf.place("sql_hostnames"), "database", database, "server", name.isEmpty() ? "localhost" : name,
            "user", host.identity().user(), "select", conf.get("sql_select", ""));
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : otherwise;
    }

    private void ldapdb() {
        if (!conf.has("ldapdb_uri")) {
            s.note("ldapdb", "no-uri", conf.place("auxprop_plugin"), "path", String.valueOf(conf.path()));
            return;
        }
        String uri = conf.get("ldapdb_uri", "").split("\\s+")[0];
        String serves = "unknown";
        try {
            URI u = new URI(uri);
            if (u.getHost() != null && Listeners.loopback(u.getHost())) {
                serves = host.listeners().serves(u.getPort() > 0 ? u.getPort() : "ldaps".equals(u.getScheme()) ? 636 : 389);
            }
        } catch (URISyntaxException e) {
            serves = "unknown";
        }
        s.note("ldapdb", serves.equals("no") ? "down" : serves.equals("yes") ? "there" : "unknown", conf.place("ldapdb_uri"), "uri", uri);
    }
}
