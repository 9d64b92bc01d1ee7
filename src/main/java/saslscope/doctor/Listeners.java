package saslscope.doctor;

import java.util.HashSet;
import java.util.Set;

/**
 * The TCP ports on which something listens on this host.
 *
 * @param known false if only the processes' names can tell
 */
record Listeners(boolean known, Set<Integer> ports, Processes processes) {
    /** Programs that certainly serve no IMAP, LDAP or SQL; with nothing else there, nobody does. */
    private static final Set<String> NONE = Set.of("rsyslogd", "syslogd", "syslog-ng", "saslauthd", "master", "pickup", "qmgr", "smtpd", "smtp", "anvil",
        "trivial-rewrite", "cleanup", "discard", "scache", "bounce", "error", "local", "virtual", "postscreen", "tlsmgr", "showq", "postlogd",
        "tlsproxy", "dnsblog", "verify", "flush", "proxymap", "lmtp", "pipe", "spawn", "oqmgr");

    static Listeners of(Root root, Processes processes) {
        Set<Integer> ports = new HashSet<>();
        Reading<String> four = root.read("/proc/net/tcp");
        Reading<String> six = root.read("/proc/net/tcp6");
        for (String text : new String[] {four.or(""), six.or("")}) {
            for (String line : text.lines().skip(1).toList()) {
                String[] f = line.strip().split("\\s+");
                // State 0A is LISTEN (Linux include/net/tcp_states.h).
                if (f.length > 3 && f[3].equals("0A")) {
                    ports.add(Integer.parseInt(f[1].substring(f[1].lastIndexOf(':') + 1), 16));
                }
            }
        }
        return new Listeners(four.found(), Set.copyOf(ports), processes);
    }

    /** Whether a port of this very host is served: {@code yes}, {@code no}, or {@code unknown}. */
    String serves(int port) {
        if (known) {
            return ports.contains(port) ? "yes" : "no";
        }
        return processes.known() && processes.all().stream().allMatch(p -> NONE.contains(p.program())) ? "no" : "unknown";
    }

    /** Whether a host name means this host. */
    static boolean loopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }
}
