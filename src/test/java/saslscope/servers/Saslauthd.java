package saslscope.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A saslauthd of our own. */
public final class Saslauthd {
    private final Path folder;
    private List<String> flags = List.of();

    Saslauthd(Path folder) {
        this.folder = folder;
    }

    /** Where it puts its socket. */
    public Path folder() {
        return folder;
    }

    private Path pid() {
        return folder.resolve("saslauthd.pid");
    }

    private Path socket() {
        return folder.resolve("mux");
    }

    /** Lets it run with these flags, and with no others. */
    public void run(String... with) throws IOException {
        if (flags.equals(List.of(with)) && Programs.running(pid()) != null && Files.exists(socket())) {
            permissions("rwxr-xr-x");
            return;
        }
        stop();
        Programs.delete(folder);
        Files.createDirectories(folder);
        permissions("rwxr-xr-x");
        List<String> words = new ArrayList<>(List.of("saslauthd", "-m", folder.toString(), "-n", "1"));
        words.addAll(List.of(with));
        Programs.run("", words.toArray(String[]::new));
        flags = List.of(with);
        Programs.await("saslauthd", () -> Programs.running(pid()) != null && Files.exists(socket()));
        // As old as the rest of the set-up.
        Programs.run("", "touch", "-d", "3 seconds ago", socket().toString());
    }

    public void permissions(String symbols) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(symbols));
    }

    /** Ends it as an administrator does; it takes its socket with it. */
    public void stop() {
        Programs.end(pid(), false);
    }

    /** Ends it as a crash does; its socket stays. */
    public void kill() {
        Programs.end(pid(), true);
    }
}
