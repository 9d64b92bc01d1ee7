package saslscope.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Dovecot of our own that does nothing but authentication, and does not make a client wait after a failure. */
public final class DovecotAuth {
    private final Path folder;
    private final Path socket;
    private final Path users;
    private final String log;
    private String setUp = "";

    /**
     * @param socket where smtpd is to find it
     * @param log    {@code syslog} or a file
     */
    DovecotAuth(Path folder, Path socket, String log) {
        this.folder = folder;
        this.socket = socket;
        this.log = log;
        this.users = folder.resolve("users");
    }

    public Path users() {
        return users;
    }

    private Path pid() {
        return folder.resolve("run/master.pid");
    }

    /** Lets it run with a socket of these permissions. */
    public void run(String owner, String mode) throws IOException {
        String wanted = owner + mode;
        Files.createDirectories(folder);
        Files.deleteIfExists(users);
        Mta.write(users, "dora@example.com:{PLAIN}" + MailHost.PASSWORD + "\n");
        if (wanted.equals(setUp) && Programs.running(pid()) != null && Files.exists(socket)) {
            return;
        }
        stop();
        Mta.write(folder.resolve("dovecot.conf"), """
            base_dir = %1$s/run
            state_dir = %1$s/run
            protocols =
            ssl = no
            log_path = %2$s
            auth_mechanisms = plain login
            disable_plaintext_auth = no
            auth_failure_delay = 0
            service anvil {
              unix_listener anvil-auth-penalty {
                mode = 0
              }
            }
            passdb {
              driver = passwd-file
              args = username_format=%%u %3$s
            }
            userdb {
              driver = static
              args = uid=65534 gid=65534 home=/nonexistent
            }
            service auth {
              unix_listener %4$s {
                mode = %5$s
                user = %6$s
                group = root
              }
              unix_listener %4$s-userdb {
                mode = 0666
              }
            }
            """.formatted(folder, log, users, socket, mode, owner));
        Programs.run("", "dovecot", "-c", folder.resolve("dovecot.conf").toString());
        setUp = wanted;
        Programs.await("Dovecot", () -> Programs.running(pid()) != null && Files.exists(socket));
        Programs.run("", "touch", "-d", "3 seconds ago", socket.toString());
    }

    /** Ends it; its sockets stay, as Dovecot leaves them. */
    public void stop() {
        Programs.end(pid(), false);
    }
}
