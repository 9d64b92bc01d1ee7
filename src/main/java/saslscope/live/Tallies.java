package saslscope.live;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import saslscope.attempt.Attempt;
import saslscope.attempt.Outcome;
import saslscope.bounded.BoundedMap;
import saslscope.flow.Sink;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;

/** Counts for the summary, in bounded memory. An attempt that comes again counts once, with its later diagnosis. */
public final class Tallies implements Sink {
    /** A better diagnosis comes soon after the first one, if it comes. */
    private static final int REMEMBERED = 20_000;
    private static final int INCIDENTS = 2_000;
    private static final long BYTES = 32 << 20;
    /** UTF-16 units of a user's name that are kept: tens of thousands of names are. */
    private static final int LONGEST_USER = 128;

    private final Map<String, Counted> recent = BoundedMap.byAge(REMEMBERED);
    private final Map<String, Incident> incidents = new HashMap<>();
    private final Top<Blame> causes = new Top<>(1_000);
    private final Top<String> users = new Top<>(50_000);
    private final Top<String> clients = new Top<>(50_000);
    private long failures;
    private long successes;
    private long others;
    private long incidentsDropped;
    /** What the incidents take. */
    private long bytes;
    private OffsetDateTime first;
    private OffsetDateTime last;

    private record Counted(Outcome outcome, String cause, String certainty, String user, String client) {
    }

    /** A leading cause and how sure that is. */
    record Blame(String cause, String certainty) implements Comparable<Blame> {
        @Override
        public int compareTo(Blame o) {
            return (cause + " " + certainty).compareTo(o.cause + " " + o.certainty);
        }
    }

    @Override
    public void attempt(DiagnosedAttempt diagnosed) {
        Attempt attempt = diagnosed.attempt();
        boolean failed = attempt.outcome() == Outcome.FAILURE;
        String cause = !failed || diagnosed.diagnosis() == null ? null
            : diagnosed.diagnosis().cause() == null ? "unknown" : diagnosed.diagnosis().cause();
        String certainty = cause == null || diagnosed.diagnosis() == null ? null
            : diagnosed.diagnosis().certainty().name().toLowerCase(Locale.ROOT);
        Counted counted = new Counted(attempt.outcome(), cause, certainty, failed ? user(attempt) : null,
            failed && attempt.client() != null ? attempt.client().address() : null);
        // Only what failed can come again.
        Counted before = failed ? recent.put(attempt.id(), counted) : null;
        if (before != null) {
            count(before, -1);
        }
        count(counted, 1);
        OffsetDateTime time = attempt.origin().time();
        first = first == null || time.isBefore(first) ? time : first;
        last = last == null || time.isAfter(last) ? time : last;
    }

    @Override
    public void revised(DiagnosedAttempt attempt) {
        if (recent.containsKey(attempt.attempt().id())) {
            attempt(attempt);
        }
    }

    private static String user(Attempt attempt) {
        String user = attempt.user() == null || attempt.realm() == null ? attempt.user()
            : attempt.user() + "@" + attempt.realm();
        return user == null || user.length() <= LONGEST_USER ? user : user.substring(0, LONGEST_USER) + "\u2026";
    }

    private void count(Counted counted, int by) {
        switch (counted.outcome()) {
            case FAILURE -> failures += by;
            case SUCCESS -> successes += by;
            case UNKNOWN -> others += by;
        }
        causes.add(counted.cause() == null ? null : new Blame(counted.cause(), counted.certainty()), by);
        users.add(counted.user(), by);
        clients.add(counted.client(), by);
    }

    @Override
    public void incident(Incident incident) {
        Incident before = incidents.put(incident.id(), incident);
        bytes += incident.bytes() - (before == null ? 0 : before.bytes());
        if (incidents.size() > 2 * INCIDENTS || bytes > BYTES && incidents.size() > 1) {
            List<Incident> least = incidents.values().stream().sorted(URGENCY.reversed()).limit(Math.min(INCIDENTS, incidents.size() / 2)).toList();
            for (Incident i : least) {
                incidents.remove(i.id());
                bytes -= i.bytes();
            }
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
        return incidents.values().stream().filter(i -> !i.takenIn()).sorted(URGENCY).toList();
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

    Top<Blame> causes() {
        return causes;
    }

    Top<String> users() {
        return users;
    }

    Top<String> clients() {
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
        Map<String, Long> sums = new HashMap<>();
        causes.all().forEach((blame, n) -> sums.merge(blame.cause(), n, Long::sum));
        return sums;
    }

    /** Counts by key. When full, the rare keys are dropped: frequent ones stay, as lower bounds. */
    static final class Top<K extends Comparable<K>> {
        private final Map<K, Long> counts = new HashMap<>();
        private final int limit;
        private long dropped;

        Top(int limit) {
            this.limit = limit;
        }

        void add(K key, int by) {
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

        Map<K, Long> all() {
            return Map.copyOf(counts);
        }

        List<Map.Entry<K, Long>> best(int n) {
            return counts.entrySet().stream()
                .sorted(Map.Entry.<K, Long>comparingByValue(Comparator.reverseOrder())
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
