package saslscope.doctor;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A host as far as it was read, for the checks. */
final class Host {
    private final Root root;
    private final Platform platform;
    private final Postfix postfix;
    private final Identity identity;
    private final Processes processes;
    private final Plugins plugins;
    private final Listeners listeners;
    private final Reading<String> users;
    private final DovecotConf dovecot;
    private Set<String> dovecotNames;
    private final Map<String, Accounts> accounts = new TreeMap<>();

    /**
     * @param users what {@code sasldblistusers2} printed elsewhere, for the default sasldb2; null to ask the host
     */
    Host(Root root, Reading<String> users) {
        this.root = root;
        this.users = users;
        Platform usual = Platform.of(root);
        // The last line is the answer: warnings about other settings may stand before it.
        platform = root.run(Command.WHERE).or("").lines().filter(l -> l.startsWith("/")).reduce((a, b) -> b)
            .map(folder -> usual.at(folder.strip().replaceFirst("(?<=.)/+$", ""))).orElse(usual);
        postfix = Postfix.of(root, platform);
        identity = Identity.of(root, postfix.get("mail_owner"));
        processes = Processes.of(root);
        plugins = Plugins.of(root, platform);
        dovecot = DovecotConf.of(root, processes);
        listeners = Listeners.of(root, processes);
    }

    Root root() {
        return root;
    }

    Platform platform() {
        return platform;
    }

    Postfix postfix() {
        return postfix;
    }

    Identity identity() {
        return identity;
    }

    Processes processes() {
        return processes;
    }

    Plugins plugins() {
        return plugins;
    }

    Listeners listeners() {
        return listeners;
    }

    DovecotConf dovecot() {
        return dovecot;
    }

    /** The names in the only password file of Dovecot's. */
    Set<String> dovecotNames() {
        if (dovecotNames == null) {
            dovecotNames = root.text(dovecot.onlyFile(), Root.Masking.ACCOUNTS).or("").lines().map(l -> l.split(":", 2)[0]).collect(Collectors.toSet());
        }
        return dovecotNames;
    }

    /** The accounts in a sasldb2. */
    Accounts accounts(String path) {
        return accounts.computeIfAbsent(path, p -> {
            boolean usual = p.equals(platform.sasldb());
            if (root.live() && sasldb(p).absent() && (!usual || users == null)) {
                // Nothing to list; sasldblistusers2 would complain in the system's log.
                return Accounts.of(new Reading.Absent<>());
            }
            return Accounts.of(usual && users != null ? users : root.run(usual ? Command.ACCOUNTS : Command.accounts(p)));
        });
    }

    /** The state of a sasldb2: some database libraries put an ending behind its name. */
    Reading<FileState> sasldb(String path) {
        Reading<FileState> plain = root.state(path);
        if (plain.absent() && root.state(path + ".db") instanceof Reading.Found<FileState> f) {
            return f;
        }
        return plain;
    }
}
