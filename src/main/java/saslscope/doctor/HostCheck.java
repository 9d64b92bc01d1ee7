package saslscope.doctor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at what concerns the host as a whole: can it be read, does it run, old options, bad advice. */
final class HostCheck {
    /** Restrictions and parameters that a current Postfix does not know or calls old (postconf(5), DEPRECATION_README). */
    private static final Map<String, String> OBSOLETE = new TreeMap<>(Map.of(
        "smtpd_sasl_application_name", "smtpd_sasl_path (since Postfix 2.3, which no longer reads the old name)",
        "smtpd_use_tls", "smtpd_tls_security_level = may",
        "smtpd_enforce_tls", "smtpd_tls_security_level = encrypt",
        "smtp_use_tls", "smtp_tls_security_level = may",
        "smtp_enforce_tls", "smtp_tls_security_level = encrypt"));

    private final Host host;
    private final Subject s;
    private final List<Subject> services;

    private HostCheck(Host host, Subject subject, List<Subject> services) {
        this.host = host;
        this.s = subject;
        this.services = services;
    }

    static void look(Host host, Subject subject, List<Subject> services) {
        new HostCheck(host, subject, services).look();
    }

    private void look() {
        Postfix postfix = host.postfix();
        String folder = host.platform().postfix();
        unread(postfix.main(), folder + "/main.cf", "main.cf");
        unread(postfix.master(), folder + "/master.cf", "master.cf");
        postfix.broken().forEach(place -> s.note("main.cf", "broken", place));
        if (postfix.master().found() && postfix.running("smtpd").isEmpty()) {
            s.note("smtpd", "none", folder + "/master.cf");
        }
        if (postfix.main().found() && services.stream().noneMatch(x -> x.has("auth", "on")) && services.stream().noneMatch(x -> x.has("relay.auth", "on"))
            && services.stream().noneMatch(x -> x.has("auth", "off-submission")) && !postfix.running("smtpd").isEmpty()) {
            s.note("auth.anywhere", "off", postfix.setting("smtpd_sasl_auth_enable").isDefault() ? folder + "/main.cf"
                : postfix.setting("smtpd_sasl_auth_enable").place());
        }
        if (!host.processes().known()) {
            s.note("processes", "unknown", "ps", "why", host.processes().why());
        } else {
            s.note("postfix", host.processes().runs("master") ? "running" : "not-running", "ps");
        }
        obsolete();
        List<String> wide = Networks.wide(Postfix.words(postfix.get("mynetworks")));
        if (!wide.isEmpty()) {
            s.note("mynetworks", "wide", postfix.setting("mynetworks").place(), "networks", String.join(" ", wide));
        }
        age();
    }

    private void unread(Reading<String> file, String path, String name) {
        switch (file) {
            case Reading.Found<String> f -> s.note(name, "read", path);
            case Reading.Absent<String> a -> s.note(name, "absent", path, "path", path);
            case Reading.Hidden<String> h -> s.note(name, "unknown", path, "path", path, "why", h.why());
        }
    }

    private void obsolete() {
        Map<String, Setting> seen = new TreeMap<>(host.postfix().settings());
        host.postfix().services().forEach(x -> x.overrides().forEach(seen::putIfAbsent));
        seen.forEach((name, setting) -> {
            String instead = OBSOLETE.get(name);
            if (instead != null) {
                s.note("obsolete", name, setting.place(), "name", name, "instead", instead);
            }
            if (name.endsWith("_restrictions") && Postfix.words(setting.value()).contains("check_relay_domains")) {
                s.note("obsolete", "check_relay_domains", setting.place(), "name", "check_relay_domains", "instead",
                    "permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination in smtpd_relay_restrictions");
            }
        });
    }

    /** Whether a running smtpd is older than a file that it read when it began. */
    private void age() {
        Optional<Instant> oldest = host.processes().all().stream().filter(p -> p.program().equals("smtpd")).map(Processes.Process::since)
            .filter(Objects::nonNull).min(Instant::compareTo);
        if (oldest.isEmpty()) {
            return;
        }
        List<String> files = new ArrayList<>(List.of(host.platform().postfix() + "/main.cf"));
        services.forEach(x -> x.notes().stream().filter(n -> n.fact().equals("host.conf.reads")).map(Noted::place).filter(f -> !files.contains(f)).forEach(files::add));
        for (String file : files) {
            if (host.root().state(file) instanceof Reading.Found<FileState> f && f.value().changed() != null
                && f.value().changed().isAfter(oldest.get().plusSeconds(1))) {
                s.note("running", "older", file, "file", file, "changed", f.value().changed().toString(), "since", oldest.get().toString());
            }
        }
    }
}
