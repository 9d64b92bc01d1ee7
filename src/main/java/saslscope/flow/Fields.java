package saslscope.flow;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import saslscope.attempt.Attempt;
import saslscope.attempt.Service;
import saslscope.attempt.Ending;
import saslscope.attempt.Outcome;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Certainty;
import saslscope.diagnosis.Diagnosis;
import saslscope.diagnosis.Standing;
import saslscope.event.AuthEvent;
import saslscope.event.Client;
import saslscope.event.Origin;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Lines;
import saslscope.source.LogFile;

/**
 * The keys under which attempts and events leave saslscope: those of the Elastic Common Schema where it has one. Values
 * are String, Long, or lists of String or of such maps. Unknown values are left out. Nothing is escaped here.
 */
public final class Fields {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
        .append(DateTimeFormatter.ISO_LOCAL_DATE).appendLiteral('T').appendPattern("HH:mm:ss")
        .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true).appendOffset("+HH:MM", "+00:00").toFormatter(Locale.ROOT);

    /** Before the name of what a pattern captured. */
    private static final String FIELD = "saslscope.field.";

    private Fields() {
    }

    /** {@code 2026-11-22T16:50:13+00:00}, with microseconds if the log had them. */
    public static String time(OffsetDateTime t) {
        return TIME.format(t);
    }

    /** One attempt. */
    public static Map<String, Object> of(DiagnosedAttempt d) {
        Attempt a = d.attempt();
        Origin o = a.origin();
        Map<String, Object> m = new LinkedHashMap<>(48);
        m.put("@timestamp", time(o.time()));
        m.put("event.id", a.id());
        m.put("event.kind", "event");
        m.put("event.category", List.of(a.ending() == Ending.SETUP ? "configuration" : "authentication"));
        m.put("event.action", a.action());
        m.put("event.outcome", a.outcome().name().toLowerCase(Locale.ROOT));
        put(m, "event.reason", a.reason());
        m.put("event.original", Lines.show(o));
        client(m, a.client(), a.outbound() ? "destination" : "source");
        put(m, "user.name", a.login());
        put(m, "user.domain", a.realm());
        put(m, "sasl.mechanism", a.mechanism());
        place(m, o);
        m.put("sasl.direction", a.outbound() ? "outbound" : "inbound");
        if (d.diagnosis() != null && a.outcome() != Outcome.SUCCESS) {
            diagnosis(m, d.diagnosis());
        }
        put(m, "incident.id", d.incidentId());
        if (!a.grounds().isEmpty()) {
            m.put("saslscope.grounds", a.grounds());
        }
        return m;
    }

    /** The attempt of a map that {@link #of(DiagnosedAttempt)} made, as far as later ones are held against it: without its lines and evidence. */
    public static DiagnosedAttempt attempt(Map<String, Object> m) {
        String login = (String) m.get("user.name");
        String realm = (String) m.get("user.domain");
        boolean outbound = "outbound".equals(m.get("sasl.direction"));
        String side = outbound ? "destination" : "source";
        String address = (String) m.get(side + ".ip");
        Outcome outcome = Outcome.valueOf(((String) m.get("event.outcome")).toUpperCase(Locale.ROOT));
        String reason = (String) m.get("event.reason");
        String action = (String) m.get("event.action");
        Attempt a = new Attempt((String) m.get("event.id"), action, outcome, ending(outcome, action, reason), outbound,
            address == null ? null : new Client((String) m.get(side + ".domain"), address, -1), login,
            login == null || login.lastIndexOf('@') < 0 ? login : login.substring(0, login.lastIndexOf('@')), realm, (String) m.get("sasl.mechanism"), reason, origin(m),
            List.of(), List.of(), List.of());
        String certainty = (String) m.get("diagnosis.certainty");
        return new DiagnosedAttempt(a, certainty == null ? null : new Diagnosis((String) m.get("diagnosis.cause"),
            Certainty.valueOf(certainty.toUpperCase(Locale.ROOT)), candidates(m).stream().map(c -> new Candidate(c.cause(), c.standing(), List.of(), null)).toList(),
            null, null),
            (String) m.get("incident.id"));
    }

    private static Origin origin(Map<String, Object> m) {
        OffsetDateTime t = OffsetDateTime.parse((String) m.get("@timestamp"));
        Map<String, String> fields = new LinkedHashMap<>();
        m.forEach((key, value) -> {
            if (key.startsWith(FIELD)) {
                fields.put(key.substring(FIELD.length()), (String) value);
            }
        });
        return new Origin(t.toEpochSecond() * 1_000_000L + t.getNano() / 1_000, t.getOffset(), String.valueOf(m.getOrDefault("host.name", "")),
            (String) m.get("service.name"), ((Long) m.getOrDefault("process.pid", -1L)).intValue(), new LogFile((String) m.get("log.file.path"), 0),
            (Long) m.get("log.offset"), 0, 0, String.valueOf(m.getOrDefault("saslscope.pattern", "")), fields, "", 1, null);
    }

    /**
     * The event of a map that {@link #of(AuthEvent)} made, if logins to come are held against it: what happened to a service, what a process
     * wrote when it began, or what message a relay did not take.
     */
    public static Optional<AuthEvent> event(Map<String, Object> m) {
        Origin o = origin(m);
        return Optional.ofNullable(switch ((String) m.get("event.action")) {
            case "service-changed" -> new AuthEvent.ServiceChanged(o, o.field("action"));
            case "process-start" -> new AuthEvent.ProcessStart(o);
            case "relay-failed" -> new AuthEvent.RelayFailed(o, o.field("queue"), null, null, -1, o.field("reason"));
            default -> null;
        });
    }

    /** Only a verdict has a reason; where an SMTP login failed without one, the exchange just stopped. */
    private static Ending ending(Outcome outcome, String action, String reason) {
        if (outcome == Outcome.SUCCESS) {
            return Ending.ACCEPTED;
        }
        return switch (action) {
            case "service-setup" -> Ending.SETUP;
            case "relay-denied" -> Ending.RELAY_DENIED;
            case "tls-handshake" -> Ending.TLS_FAILED;
            case "sasl-auth" -> reason == null ? Ending.LOST : Ending.REJECTED;
            default -> Ending.REJECTED;
        };
    }

    /** Those of a map that {@link #of(DiagnosedAttempt)} or {@link IncidentFields#of} made. */
    static List<Candidate> candidates(Map<String, Object> m) {
        if (!(m.get("diagnosis.candidates") instanceof List<?> list)) {
            return List.of();
        }
        List<Candidate> out = new ArrayList<>(list.size());
        for (Object x : list) {
            Map<?, ?> c = (Map<?, ?>) x;
            out.add(new Candidate((String) c.get("cause"), Standing.valueOf(((String) c.get("standing")).toUpperCase(Locale.ROOT)),
                ((List<?>) c.get("evidence")).stream().map(String.class::cast).toList(), (String) c.get("check")));
        }
        return List.copyOf(out);
    }

    private static void diagnosis(Map<String, Object> m, Diagnosis d) {
        put(m, "diagnosis.cause", d.cause());
        m.put("diagnosis.certainty", d.certainty().name().toLowerCase(Locale.ROOT));
        m.put("diagnosis.candidates", candidates(d.candidates()));
        put(m, "diagnosis.check", d.check());
        put(m, "diagnosis.remedy", d.remedy());
    }

    static List<Map<String, Object>> candidates(List<Candidate> list) {
        List<Map<String, Object>> out = new ArrayList<>(list.size());
        for (Candidate c : list) {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("cause", c.cause());
            m.put("standing", c.standing().name().toLowerCase(Locale.ROOT));
            m.put("evidence", c.evidence());
            put(m, "check", c.check());
            out.add(m);
        }
        return out;
    }

    /** One recognised event. */
    public static Map<String, Object> of(AuthEvent e) {
        Origin o = e.origin();
        Map<String, Object> m = new LinkedHashMap<>(32);
        m.put("@timestamp", time(o.time()));
        m.put("event.id", o.id(-1));
        m.put("event.kind", "event");
        m.put("event.category", List.of(e instanceof AuthEvent.SetupFault ? "configuration" : "authentication"));
        m.put("event.action", action(e));
        m.put("event.original", Lines.show(o));
        m.put("saslscope.pattern", o.pattern());
        place(m, o);
        o.fields().forEach((k, v) -> m.put(FIELD + k, v));
        if (o.repeat() > 1) {
            m.put("saslscope.repeat", (long) o.repeat());
        }
        return m;
    }

    /** What happened, in a word or two. */
    static String action(AuthEvent e) {
        return switch (e) {
            case AuthEvent.Connected x -> "connected";
            case AuthEvent.Disconnected x -> "disconnected";
            case AuthEvent.Rejected x -> "rejected";
            case AuthEvent.Accepted x -> "accepted";
            case AuthEvent.Aborted x -> "aborted";
            case AuthEvent.HungUp x -> "hung-up";
            case AuthEvent.Refused x -> "refused";
            case AuthEvent.RelayDenied x -> "relay-denied";
            case AuthEvent.SenderDenied x -> "sender-denied";
            case AuthEvent.TlsFailed x -> "tls-failed";
            case AuthEvent.Detail x -> "detail";
            case AuthEvent.ProcessStart x -> "process-start";
            case AuthEvent.SetupFault x -> "setup-fault";
            case AuthEvent.Verified x -> x.accepted() ? "verifier-accepted" : "verifier-rejected";
            case AuthEvent.VerifierDetail x -> "verifier-detail";
            case AuthEvent.ServiceChanged x -> "service-changed";
            case AuthEvent.RelayFailed x -> "relay-failed";
            case AuthEvent.RelayDetail x -> "relay-detail";
            case AuthEvent.RelayDelivered x -> "relay-delivered";
            case AuthEvent.Login x -> x.accepted() ? "login-accepted" : "login-rejected";
            case AuthEvent.Trace x -> "trace";
        };
    }

    private static void place(Map<String, Object> m, Origin o) {
        m.put("service.name", o.tag());
        m.put("service.type", Service.type(o));
        put(m, "host.name", o.host().isEmpty() ? null : o.host());
        if (o.pid() >= 0) {
            m.put("process.pid", (long) o.pid());
        }
        m.put("log.file.path", o.file().path());
        m.put("log.offset", o.byteOffset());
    }

    private static void client(Map<String, Object> m, Client c, String side) {
        if (c == null) {
            return;
        }
        if (address(c.address())) {
            m.put(side + ".ip", c.address());
        }
        if (c.port() >= 0) {
            m.put(side + ".port", (long) c.port());
        }
        if (c.name() != null && !c.name().equals("unknown")) {
            m.put(side + ".domain", c.name());
        }
    }

    /** Whether it is an IP address and not a name; never looks a name up. */
    private static boolean address(String s) {
        if (s == null || s.isEmpty() || s.length() > 45) {
            return false;
        }
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (Character.digit(c, 16) < 0 && c != '.' && c != ':') {
                return false;
            }
        }
        if (s.indexOf(':') < 0 && s.chars().filter(c -> c == '.').count() != 3) {
            return false;
        }
        try {
            return InetAddress.getByName(s) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void put(Map<String, Object> m, String key, Object value) {
        if (value != null) {
            m.put(key, value);
        }
    }
}
