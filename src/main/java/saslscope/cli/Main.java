package saslscope.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Entry point; the only place that exits the process. */
public final class Main {
    private Main() {
    }

    /** Runs the command line and exits with its code. */
    public static void main(String[] args) {
        Stop stop = new Stop();
        Requests requests = new Requests();
        // A terminal that hangs up ends what was started in it; a service is asked to load its definitions anew.
        Runnable hup = terminal("stdout") || terminal("stderr") ? () -> end(stop, 129) : requests::reload;
        // By POSIX shells' convention 128 and the signal's number.
        Signals.install(Map.of("INT", () -> end(stop, 130), "TERM", () -> end(stop, 143), "HUP", hup, "USR1", requests::counts));
        int code = new Cli(process(stop, requests)).run(args);
        // Not exit: a thread that reads standard input may hold its lock, and nothing is left to be cleaned up.
        Runtime.getRuntime().halt(code);
    }

    /** The second one ends the process at once. */
    private static void end(Stop stop, int code) {
        if (stop.prompting()) {
            // Not halt: on exit the JDK switches the terminal's echo on again.
            Runtime.getRuntime().exit(code);
        }
        if (stop.getAsBoolean()) {
            Runtime.getRuntime().halt(code);
        }
        stop.ask(code);
    }

    private static Surroundings process(Stop stop, Requests requests) {
        Map<String, String> env = System.getenv();
        Path userHome = Path.of(System.getProperty("user.home", "/"));
        return new Surroundings(home(), settings(env, userHome), env, System.getProperty("user.name", ""), userHome, Path.of("/"), System.in,
            new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), terminal("stdin") || noInput(),
            terminal("stdout"), terminal("stderr"), columns(env), "UTF-8".equals(System.getProperty("native.encoding")),
            InstantSource.system(), ZoneId.systemDefault(), platform(), Definitions::load, stop, requests);
    }

    /** The launcher knows where it stands; without it, the folder of the jar or of the classes tells. */
    private static Path home() {
        String told = System.getProperty("saslscope.home");
        if (told != null) {
            return Path.of(told);
        }
        try {
            Path code = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            for (Path folder = code.getParent(); folder != null; folder = folder.getParent()) {
                if (Files.isDirectory(folder.resolve("patterns"))) {
                    return folder;
                }
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Path.of("");
        }
        return Path.of("");
    }

    private static List<Path> settings(Map<String, String> env, Path userHome) {
        String config = env.getOrDefault("XDG_CONFIG_HOME", "");
        List<Path> files = new ArrayList<>();
        files.add(Path.of("/etc/saslscope/saslscope.conf"));
        files.add((config.isEmpty() ? userHome.resolve(".config") : Path.of(config)).resolve("saslscope/saslscope.conf"));
        return files;
    }

    /** Services are started with /dev/null as their input: that is no log somebody pipes in. */
    private static boolean noInput() {
        try {
            return Path.of("/dev/stdin").toRealPath().equals(Path.of("/dev/null"));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean terminal(String stream) {
        String told = System.getProperty("saslscope." + stream + ".tty");
        return told == null ? System.console() != null : Boolean.parseBoolean(told);
    }

    private static int columns(Map<String, String> env) {
        for (String told : new String[] {env.get("COLUMNS"), System.getProperty("saslscope.columns")}) {
            if (told != null && told.matches("[1-9]\\d{0,3}")) {
                return Integer.parseInt(told);
            }
        }
        return 80;
    }

    /** Whose remedies to show, by what the operating system says of itself (os-release(5)). */
    private static String platform() {
        if (System.getProperty("os.name").contains("BSD")) {
            return "freebsd";
        }
        return Files.exists(Path.of("/etc/redhat-release")) ? "rhel" : "debian";
    }
}
