package saslscope.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at saslauthd as a service would reach it. */
final class SaslauthdCheck {
    /** Backends that know names without a realm only (saslauthd/auth_*.c). */
    private static final Set<String> BARE = Set.of("shadow", "getpwent", "pam", "kerberos5");

    private final Host host;
    private final Subject s;
    private final Service service;
    private final SaslConf conf;

    SaslauthdCheck(Host host, Subject subject, SaslConf conf) {
        this.host = host;
        this.s = subject;
        this.service = subject.service();
        this.conf = conf;
    }

    void look() {
        String path = conf.get("saslauthd_path", "/var/run/saslauthd/mux");
        String opened = service.jailed(path);
        Optional<Processes.Process> process = process(opened, path);
        String running = !host.processes().known() ? "unknown" : process.isPresent() ? "running" : "not-running";
        String place = conf.has("saslauthd_path") ? conf.place("saslauthd_path") : opened;
        String real = process.map(SaslauthdCheck::socket).orElse("");
        String[] words = {"path", opened, "wanted", path, "real", real, "user", host.identity().user(), "groups", String.join(", ", host.identity().groups()),
            "why", host.processes().why(), "flags", process.map(Processes.Process::args).orElse("")};
        s.note("saslauthd", running, running.equals("running") ? "ps" : place, words);
        socket(running, opened, path, real, place, words);
        process.ifPresent(p -> backend(p, words));
    }

    /** A host may run several, each with its own -m: the one that listens where this service connects, else any. */
    private Optional<Processes.Process> process(String opened, String path) {
        List<Processes.Process> all = host.processes().all().stream().filter(p -> p.program().equals("saslauthd")).toList();
        return Stream.of(opened, path, path + "/mux").flatMap(wanted -> all.stream().filter(p -> LsLines.alike(wanted).stream().anyMatch(LsLines.alike(socket(p))::contains)))
            .findFirst().or(() -> all.stream().findFirst());
    }

    private static String socket(Processes.Process p) {
        String folder = p.option('m') == null ? "/var/run/saslauthd" : p.option('m');
        return folder.replaceFirst("/+$", "") + "/mux";
    }

    private void socket(String running, String opened, String path, String real, String place, String[] words) {
        Reading<FileState> state = host.root().state(opened);
        if (state.found() && state.or(null).directory()) {
            s.note("saslauthd.socket", "directory", place, words);
            return;
        }
        Identity.Answer may = host.identity().may(host.root(), opened, 2);
        if (may instanceof Identity.Answer.No no) {
            s.note("saslauthd.socket", "forbidden", place, with(words, "blocker", no.path(), "state",
                no.state().symbols() + " " + no.state().owner() + ":" + no.state().group()));
            return;
        }
        if (state.found()) {
            s.note("saslauthd.socket", running.equals("not-running") ? "stale" : "ok", place, words);
            openFolder(opened, words);
            return;
        }
        boolean elsewhere = !real.isEmpty() && LsLines.alike(opened).stream().noneMatch(LsLines.alike(real)::contains);
        if (state instanceof Reading.Hidden<FileState> h && !elsewhere) {
            s.note("saslauthd.socket", "unknown", place, with(words, "why", h.why()));
            return;
        }
        if (running.equals("not-running")) {
            // That it does not run says it all.
            s.note("saslauthd.socket", "absent", place, words);
            return;
        }
        boolean jail = !opened.equals(path) && (real.isEmpty() ? host.root().state(path).found() : LsLines.alike(path).stream().anyMatch(LsLines.alike(real)::contains));
        s.note("saslauthd.socket", jail ? "outside-chroot" : elsewhere ? "elsewhere" : "absent", place, words);
    }

    private void openFolder(String opened, String[] words) {
        String folder = opened.substring(0, opened.lastIndexOf('/'));
        if (host.root().state(folder) instanceof Reading.Found<FileState> f && (f.value().mode() & 2) != 0) {
            s.note("saslauthd.folder", "open", folder, with(words, "folder", folder, "state", f.value().symbols()));
        }
    }

    private static String[] with(String[] words, String... more) {
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    private void backend(Processes.Process p, String[] words) {
        String backend = p.option('a');
        if (backend == null) {
            s.note("saslauthd.backend", "none", "ps", words);
            return;
        }
        s.note("saslauthd.backend", backend, "ps", words);
        boolean joined = p.flag('r');
        s.note("saslauthd.realm", joined ? "joined" : "dropped", "ps", words);
        if (joined && BARE.contains(backend)) {
            s.note("saslauthd.names", "with-realm", "ps", with(words, "backend", backend));
        }
        switch (backend) {
            case "rimap" -> remote(p, "rimap", 143, words);
            case "ldap" -> ldap(words);
            case "pam" -> pam(words);
            case "sasldb" -> {
                Reading<FileState> file = host.sasldb(host.platform().sasldb());
                if (file.absent()) {
                    s.note("saslauthd.store", "sasldb-absent", host.platform().sasldb(), with(words, "store", host.platform().sasldb()));
                }
            }
            default -> { }
        }
    }

    private void remote(Processes.Process p, String backend, int port, String[] words) {
        String server = p.option('O');
        if (server == null) {
            s.note("saslauthd.store", "no-server", "ps", with(words, "backend", backend));
            return;
        }
        String[] parts = server.split("/", 2);
        int at = parts.length > 1 && parts[1].matches("\\d{1,5}") ? Integer.parseInt(parts[1]) : port;
        String serves = Listeners.loopback(parts[0]) ? host.listeners().serves(at) : "unknown";
        s.note("saslauthd.store", serves.equals("no") ? "down" : serves.equals("yes") ? "there" : "unknown", "ps",
            with(words, "backend", backend, "server", server, "port", String.valueOf(at)));
    }

    private void ldap(String[] words) {
        Reading<String> file = host.root().read("/etc/saslauthd.conf");
        if (file.absent() && !host.platform().name().equals("freebsd")) {
            s.note("saslauthd.store", "no-config", "/etc/saslauthd.conf", words);
        } else if (file instanceof Reading.Hidden<String> h) {
            s.note("saslauthd.store", "unknown", "/etc/saslauthd.conf", with(words, "server", "LDAP", "why", h.why()));
        }
    }

    private void pam(String[] words) {
        String name = service.get("smtpd_sasl_service");
        String file = "/etc/pam.d/" + name;
        if (!host.root().read(file).absent()) {
            s.note("pam", "own", file, with(words, "file", file));
            return;
        }
        String other = host.root().read("/etc/pam.d/other").or("");
        boolean denies = other.lines().anyMatch(l -> l.matches("\\s*auth\\s+\\S+\\s+(\\S*/)?pam_deny\\.so.*"));
        s.note("pam", denies ? "other-denies" : "other", "/etc/pam.d/other", with(words, "file", file));
    }
}
