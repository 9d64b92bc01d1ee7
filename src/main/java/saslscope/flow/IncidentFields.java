package saslscope.flow;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import saslscope.diagnosis.Certainty;
import saslscope.incident.Incident;
import saslscope.incident.Kind;
import saslscope.incident.Severity;

/**
 * An incident as a map: the columns of the CSV export by their names, what searching needs under the names of
 * {@link Fields}, and enough to go on with it in a later run.
 */
public final class IncidentFields {
    private IncidentFields() {
    }

    /** The map of an incident. */
    public static Map<String, Object> of(Incident i) {
        Map<String, Object> m = new LinkedHashMap<>(48);
        m.put("incident_id", i.id());
        m.put("state", i.state());
        m.put("severity", i.severity().name().toLowerCase(Locale.ROOT));
        put(m, "cause", i.cause());
        m.put("certainty", i.certainty().name().toLowerCase(Locale.ROOT));
        m.put("title", i.title());
        m.put("first_seen", Fields.time(i.firstSeen()));
        m.put("last_seen", Fields.time(i.lastSeen()));
        m.put("attempts", i.attempts());
        m.put("failures", i.failures());
        m.put("successes", i.successes());
        m.put("users", List.copyOf(i.users().keySet()));
        m.put("user_count", i.userCount());
        m.put("client_ips", List.copyOf(i.clients().keySet()));
        m.put("client_ip_count", i.clientCount());
        m.put("realms", i.realms());
        m.put("mechanisms", i.mechanisms());
        m.put("services", i.services());
        m.put("hosts", i.hosts());
        m.put("evidence", i.evidence());
        put(m, "check", i.check());
        put(m, "remedy", i.remedy());
        m.put("sample_line", i.sampleLines().isEmpty() ? "" : i.sampleLines().getLast());
        m.put("@timestamp", Fields.time(i.lastSeen()));
        m.put("incident.id", i.id());
        put(m, "diagnosis.cause", i.cause());
        m.put("diagnosis.certainty", i.certainty().name().toLowerCase(Locale.ROOT));
        m.put("diagnosis.candidates", Fields.candidates(i.candidates()));
        m.put("user_failures", List.copyOf(i.users().values()));
        m.put("client_failures", List.copyOf(i.clients().values()));
        m.put("sample_lines", i.sampleLines());
        m.put("scope", i.scope());
        m.put("kind", i.kind().text());
        put(m, "ended", i.ended());
        m.put("related", i.related());
        put(m, "more_users", i.moreUsers());
        put(m, "more_clients", i.moreClients());
        return m;
    }

    /** The incident of a map that {@link #of} made. */
    public static Incident parse(Map<String, Object> m) {
        return new Incident(text(m, "incident_id"), text(m, "state"),
            Severity.valueOf(text(m, "severity").toUpperCase(Locale.ROOT)), text(m, "cause"),
            Certainty.valueOf(text(m, "certainty").toUpperCase(Locale.ROOT)), text(m, "title"),
            OffsetDateTime.parse(text(m, "first_seen")), OffsetDateTime.parse(text(m, "last_seen")), number(m, "attempts"),
            number(m, "failures"), number(m, "successes"), table(m, "users", "user_failures"), number(m, "user_count"),
            table(m, "client_ips", "client_failures"), number(m, "client_ip_count"), texts(list(m, "realms")),
            texts(list(m, "mechanisms")), texts(list(m, "services")), texts(list(m, "hosts")), texts(list(m, "evidence")),
            Fields.candidates(m), text(m, "check"), text(m, "remedy"), texts(list(m, "sample_lines")), text(m, "scope"),
            Kind.of(text(m, "kind")), text(m, "ended"), texts(list(m, "related")), text(m, "more_users"), text(m, "more_clients"));
    }

    private static TreeMap<String, Long> table(Map<String, Object> m, String names, String counts) {
        TreeMap<String, Long> t = new TreeMap<>();
        List<?> n = list(m, names);
        List<?> c = list(m, counts);
        for (int i = 0; i < n.size(); i++) {
            t.put((String) n.get(i), ((Number) c.get(i)).longValue());
        }
        return t;
    }

    private static String text(Map<String, Object> m, String key) {
        return (String) m.get(key);
    }

    private static long number(Map<String, Object> m, String key) {
        return ((Number) m.get(key)).longValue();
    }

    private static List<?> list(Map<String, Object> m, String key) {
        return m.get(key) instanceof List<?> l ? l : List.of();
    }

    private static List<String> texts(List<?> list) {
        return list.stream().map(String.class::cast).toList();
    }

    private static void put(Map<String, Object> m, String key, Object value) {
        if (value != null) {
            m.put(key, value);
        }
    }
}
