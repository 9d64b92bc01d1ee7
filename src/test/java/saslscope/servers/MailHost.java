package saslscope.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A mail host of our own on loopback: a real Postfix with libsasl2, saslauthd and Dovecot, in a folder of its own. It is made whole
 * with {@link #heal}, then broken by hand.
 */
public final class MailHost implements AutoCloseable {
    /** Of all accounts. */
    public static final String PASSWORD = "Rosinante17";

    /** Who checks passwords. */
    public enum Verifier {
        /** libsasl2 itself, in a sasldb2 with {@code alice@example.com}. */
        SASLDB,
        /** saslauthd, which asks an IMAP server that knows {@code sally@example.com}. */
        SASLAUTHD,
        /** Dovecot, whose password file has {@code dora@example.com}. */
        DOVECOT
    }

    private final Path folder;
    private final SystemLog systemLog;
    private final Mta mta;
    private final Saslauthd saslauthd;
    private final DovecotAuth dovecot;
    private final ImapBackend imap = new ImapBackend();
    private final Path accounts;
    private final String chain;
    private final Certificates certificates;
    private Map<String, String> settings = new TreeMap<>();
    private Map<String, String> conf = new TreeMap<>();

    public MailHost(Path folder) throws IOException {
        this.folder = folder;
        // Daemons outlive a test run that is interrupted, unless they are told.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                close();
            } catch (IOException | RuntimeException e) {
                System.err.println("real servers may still run in " + folder + ": " + e);
            }
        }));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        mta = new Mta(folder);
        Files.createFile(authLog());
        systemLog = SystemLog.start(authLog(), mta.log(), "mail");
        saslauthd = new Saslauthd(folder.resolve("mux"));
        dovecot = new DovecotAuth(folder.resolve("dovecot"), mta.queue().resolve("private/auth"),
            systemLog == null ? folder.resolve("log/dovecot.log").toString() : "syslog");
        certificates = new Certificates(folder);
        Files.writeString(authority(), certificates.authority());
        chain = certificates.server("localhost", "-1d", 20, true);
        accounts = folder.resolve("accounts");
        account(accounts, "alice", "example.com");
        heal(Verifier.SASLDB);
        mta.start();
    }

    /** What must be installed and is not, with Debian's names; empty if all is there. */
    public static List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            missing.add("the rights of root, without which no Postfix starts");
        }
        Map.of("postfix", "postfix", "saslauthd", "sasl2-bin", "saslpasswd2", "sasl2-bin", "dovecot", "dovecot-core").forEach((program, from) -> {
            if (Programs.find(program) == null) {
                missing.add(program + " (package " + from + ")");
            }
        });
        if (List.of("x86_64", "aarch64").stream().noneMatch(m -> Files.exists(Path.of("/usr/lib/" + m + "-linux-gnu/sasl2/libplain.so")))) {
            missing.add("libplain.so (package libsasl2-modules)");
        }
        if (Files.exists(Path.of("/etc/sasldb2"))) {
            missing.add("a machine without accounts of its own in /etc/sasldb2");
        }
        ProcessHandle.allProcesses().map(p -> p.info().command().orElse("")).filter(c -> c.matches(".*/(saslauthd|dovecot)")).findFirst()
            .ifPresent(c -> missing.add("a machine on which no other " + c + " runs"));
        return missing.stream().sorted().toList();
    }

    /** Their versions. */
    public static String versions() throws IOException {
        return "Postfix " + Programs.run("", "postconf", "-dh", "mail_version").strip() + ", Cyrus SASL "
            + Programs.run("", "dpkg-query", "-W", "-f", "${Version}", "libsasl2-2").strip() + ", Dovecot " + Programs.run("", "dovecot", "--version").strip();
    }

    public Mta mta() {
        return mta;
    }

    public Saslauthd saslauthd() {
        return saslauthd;
    }

    public DovecotAuth dovecot() {
        return dovecot;
    }

    /** What saslauthd and PAM write. */
    public Path authLog() {
        return folder.resolve("log/auth.log");
    }

    /** The certificate of those who vouch for ours. */
    public Path authority() {
        return folder.resolve("authority.pem");
    }

    /** Where smtpd.conf is. */
    public Path conf() {
        return folder.resolve("etc/sasl/smtpd.conf");
    }

    public Path sasldb() {
        return folder.resolve("etc/sasl/sasldb2");
    }

    /** All as it should be. */
    public void heal(Verifier verifier) throws IOException {
        settings = mta.settings();
        conf = new TreeMap<>();
        Mta.write(folder.resolve("chain.pem"), chain);
        Files.setPosixFilePermissions(folder.resolve("chain.pem"), PosixFilePermissions.fromString("rw-------"));
        Files.deleteIfExists(sasldb());
        Files.copy(accounts, sasldb());
        Programs.run("", "touch", "-d", "3 seconds ago", sasldb().toString());
        Programs.run("", "chown", "root:postfix", sasldb().toString());
        Files.setPosixFilePermissions(sasldb(), PosixFilePermissions.fromString("rw-r-----"));
        switch (verifier) {
            case SASLDB -> {
                conf.putAll(Map.of("pwcheck_method", "auxprop", "auxprop_plugin", "sasldb", "sasldb_path", sasldb().toString(),
                    "mech_list", "PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256"));
                settings.put("smtpd_sasl_local_domain", "example.com");
            }
            case SASLAUTHD -> {
                imap.open();
                remote();
                conf.putAll(Map.of("pwcheck_method", "saslauthd", "saslauthd_path", saslauthd.folder().resolve("mux").toString(), "mech_list", "PLAIN LOGIN"));
            }
            case DOVECOT -> {
                dovecot.run("postfix", "0600");
                settings.put("smtpd_sasl_type", "dovecot");
                settings.put("smtpd_sasl_path", "private/auth");
            }
        }
        writeConf();
        mta.main(settings);
        mta.services("n", "");
    }

    /** saslauthd as it should be, with some flags more. */
    public void remote(String... more) throws IOException {
        List<String> flags = new ArrayList<>(List.of("-a", "rimap", "-O", "127.0.0.1/" + imap.port()));
        flags.addAll(more.length == 0 ? List.of("-r") : List.of(more));
        saslauthd.run(flags.toArray(String[]::new));
    }

    /** The server behind saslauthd goes away. */
    public void closeBackend() throws IOException {
        imap.close();
    }

    /** Sets a parameter of main.cf. */
    public void main(String name, String value) throws IOException {
        settings.put(name, value);
        mta.main(settings);
    }

    /** Sets a key of smtpd.conf; null takes it out. */
    public void conf(String key, String value) throws IOException {
        if (value == null) {
            conf.remove(key);
        } else {
            conf.put(key, value);
        }
        writeConf();
    }

    /** Both ports: whether in a jail, and with which -o settings. */
    public void services(String chroot, String options) throws IOException {
        mta.services(chroot, options);
    }

    private void writeConf() throws IOException {
        StringBuilder b = new StringBuilder();
        conf.forEach((n, v) -> b.append(n).append(": ").append(v).append('\n'));
        Mta.write(conf(), b.toString());
    }

    /** Writes a file as a whole. */
    public void write(Path file, String text) throws IOException {
        Mta.write(file, text);
    }

    /** Gives the server another certificate, as {@link Certificates#server}. */
    public void certificate(String name, String began, int days, boolean vouched) throws IOException {
        Mta.write(folder.resolve("chain.pem"), certificates.server(name, began, days, vouched));
    }

    /** Adds an account to a sasldb2. */
    public static void account(Path file, String user, String realm) throws IOException {
        Programs.run(PASSWORD + "\n", "saslpasswd2", "-p", "-c", "-f", file.toString(), "-u", realm, user);
    }

    /** Takes one out. */
    public static void withdraw(Path file, String user, String realm) throws IOException {
        Programs.run("", "saslpasswd2", "-d", "-f", file.toString(), "-u", realm, user);
        Programs.run("", "touch", "-d", "3 seconds ago", file.toString());
    }

    @Override
    public synchronized void close() throws IOException {
        mta.stop();
        saslauthd.stop();
        dovecot.stop();
        imap.close();
        if (systemLog != null) {
            systemLog.close();
        }
    }
}
