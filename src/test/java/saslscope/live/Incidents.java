package saslscope.live;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Certainty;
import saslscope.diagnosis.Standing;
import saslscope.incident.Incident;
import saslscope.incident.Kind;
import saslscope.incident.Severity;

/** Incidents to show. */
final class Incidents {
    static final OffsetDateTime START = OffsetDateTime.parse("2026-11-22T16:50:13Z");

    static final Candidate DOWN = new Candidate("saslauthd-not-running", Standing.SUPPORTED,
        List.of("\"Connection refused\": the socket is there, but nobody listens on it"), "systemctl status saslauthd");
    static final Candidate PATH = new Candidate("saslauthd-wrong-path", Standing.POSSIBLE, List.of(),
        "compare saslauthd's -m with saslauthd_path in smtpd.conf");

    private Incidents() {
    }

    static Incident outage() {
        return new Incident("1f3a9c0212345678", "open", Severity.CRITICAL, "saslauthd-not-running", Certainty.LIKELY,
            "saslauthd is not running", START, START, 1, 1, 0, new TreeMap<>(Map.of("alice@example.com", 1L)), 1,
            new TreeMap<>(Map.of("192.0.2.7", 1L)), 1, List.of("example.com"), List.of("PLAIN"),
            List.of("postfix/submission/smtpd"), List.of("mail"), DOWN.evidence(), List.of(DOWN, PATH),
            "systemctl status saslauthd", "systemctl start saslauthd, and enable it so that it starts at boot",
            List.of("warning: SASL authentication failure: cannot connect to saslauthd server: Connection refused",
                "warning: SASL authentication failure: Password verification failed",
                "warning: unknown[192.0.2.7]: SASL PLAIN authentication failed: generic failure, sasl_username=alice@example.com"), "HOST mail|saslauthd-not-running", Kind.FAULT, null, List.of());
    }

    static Incident ambiguous() {
        return new Incident("77aa000000000001", "open", Severity.MEDIUM, "password-mismatch", Certainty.AMBIGUOUS,
            "Wrong password or unknown user", START, START, 3, 3, 0, new TreeMap<>(Map.of("bob", 2L, "carol", 1L)), 2,
            new TreeMap<>(Map.of("198.51.100.4", 3L)), 1, List.of(), List.of("LOGIN", "PLAIN"), List.of("postfix/smtpd"),
            List.of("mail"), List.of(), List.of(
            new Candidate("password-mismatch", Standing.POSSIBLE, List.of(), "try the password by hand"),
            new Candidate("user-not-in-sasldb", Standing.POSSIBLE, List.of(), "sasldblistusers2")),
            "sasldblistusers2 -f /etc/sasldb2: is bob@mail listed?", null,
            List.of("warning: unknown[198.51.100.4]: SASL LOGIN authentication failed: authentication failure"), "LOGIN mail", Kind.USER, null, List.of());
    }

    static Incident unknown() {
        return new Incident("99bb000000000002", "open", Severity.LOW, null, Certainty.UNKNOWN, "Login failed", START, START, 1,
            1, 0, new TreeMap<>(), 0, new TreeMap<>(), 0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            null, null, List.of(), "LOGIN mail", Kind.USER, null, List.of());
    }

    static Incident numbered(int n) {
        Incident i = unknown();
        return new Incident("n" + n, i.state(), i.severity(), i.cause(), i.certainty(), i.title(), i.firstSeen(), i.lastSeen(),
            i.attempts(), i.failures(), i.successes(), i.users(), i.userCount(), i.clients(), i.clientCount(), i.realms(),
            i.mechanisms(), i.services(), i.hosts(), i.evidence(), i.candidates(), i.check(), i.remedy(), i.sampleLines(), i.scope(), i.kind(), i.ended(), i.related());
    }

    static Incident hostile() {
        String evil = "\u001b]0;owned\u0007\u001b[2J\u202egnp.exe\u2066\u200b\u0000\r\n\u009b31m";
        return new Incident("abcd000000000003", "open", Severity.HIGH, "wrong-realm", Certainty.DETERMINED, "Title " + evil, START,
            START, 1, 1, 0, new TreeMap<>(Map.of(evil, 1L, "x".repeat(100_000), 1L, "\ufffd\u00a0\ue000", 1L)), 3,
            new TreeMap<>(Map.of(evil, 1L)), 1, List.of(evil), List.of(evil), List.of(evil), List.of(evil), List.of(evil),
            List.of(new Candidate("wrong-realm", Standing.PROVEN, List.of(evil), evil)), evil, evil, List.of(evil, "y".repeat(50_000)), "LOGIN mail", Kind.USER, null, List.of());
    }

    static Incident grown(Incident i, int seconds, long failures, long successes, String state) {
        return new Incident(i.id(), state, i.severity(), i.cause(), i.certainty(), i.title(), i.firstSeen(),
            i.firstSeen().plusSeconds(seconds), failures, failures, successes, i.users(), i.userCount(), i.clients(),
            i.clientCount(), i.realms(), i.mechanisms(), i.services(), i.hosts(), i.evidence(), i.candidates(), i.check(),
            i.remedy(), i.sampleLines(), i.scope(), i.kind(), i.ended(), i.related());
    }

    static Incident ended(Incident i) {
        return new Incident(i.id(), i.state(), i.severity(), i.cause(), i.certainty(), i.title(), i.firstSeen(), i.lastSeen(),
            i.attempts(), i.failures(), i.successes(), i.users(), i.userCount(), i.clients(), i.clientCount(), i.realms(),
            i.mechanisms(), i.services(), i.hosts(), i.evidence(), i.candidates(), i.check(), i.remedy(), i.sampleLines(), i.scope(), i.kind(),
            "works again since 2026-11-22 16:50:33, after saslauthd started at 16:50:30 (maillog:60)", i.related());
    }

    static Incident settled(Incident i, String cause, Certainty certainty) {
        return new Incident(i.id(), i.state(), i.severity(), cause, certainty, i.title(), i.firstSeen(), i.lastSeen(),
            i.attempts(), i.failures(), i.successes(), i.users(), i.userCount(), i.clients(), i.clientCount(), i.realms(),
            i.mechanisms(), i.services(), i.hosts(), i.evidence(), i.candidates(), i.check(), i.remedy(), i.sampleLines(), i.scope(), i.kind(), i.ended(), i.related());
    }
}
