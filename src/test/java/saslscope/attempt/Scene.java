package saslscope.attempt;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import saslscope.event.AuthEvent;
import saslscope.event.Client;
import saslscope.event.Origin;
import saslscope.source.LogFile;

/** Plays events to a joiner, a line each, and keeps what comes out. */
final class Scene {
    static final LogFile MAILLOG = new LogFile("maillog", 1);
    static final LogFile AUTHLOG = new LogFile("auth.log", 2);
    static final Client ALICE = new Client("unknown", "192.0.2.7", -1);
    static final Client MALLORY = new Client("unknown", "198.51.100.9", -1);

    final List<Attempt> out = new ArrayList<>();
    final List<Attempt> again = new ArrayList<>();
    final List<AuthEvent> forgotten = new ArrayList<>();
    final Joiner joiner;
    private long line;
    private double seconds;
    private String host = "mail";

    Scene() {
        this(JoinLimits.DEFAULT);
    }

    Scene(JoinLimits limits) {
        joiner = new Joiner(limits, (o, nth) -> false, out::add, again::add, forgotten::add);
    }

    Scene at(double s) {
        seconds = s;
        return this;
    }

    Scene on(String name) {
        host = name;
        return this;
    }

    Scene aborted(int pid, Client c) {
        joiner.event(new AuthEvent.Aborted(smtpd(pid, "SMTPD_SASL_AUTH_ABORTED"), c, "LOGIN"));
        return this;
    }

    Scene started(int pid, String pattern) {
        joiner.event(new AuthEvent.ProcessStart(smtpd(pid, pattern)));
        return this;
    }

    Origin origin(LogFile file, String tag, int pid, String pattern, String text, Map<String, String> fields, int repeat) {
        line++;
        return new Origin((long) (seconds * 1_000_000), ZoneOffset.UTC, host, tag, pid, file, line * 100, line, line * 7919,
            pattern, fields, text, repeat, null);
    }

    Origin smtpd(int pid, String pattern) {
        return origin(MAILLOG, "postfix/submission/smtpd", pid, pattern, pattern, Map.of(), 1);
    }

    Scene connect(int pid, Client c) {
        joiner.event(new AuthEvent.Connected(smtpd(pid, "CONNECT"), c));
        return this;
    }

    Scene disconnect(int pid, Client c, int ok, int all) {
        joiner.event(new AuthEvent.Disconnected(smtpd(pid, "DISCONNECT"), c, ok, all));
        return this;
    }

    Scene helper(int pid, String pattern) {
        joiner.event(new AuthEvent.Detail(smtpd(pid, pattern)));
        return this;
    }

    Scene rejected(int pid, Client c, String mechanism, String user) {
        joiner.event(new AuthEvent.Rejected(smtpd(pid, "SMTPD_SASL_AUTH_FAILED"), c, mechanism, "authentication failure", user));
        return this;
    }

    Scene accepted(int pid, Client c, String user) {
        joiner.event(new AuthEvent.Accepted(smtpd(pid, "SMTPD_CLIENT_SASL"), c, "PLAIN", user));
        return this;
    }

    Scene lost(int pid, Client c) {
        joiner.event(new AuthEvent.HungUp(smtpd(pid, "LOST"), c, "lost", "AUTH"));
        return this;
    }

    Scene saslauthd(LogFile file, int pid, String user, String realm) {
        joiner.event(new AuthEvent.Verified(origin(file, "saslauthd", pid, "SASLAUTHD_AUTH_FAILURE", "auth failure " + user, Map.of(), 1),
            false, user, realm, "pam", "PAM auth error"));
        return this;
    }

    /** A line of a verbose dialogue. */
    Scene say(int pid, String command, String text) {
        joiner.event(new AuthEvent.Trace(origin(MAILLOG, "postfix/smtpd", pid, "TRACE", command == null ? text : "< " + text,
            command == null ? Map.of() : Map.of("mechanism", command), 1)));
        return this;
    }

    Scene pam(int pid, String user) {
        joiner.event(new AuthEvent.VerifierDetail(
            origin(MAILLOG, "saslauthd", pid, "PAM_UNIX_AUTH_FAILURE", "pam_unix " + user, Map.of(), 1), user));
        return this;
    }

    Scene request(String key, String mechanism, String address) {
        joiner.event(new AuthEvent.VerifierDetail(origin(MAILLOG, "dovecot", -1, "DOVECOT_DEBUG_REQUEST", "client in " + mechanism, Map.of("key", key,
            "mechanism", mechanism, "service", "smtp", "client.address", address), 1), null));
        return this;
    }

    Scene answer(String status, String key, String user) {
        joiner.event(new AuthEvent.VerifierDetail(origin(MAILLOG, "dovecot", -1, "DOVECOT_DEBUG_ANSWER", "client passdb out", Map.of("key", key,
            "status", status, "user", user), 1), user));
        return this;
    }

    List<Attempt> end() {
        joiner.drain();
        return out;
    }

    static List<String> patterns(Attempt a) {
        return a.lines().stream().map(e -> e.origin().pattern()).toList();
    }
}
