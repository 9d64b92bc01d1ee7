package saslscope.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Gathers what a page shows. Counts are exact up to a number of different names; those that come later are counted together. */
public final class Report {
    /** Where names beyond the limit are counted. */
    static final String OTHERS = "(others)";
    static final String UNKNOWN = "unknown";
    private static final int MOST_NAMES = 100_000;
    private static final int MOST_INCIDENTS = 50;

    final Timeline failed = new Timeline();
    final Timeline succeeded = new Timeline();
    final Map<String, Tally> causes = new HashMap<>();
    final Map<String, Tally> users = new HashMap<>();
    final Map<String, Tally> clients = new HashMap<>();
    /** The first remedy told for each cause. */
    final Map<String, String> remedies = new TreeMap<>();
    final List<Map<String, Object>> incidents = new ArrayList<>();
    long incidentCount;
    long failures;
    long successes;
    Instant first;
    Instant last;

    /** Counts of one name. */
    static final class Tally {
        long failures;
        long successes;
        final Map<String, Long> causes = new HashMap<>(2);
    }

    /** Takes an attempt. */
    public void attempt(Map<String, Object> a) {
        Instant at = time(a.get("@timestamp"));
        String outcome = text(a, "event.outcome");
        if (at == null || outcome.equals(UNKNOWN)) {
            return;
        }
        boolean success = outcome.equals("success");
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
        String cause = text(a, "diagnosis.cause").isEmpty() ? UNKNOWN : text(a, "diagnosis.cause");
        if (success) {
            successes++;
            succeeded.count(at.getEpochSecond(), "successful logins");
        } else {
            failures++;
            failed.count(at.getEpochSecond(), cause);
            count(causes, cause, false, text(a, "diagnosis.certainty"));
            if (!text(a, "diagnosis.remedy").isEmpty()) {
                remedies.putIfAbsent(cause, text(a, "diagnosis.remedy"));
            }
        }
        count(users, text(a, "user.name"), success, cause);
        String client = text(a, "source.ip").isEmpty() ? text(a, "destination.ip") : text(a, "source.ip");
        count(clients, client, success, cause);
    }

    private static void count(Map<String, Tally> to, String name, boolean success, String cause) {
        if (name.isEmpty()) {
            return;
        }
        Tally t = to.computeIfAbsent(to.size() >= MOST_NAMES && !to.containsKey(name) ? OTHERS : name, k -> new Tally());
        if (success) {
            t.successes++;
        } else {
            t.failures++;
            t.causes.merge(cause, 1L, Long::sum);
        }
    }

    /** Takes an incident. */
    public void incident(Map<String, Object> i) {
        incidentCount++;
        incidents.add(new LinkedHashMap<>(i));
        if (incidents.size() > 2 * MOST_INCIDENTS) {
            worstFirst();
        }
    }

    /** The incidents to show, the most urgent first. */
    List<Map<String, Object>> worstFirst() {
        List<String> order = List.of("critical", "high", "medium", "low");
        incidents.sort(Comparator.comparingInt((Map<String, Object> i) -> order.indexOf(text(i, "severity")))
            .thenComparing(i -> number(i, "failures"), Comparator.reverseOrder()).thenComparing(i -> text(i, "incident_id")));
        if (incidents.size() > MOST_INCIDENTS) {
            incidents.subList(MOST_INCIDENTS, incidents.size()).clear();
        }
        return incidents;
    }

    /** The names with the most failures. */
    static List<Map.Entry<String, Tally>> top(Map<String, Tally> of, int limit) {
        return of.entrySet().stream().filter(e -> e.getValue().failures > 0)
            .sorted(Comparator.comparingLong((Map.Entry<String, Tally> e) -> e.getValue().failures).reversed().thenComparing(Map.Entry::getKey))
            .limit(limit).toList();
    }

    /** The time a document tells; null if it tells none. */
    static Instant time(Object text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text.toString()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    static String text(Map<String, Object> document, String key) {
        Object value = document.get(key);
        return value == null ? "" : value.toString();
    }

    static long number(Map<String, Object> document, String key) {
        return document.get(key) instanceof Number n ? n.longValue() : 0;
    }

    /** How many attempts it holds. */
    public long attempts() {
        return failures + successes;
    }

    /**
     * The page.
     *
     * @param query  what was asked for; empty for everything
     * @param made   when
     * @param titles says what a code means
     */
    public Page page(String query, Instant made, ZoneId zone, UnaryOperator<String> titles) {
        return new Page(this, query, made, zone, titles);
    }
}
