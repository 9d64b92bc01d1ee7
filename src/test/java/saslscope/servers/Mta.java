package saslscope.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/** A Postfix of our own: its configuration, queue, log and ports are apart from the machine's. */
public final class Mta {
    private final Path folder;
    private final int port = free();
    private final int tlsPort = free();
    private String services = "";
    private int written;
    private boolean started;

    Mta(Path folder) throws IOException {
        this.folder = folder;
        for (String name : new String[] {"etc", "queue", "data", "log", "etc/sasl"}) {
            Files.createDirectories(folder.resolve(name), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        Programs.run("", "chown", "postfix", folder.resolve("data").toString());
    }

    /** A port that nobody uses now. */
    static int free() throws IOException {
        try (ServerSocket s = new ServerSocket()) {
            s.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return s.getLocalPort();
        }
    }

    /** Where clients log in, with STARTTLS on offer. */
    public int port() {
        return port;
    }

    /** The same with TLS from the first byte. */
    public int tlsPort() {
        return tlsPort;
    }

    public Path configuration() {
        return folder.resolve("etc");
    }

    public Path log() {
        return folder.resolve("log/mail.log");
    }

    Path queue() {
        return folder.resolve("queue");
    }

    /** What all set-ups have. Each smtpd serves one client, so that every login meets main.cf and smtpd.conf as they are then. */
    Map<String, String> settings() {
        Map<String, String> m = new TreeMap<>();
        m.put("compatibility_level", "3.6");
        m.put("queue_directory", queue().toString());
        m.put("data_directory", folder.resolve("data").toString());
        m.put("mail_owner", "postfix");
        m.put("setgid_group", "postdrop");
        m.put("inet_interfaces", "127.0.0.1");
        m.put("inet_protocols", "ipv4");
        m.put("myhostname", "mail.example.com");
        m.put("mydestination", "");
        m.put("alias_maps", "");
        m.put("mynetworks", "192.0.2.0/24");
        m.put("maillog_file", log().toString());
        m.put("maillog_file_prefixes", folder.toString());
        m.put("max_use", "1");
        m.put("max_idle", "1s");
        m.put("service_throttle_time", "1s");
        m.put("smtpd_relay_restrictions", "permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination");
        m.put("smtpd_sasl_auth_enable", "yes");
        m.put("smtpd_tls_security_level", "may");
        m.put("smtpd_tls_chain_files", folder.resolve("chain.pem").toString());
        return m;
    }

    void main(Map<String, String> settings) throws IOException {
        StringBuilder b = new StringBuilder();
        settings.forEach((n, v) -> b.append(n).append(" = ").append(v).append('\n'));
        write(configuration().resolve("main.cf"), b.toString());
    }

    /** Writes a file as a whole, aged a little: the log's stamps are cut to the second, and it counts as older than what comes next. */
    static void write(Path file, String text) throws IOException {
        Path part = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        Programs.run("", "touch", "-d", "3 seconds ago", part.toString());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The services, for which a running Postfix must be told to load its configuration anew.
     *
     * @param chroot  {@code y} or {@code n}
     * @param options {@code -o name=value ...} of both ports; may be empty
     */
    void services(String chroot, String options) throws IOException {
        String text = """
            127.0.0.1:%1$d inet n - %3$s - - smtpd -o syslog_name=postfix/submission %4$s
            127.0.0.1:%2$d inet n - %3$s - - smtpd -o syslog_name=postfix/submissions -o smtpd_tls_wrappermode=yes %4$s
            postlog unix-dgram n - n - 1 postlogd
            anvil unix - - n - 1 anvil
            tlsmgr unix - - n 1000? 1 tlsmgr
            proxymap unix - - n - - proxymap
            rewrite unix - - n - - trivial-rewrite
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            discard unix - - n - - discard
            """.formatted(port, tlsPort, chroot, options);
        if (text.equals(services)) {
            return;
        }
        services = text;
        // The master takes up services in their order, so the last one's socket says that it has read them all.
        String last = "seen" + ++written;
        write(configuration().resolve("master.cf"), text + last + " unix - - n - - discard\n");
        if (started) {
            Programs.run("", "postfix", "-c", configuration().toString(), "reload");
            Programs.await("master.cf read again", () -> Files.exists(queue().resolve("private").resolve(last)));
        }
    }

    void start() throws IOException {
        try {
            Programs.run("", "postfix", "-c", configuration().toString(), "start");
        } catch (IOException e) {
            throw new IOException(e.getMessage() + (Files.exists(log()) ? "\n" + Files.readString(log()) : ""), e);
        }
        started = true;
        Programs.await("Postfix", () -> Files.exists(queue().resolve("private/seen" + written)) && Files.exists(log()));
    }

    void stop() throws IOException {
        if (started) {
            started = false;
            Programs.run("", "postfix", "-c", configuration().toString(), "abort");
        }
    }
}
