package saslscope.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks at Dovecot's auth service as a service would reach it. */
final class DovecotCheck {
    private final Host host;
    private final Subject s;
    private final Service service;

    private DovecotCheck(Host host, Subject subject) {
        this.host = host;
        this.s = subject;
        this.service = subject.service();
    }

    static void look(Host host, Subject subject) {
        new DovecotCheck(host, subject).look();
    }

    private void look() {
        String path = service.get("smtpd_sasl_path");
        String place = service.place("smtpd_sasl_path");
        boolean runs = host.processes().runs("dovecot");
        String running = !host.processes().known() ? "unknown" : runs ? "running" : "not-running";
        s.note("dovecot", running, running.equals("running") ? "ps" : place, "why", host.processes().why());
        if (path.startsWith("inet:")) {
            inet(path, place);
            return;
        }
        String bare = path.startsWith("unix:") ? path.substring(5) : path;
        // smtpd stands in the queue directory; in the jail that is its root.
        String opened = bare.startsWith("/") ? service.jailed(bare) : service.postfixQueue() + "/" + bare;
        DovecotConf conf = host.dovecot();
        List<String> offered = conf.listeners().stream().filter(l -> !l.matches(".*(-userdb|-master|-login|/login/login|-token)$")).toList();
        String[] words = {"path", opened, "written", path, "listeners", offered.isEmpty() ? "none that is known" : String.join(", ", offered),
            "user", host.identity().user()};
        String last = bare.substring(bare.lastIndexOf('/') + 1);
        if (last.matches("(?:.*-)?(userdb|master|login|token)")) {
            s.note("dovecot.socket", "wrong", place, words);
            return;
        }
        Reading<FileState> state = host.root().state(opened);
        Identity.Answer may = host.identity().may(host.root(), opened, 2);
        if (may instanceof Identity.Answer.No no) {
            s.note("dovecot.socket", "forbidden", place, join(words, "blocker", no.path(), "state",
                no.state().symbols() + " " + no.state().owner() + ":" + no.state().group()));
        } else if (state.found()) {
            s.note("dovecot.socket", running.equals("not-running") ? "stale" : "ok", place, words);
            if ((state.or(null).mode() & 6) == 6) {
                s.note("dovecot.socket.mode", "open", opened, words);
            }
        } else {
            s.note("dovecot.socket", state.absent() ? "absent" : "unknown", place, words);
        }
        conf.files().forEach(f -> {
            if (host.root().state(f).absent()) {
                s.note("dovecot.users", "absent", conf.path(), "file", f);
            } else if (!host.root().state(f).found()) {
                s.note("dovecot.users", "unknown", conf.path(), "file", f);
            } else {
                users(f, conf);
            }
        });
    }

    /** Dovecot's auth process opens them with its own rights. */
    private void users(String file, DovecotConf conf) {
        Optional<String> owner = host.processes().all().stream().filter(p -> p.args().startsWith("dovecot/auth")).map(Processes.Process::user).findFirst();
        if (owner.isEmpty()) {
            return;
        }
        Identity auth = Identity.of(host.root(), owner.get());
        switch (auth.may(host.root(), file, 4)) {
            case Identity.Answer.No no -> s.note("dovecot.users", "forbidden", conf.path(), "file", file, "user", auth.user(), "blocker", no.path(), "state",
                no.state().symbols() + " " + no.state().owner() + ":" + no.state().group());
            case Identity.Answer.Unknown u -> s.note("dovecot.users", "unknown", conf.path(), "file", file);
            case Identity.Answer.Yes y -> {
                s.note("dovecot.users", "readable", conf.path(), "file", file, "user", auth.user());
                if (file.equals(conf.onlyFile())) {
                    Reading<String> names = host.root().text(file, Root.Masking.ACCOUNTS);
                    s.note("dovecot.accounts", names.found() ? "known" : "unknown", file, "path", file, "accounts", String.valueOf(names.or("").lines().count()));
                }
            }
        }
    }

    private void inet(String path, String place) {
        String[] parts = path.substring(5).split(":");
        boolean here = parts.length == 2 && Listeners.loopback(parts[0]) && parts[1].matches("\\d{1,5}");
        String serves = here ? host.listeners().serves(Integer.parseInt(parts[1])) : "unknown";
        s.note("dovecot.socket", serves.equals("no") ? "absent" : serves.equals("yes") ? "ok" : "unknown", place, "path", path, "written", path,
            "listeners", "none that is known", "user", host.identity().user());
    }

    private static String[] join(String[] words, String... more) {
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }
}
