package saslscope.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import saslscope.diagnosis.HostFacts;

/** One look at a host: what was seen of each service. Nothing is looked at again. */
public final class Examination {
    /** What makes a folder a snapshot. */
    public static final String MARK = "postconf-n.txt";

    private final Recording root;
    private final Host host;
    private final List<Subject> subjects;

    private Examination(Recording root, Host host, List<Subject> subjects) {
        this.root = root;
        this.host = host;
        this.subjects = List.copyOf(subjects);
    }

    /**
     * The host under a folder: {@code /}, another root, or a snapshot.
     *
     * @param zone of stamps in a snapshot that carry none
     * @throws IOException if there is no such folder
     */
    public static Root root(Path folder, ZoneId zone) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, Files.exists(folder) ? "it is no folder" : "there is no such folder");
        }
        return Files.exists(folder.resolve(MARK)) ? new Snapshot(folder, zone) : new LiveRoot(folder, InstantSource.system());
    }

    /**
     * Looks at everything.
     *
     * @param accounts what {@code sasldblistusers2} printed elsewhere; null to ask the host
     */
    public static Examination of(Root root, String accounts) {
        return of(root, accounts, null);
    }

    /**
     * The same of another instance of Postfix on that host.
     *
     * @param configuration the directory of its main.cf, absolute; null for the usual one
     */
    public static Examination of(Root root, String accounts, String configuration) {
        Recording recording = new Recording(root, configuration);
        Host host = new Host(recording, accounts == null ? null : new Reading.Found<>(accounts));
        List<Subject> subjects = new ArrayList<>();
        for (Service service : host.postfix().services()) {
            Subject s = new Subject(service.name(), service);
            if (service.command().equals("smtpd")) {
                ServerCheck.look(host, s);
                subjects.add(s);
            } else if (service.command().equals("smtp")) {
                ClientCheck.look(host, s);
                subjects.add(s);
            }
        }
        Subject whole = new Subject("host", null);
        HostCheck.look(host, whole, subjects);
        subjects.addFirst(whole);
        // What decides whether an older attempt met the same configuration.
        watched(host, subjects).forEach(recording::state);
        return new Examination(recording, host, subjects);
    }

    /** What is to be said of it, in the order of urgency. */
    public List<Finding> findings(Findings definitions) {
        return definitions.of(subjects);
    }

    /** {@code debian}, {@code rhel} or {@code freebsd}. */
    public String platform() {
        return host.platform().name();
    }

    /** Whether Postfix's main configuration file could be read. */
    public boolean readable() {
        return host.postfix().main().found();
    }

    /** Where that file is looked for. */
    public String configuration() {
        return host.platform().postfix() + "/main.cf";
    }

    /** The names by which a log may call this host: short and full. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : List.of(host.postfix().get("myhostname"), root.read("/etc/hostname").or(""))) {
            String n = name.strip();
            if (!n.isEmpty()) {
                names.add(n);
                names.add(n.split("\\.", 2)[0]);
            }
        }
        return names;
    }

    Instant taken() {
        return root.taken();
    }

    /** The facts for a diagnosis, whatever host a log names. */
    public HostFacts facts() {
        return new Evidence(this, false);
    }

    Host host() {
        return host;
    }

    List<Subject> subjects() {
        return subjects;
    }

    private static Set<String> watched(Host host, List<Subject> subjects) {
        Set<String> paths = new LinkedHashSet<>();
        paths.add(host.platform().postfix() + "/main.cf");
        paths.add(host.platform().postfix() + "/master.cf");
        for (Subject s : subjects) {
            for (Noted n : s.notes()) {
                if (Set.of("host.conf.reads", "host.sasldb", "host.saslauthd.socket", "host.dovecot.socket", "host.dovecot.accounts").contains(n.fact()) && n.words().containsKey("path")) {
                    paths.add(n.words().get("path"));
                    // A socket is as old as the daemon's present flags.
                    paths.add(n.words().getOrDefault("real", ""));
                    if (n.words().containsKey("user")) {
                        paths.add("/etc/group");
                    }
                }
            }
        }
        return paths.stream().filter(p -> p.startsWith("/") && !p.contains(" ")).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** When the configuration files were last changed, by path; what is not there has none. */
    Map<String, Instant> changes() {
        return times(root, subjects);
    }

    /** Those that matter to some services. */
    Map<String, Instant> changes(List<Subject> services) {
        return times(root, services);
    }

    /** The same as it is now. */
    Map<String, Instant> changesNow(Root now) {
        return times(now, subjects);
    }

    private Map<String, Instant> times(Root from, List<Subject> of) {
        Map<String, Instant> times = new TreeMap<>();
        for (String path : watched(host, of)) {
            times.put(path, from.state(path) instanceof Reading.Found<FileState> f && f.value().changed() != null ? f.value().changed() : Instant.EPOCH);
        }
        return times;
    }

    /**
     * Writes a snapshot of all that was looked at, with secrets masked.
     *
     * @param folder is made if need be; must be empty
     * @param now    when this was looked at
     * @throws IOException if it can't be written
     */
    public void save(Path folder, Instant now) throws IOException {
        StringBuilder settings = new StringBuilder();
        host.postfix().settings().forEach((n, s) -> settings.append(n).append(" = ").append(s.value()).append('\n'));
        root.save(folder, settings.toString(), now);
    }
}
