package saslscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import saslscope.diagnosis.HostFacts;
import saslscope.doctor.Examination;
import saslscope.doctor.Watch;

/** What {@code --host-root} means, and the options that go with it. */
final class HostOptions {
    static final String ROOT = "whose configuration: / is this host; a folder laid out like /; or a snapshot by doctor --save";
    private static final long LARGEST = 16 << 20;

    /** The environment variable by which Postfix's own programs are told. */
    private static final String MAIL_CONFIG = "MAIL_CONFIG";

    @Option(names = "--sasldb-users", paramLabel = "FILE", description = "saved output of sasldblistusers2, where it can't be run")
    private String sasldbUsers;

    @Option(names = "--config-directory", paramLabel = "DIR",
        description = "where on that host main.cf is; default: $MAIL_CONFIG on this host, else as postconf says, else by the system")
    private String configDirectory;

    /** The folder, which exists. */
    static Path folder(String typed) {
        Path folder = Path.of(typed);
        if (!Files.isDirectory(folder)) {
            throw new Refusal("--host-root=" + Shown.of(typed) + ": " + (Files.exists(folder) ? "not a directory" : "no such directory")
                + "; name /, a folder laid out like it, or a snapshot written by 'saslscope doctor --save=DIR'");
        }
        return folder;
    }

    /** The saved accounts; null if there are none. */
    private static String users(String typed) {
        if (typed == null) {
            return null;
        }
        Path file = Path.of(typed);
        try {
            if (Files.size(file) > LARGEST) {
                throw new Refusal("--sasldb-users=" + Shown.of(typed) + ": too large; name the output of 'sasldblistusers2'");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Refusal("--sasldb-users=" + Shown.of(typed) + ": " + Reasons.of(e) + "; save it with 'sasldblistusers2 > FILE' as root");
        }
    }

    /**
     * Evidence of a host.
     *
     * @param typed    {@code --host-root}; null if it was not given
     * @param fallback what counts then; null for none
     */
    HostFacts facts(Session session, String typed, Path fallback) {
        String root = typed == null ? fallback == null ? "none" : fallback.toString() : typed;
        if (root.equals("none") || typed == null && !Files.isDirectory(fallback)) {
            if (sasldbUsers != null) {
                throw new Refusal("--sasldb-users says who has an account, not how Postfix asks for it; add --host-root=DIR");
            }
            if (configDirectory != null) {
                throw new Refusal("--config-directory=" + Shown.of(configDirectory) + " says where on a host main.cf is, and no host is looked at; add --host-root=DIR");
            }
            return HostFacts.NONE;
        }
        try {
            Watch watch = new Watch(folder(root), session.plan().zone(), users(sasldbUsers), configuration(session, root), typed == null, System::nanoTime,
                text -> session.hint(Shown.of(text)));
            // Looked at now, so that the first diagnosis need not wait for it.
            boolean readable = watch.readable();
            if (typed != null && !readable) {
                session.note("--host-root=" + Shown.of(typed) + ": no configuration of Postfix can be read there, so the log alone counts; "
                    + "'saslscope doctor --host-root=" + Shown.of(typed) + "' says why");
            }
            return watch;
        } catch (IOException e) {
            throw new Refusal("--host-root=" + Shown.of(root) + ": " + Reasons.of(e) + "; name another folder, or none");
        }
    }

    /** What was found there, looked at once. */
    Examination examination(Session session, String root) {
        try {
            return Examination.of(Examination.root(folder(root), session.plan().zone()), users(sasldbUsers), configuration(session, root));
        } catch (IOException e) {
            throw new Refusal("--host-root=" + Shown.of(root) + ": " + Reasons.of(e) + "; name another folder");
        }
    }

    /** The directory of main.cf; null if the host is to be asked. */
    private String configuration(Session session, String root) {
        String set = configDirectory != null || !Path.of(root).toAbsolutePath().normalize().equals(Path.of("/")) ? configDirectory
            : session.surroundings().env().get(MAIL_CONFIG);
        if (set != null && (!set.startsWith("/") || set.chars().anyMatch(c -> c < ' '))) {
            throw new Refusal((configDirectory != null ? "--config-directory" : "$" + MAIL_CONFIG) + "=" + Shown.of(set)
                + ": not an absolute path; name the directory of main.cf as that host sees it");
        }
        return set;
    }
}
