package saslscope.doctor;

import java.util.List;
import java.util.Locale;

/**
 * Where a system keeps things.
 *
 * @param name    {@code debian}, {@code rhel} or {@code freebsd}
 * @param postfix the configuration directory
 * @param confs   folders in which smtpd looks for smtpd.conf, in order
 * @param plugins folders of libsasl2's plugins; the first that is there counts
 * @param sasldb  the default sasldb2
 */
record Platform(String name, String postfix, List<String> confs, List<String> plugins, String sasldb, List<String> saslauthd, List<String> defaults) {
    /** Debian builds smtpd with a path of its own; the multiarch names are those of its libsasl2. */
    static final List<String> MULTIARCH = List.of("/usr/lib/x86_64-linux-gnu/sasl2", "/usr/lib/aarch64-linux-gnu/sasl2",
        "/usr/lib/i386-linux-gnu/sasl2", "/usr/lib/arm-linux-gnueabihf/sasl2", "/usr/lib/riscv64-linux-gnu/sasl2",
        "/usr/lib/powerpc64le-linux-gnu/sasl2", "/usr/lib/s390x-linux-gnu/sasl2");
    private static final List<String> SOCKETS = List.of("/var/run/saslauthd/mux", "/run/saslauthd/mux", "/var/spool/postfix/var/run/saslauthd/mux",
        "/var/state/saslauthd/mux");

    /** By what the system says of itself (os-release(5)), else by what is installed where. */
    static Platform of(Root root) {
        String release = root.read("/etc/os-release").or("").toLowerCase(Locale.ROOT);
        if (release.contains("freebsd") || root.list("/usr/local/lib/sasl2").found() || root.state("/usr/local/etc/postfix").found()) {
            return new Platform("freebsd", "/usr/local/etc/postfix", List.of("/usr/local/lib/sasl2"), List.of("/usr/local/lib/sasl2"),
                "/usr/local/etc/sasldb2", SOCKETS, List.of("/etc/rc.conf", "/etc/rc.conf.local"));
        }
        boolean redhat = release.contains("rhel") || release.contains("fedora") || root.state("/etc/redhat-release").found();
        if (redhat || !release.contains("debian") && root.list("/usr/lib64/sasl2").found()) {
            return new Platform("rhel", "/etc/postfix", List.of("/etc/sasl2", "/usr/lib64/sasl2", "/usr/lib/sasl2"), List.of("/usr/lib64/sasl2", "/usr/lib/sasl2"),
                root.state("/etc/sasl2/sasldb2").found() ? "/etc/sasl2/sasldb2" : "/etc/sasldb2", SOCKETS, List.of("/etc/sysconfig/saslauthd"));
        }
        return new Platform("debian", "/etc/postfix", List.of("/etc/postfix/sasl", "/usr/lib/sasl"), MULTIARCH, "/etc/sasldb2", SOCKETS,
            List.of("/etc/default/saslauthd"));
    }

    /** The same with Postfix's configuration in another directory. */
    Platform at(String configuration) {
        return new Platform(name, configuration, confs.stream().map(c -> c.startsWith(postfix + "/") ? configuration + c.substring(postfix.length()) : c).toList(),
            plugins, sasldb, saslauthd, defaults);
    }

    /**
     * Whether smtpd looks where cyrus_sasl_config_path says. Debian's hands libsasl2 a path of its own, which takes precedence
     * (seen with strace on 3.7.11: it opens config_directory/sasl/smtpd.conf and /usr/lib/sasl/smtpd.conf, whatever that parameter is).
     */
    boolean heedsConfigPath() {
        return !name.equals("debian");
    }

    /** Every folder where people put smtpd.conf, whether it is read or not. */
    static List<String> everywhere() {
        return List.of("/etc/postfix/sasl", "/usr/lib/sasl", "/usr/lib/sasl2", "/etc/sasl2", "/etc/sasl", "/usr/lib64/sasl2", "/usr/local/lib/sasl2",
            "/usr/local/etc/sasl2", "/etc/postfix", "/usr/lib/x86_64-linux-gnu/sasl2");
    }
}
