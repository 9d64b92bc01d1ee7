package saslscope.index;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents as the pipeline makes them. */
final class Docs {
    static final Instant START = Instant.parse("2026-11-20T22:00:00Z");
    static final List<String> USERS = List.of("alice", "bob@example.com", "carol@example.org", "Dave", "x", "eve\u202e\"'; DROP");
    static final List<String> IPS = List.of("192.0.2.7", "192.0.2.200", "198.51.100.1", "2001:db8::7", "2001:db8:1::1");
    static final List<String> MECHS = List.of("PLAIN", "LOGIN", "CRAM-MD5");
    static final List<String> CAUSES = List.of("wrong-realm", "password-mismatch", "saslauthd-not-running");
    static final List<String> HOSTS = List.of("mail", "MX2.example.com");

    private Docs() {
    }

    static String id(long n) {
        return String.format("%016x", n * 0x9E3779B97F4A7C15L);
    }

    static String time(Instant t) {
        return t.atOffset(ZoneOffset.ofHours(1)).truncatedTo(ChronoUnit.MICROS).toString();
    }

    /** A plain attempt: number n, one a minute. */
    static Map<String, Object> attempt(int n) {
        return attempt(n, START.plusSeconds(60L * n), USERS.get(n % 4), IPS.get(n % 5), MECHS.get(n % 3), CAUSES.get(n % 3), "mail");
    }

    static Map<String, Object> attempt(int n, Instant at, String user, String ip, String mech, String cause, String host) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("doc.type", "attempt");
        m.put("@timestamp", time(at));
        m.put("event.id", id(n));
        m.put("event.kind", "event");
        m.put("event.category", List.of("authentication"));
        m.put("event.action", "sasl-auth");
        m.put("event.outcome", "failure");
        m.put("event.reason", "authentication failure");
        m.put("event.original", "Nov 20 10:00:0" + n % 10 + " " + host + " postfix/submission/smtpd[" + (4000 + n) + "]: warning: unknown[" + ip
            + "]:" + (30_000 + n) + ": SASL " + mech + " authentication failed: authentication failure, sasl_username=" + user);
        m.put("source.ip", ip);
        m.put("source.port", 30_000L + n);
        m.put("user.name", user);
        if (user.indexOf('@') > 0) {
            m.put("user.domain", user.substring(user.indexOf('@') + 1));
        }
        m.put("sasl.mechanism", mech);
        m.put("service.name", "postfix/submission/smtpd");
        m.put("service.type", "postfix");
        m.put("host.name", host);
        m.put("process.pid", 4000L + n);
        m.put("log.file.path", "/var/log/maillog");
        m.put("log.offset", 180L * n);
        m.put("sasl.direction", "inbound");
        m.put("diagnosis.cause", cause);
        m.put("diagnosis.certainty", "ambiguous");
        List<Map<String, Object>> candidates = new ArrayList<>();
        for (String c : List.of(cause, "user-not-in-sasldb")) {
            Map<String, Object> candidate = new LinkedHashMap<>();
            candidate.put("cause", c);
            candidate.put("standing", "possible");
            candidate.put("evidence", List.of("the library says the user is unknown (maillog:" + n + ")"));
            candidate.put("check", "sasldblistusers2");
            candidates.add(candidate);
        }
        m.put("diagnosis.candidates", candidates);
        m.put("diagnosis.check", "run sasldblistusers2 and look for " + user);
        m.put("diagnosis.remedy", "saslpasswd2 -c -u example.com " + user);
        m.put("incident.id", "i" + n % 7);
        return m;
    }

    static Map<String, Object> incident(String id, Instant at, String state) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("doc.type", "incident");
        m.put("incident_id", id);
        m.put("state", state);
        m.put("severity", "high");
        m.put("title", "The user is not in sasldb2");
        m.put("users", List.of("alice", "bob@example.com"));
        m.put("client_ips", List.of("192.0.2.7"));
        m.put("@timestamp", time(at));
        m.put("incident.id", id);
        m.put("diagnosis.cause", "wrong-realm");
        return m;
    }

    static Map<String, Object> event(int n) {
        Map<String, Object> m = attempt(n);
        m.put("doc.type", "event");
        m.keySet().removeIf(k -> k.startsWith("diagnosis."));
        m.put("saslscope.pattern", "SMTPD_SASL_AUTH_FAILED");
        m.put("saslscope.field.user", "alice");
        return m;
    }

    static List<Map<String, Object>> random(Random random, int count) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant at = START.plusMillis(random.nextInt(72 * 3_600_000));
            all.add(attempt(i, at, pick(random, USERS), pick(random, IPS), pick(random, MECHS), pick(random, CAUSES), pick(random, HOSTS)));
        }
        return all;
    }

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
