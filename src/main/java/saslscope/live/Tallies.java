package saslscope.live;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saslscope.attempt.Attempt;
import saslscope.attempt.Outcome;
import saslscope.flow.Sink;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;

/** Counts for the summary, in bounded memory. An attempt that comes again counts once, with its later diagnosis. */
public final class Tallies implements Sink {
    /** A better diagnosis comes soon after the first one, if it comes. */
    private static final int REMEMBERED = 20_000;
    private static final int INCIDENTS = 2_000;

    private final Map<String, Counted> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Counted> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<String, Incident> incidents = new HashMap<>();
    private final Top causes = new Top(1_000);
    private final Top users = new Top(50_000);
    private final Top clients = new Top(50_000);
    private long failures;
    private long successes;
    private long others;
    private long incidentsDropped;
    private OffsetDateTime first;
    private OffsetDateTime last;

    private record Counted(Outcome outcome, String cause, String user, String client) {
    }

    @Override
    public void attempt(DiagnosedAttempt diagnosed) {
        Attempt attempt = diagnosed.attempt();
        boolean failed = attempt.outcome() == Outcome.FAILURE;
        String cause = !failed || diagnosed.diagnosis() == null ? null
            : diagnosed.diagnosis().cause() == null ? "unknown" : diagnosed.diagnosis().cause();
        Counted counted = new Counted(attempt.outcome(), cause, failed ? user(attempt) : null,
            failed && attempt.client() != null ? attempt.client().address() : null);
        Counted before = recent.put(attempt.id(), counted);
        if (before != null) {
            count(before, -1);
        }
        count(counted, 1);
        OffsetDateTime time = attempt.origin().time();
        first = first == null || time.isBefore(first) ? time : first;
        last = last == null || time.isAfter(last) ? time : last;
    }

    private static String user(Attempt attempt) {
        return attempt.user() == null || attempt.realm() == null ? attempt.user()
            : attempt.user() + "@" + attempt.realm();
    }

    private void count(Counted counted, int by) {
        switch (counted.outcome()) {
            case FAILURE -> failures += by;
            case SUCCESS -> successes += by;
            case UNKNOWN -> others += by;
        }
        causes.add(counted.cause(), by);
        users.add(counted.user(), by);
        clients.add(counted.client(), by);
    }

    @Override
    public void incident(Incident incident) {
        incidents.put(incident.id(), incident);
        if (incidents.size() > 2 * INCIDENTS) {
            List<Incident> least = incidents.values().stream().sorted(URGENCY.reversed()).limit(INCIDENTS).toList();
            least.forEach(i -> incidents.remove(i.id()));
            incidentsDropped += least.size();
        }
    }

    /** The most urgent first: by severity, then what still goes on, then by failures. */
    public static final Comparator<Incident> URGENCY = Comparator.comparing(Incident::severity)
        .thenComparing(i -> i.state().equals("closed"))
        .thenComparing(Comparator.comparingLong(Incident::failures).reversed())
        .thenComparing(Incident::firstSeen)
        .thenComparing(Incident::id);

    /** The incidents, the most urgent first. */
    public List<Incident> incidents() {
        return incidents.values().stream().sorted(URGENCY).toList();
    }

    long incidentsDropped() {
        return incidentsDropped;
    }

    /** Failed attempts. */
    public long failures() {
        return failures;
    }

    long successes() {
        return successes;
    }

    long others() {
        return others;
    }

    Top causes() {
        return causes;
    }

    Top users() {
        return users;
    }

    Top clients() {
        return clients;
    }

    OffsetDateTime first() {
        return first;
    }

    OffsetDateTime last() {
        return last;
    }

    /** Failed attempts by cause; {@code unknown} where no known cause fits. */
    public Map<String, Long> failuresByCause() {
        return causes.all();
    }

    /** Counts by key. When full, the rare keys are dropped: frequent ones stay, as lower bounds. */
    static final class Top {
        private final Map<String, Long> counts = new HashMap<>();
        private final int limit;
        private long dropped;

        Top(int limit) {
            this.limit = limit;
        }

        void add(String key, int by) {
            if (key == null) {
                return;
            }
            counts.merge(key, (long) by, (a, b) -> a + b == 0 ? null : a + b);
            for (long rare = 1; counts.size() > limit; rare *= 2) {
                int before = counts.size();
                long bound = rare;
                counts.values().removeIf(n -> n <= bound);
                dropped += before - counts.size();
            }
        }

        Map<String, Long> all() {
            return Map.copyOf(counts);
        }

        List<Map.Entry<String, Long>> best(int n) {
            return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
                .limit(n)
                .toList();
        }

        /** Distinct keys; a dropped one that came again counts again. */
        long distinct() {
            return counts.size() + dropped;
        }

        boolean exact() {
            return dropped == 0;
        }
    }
}
