package saslscope.incident;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import saslscope.attempt.Attempt;
import saslscope.diagnosis.Certainty;
import saslscope.diagnosis.Diagnosis;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;

/** An incident while it grows. */
final class Tracked {
    final String id;
    final Scope scope;
    String state = "open";
    Severity severity;
    OffsetDateTime first;
    OffsetDateTime last;
    long lastMicros;
    long attempts;
    long failures;
    long successes;
    final TreeMap<String, Long> users = new TreeMap<>();
    final TreeMap<String, Long> clients = new TreeMap<>();
    private long moreUsers;
    private long moreClients;
    private final TreeSet<String> realms = new TreeSet<>();
    private final TreeSet<String> mechanisms = new TreeSet<>();
    private final TreeSet<String> services = new TreeSet<>();
    private final TreeSet<String> hosts = new TreeSet<>();
    private Diagnosis diagnosis;
    private List<String> sample = List.of();
    private List<String> evidence = List.of();
    boolean changed;
    /** Under which keys it can be found. */
    final List<String> clientKeys = new ArrayList<>(1);
    final List<String> userKeys = new ArrayList<>(1);

    Tracked(String id, Scope scope) {
        this.id = id;
        this.scope = scope;
    }

    /** Goes on from a stored state. */
    Tracked(Incident i, Scope scope) {
        this(i.id(), scope);
        state = i.state();
        severity = i.severity();
        first = i.firstSeen();
        last = i.lastSeen();
        lastMicros = last.toEpochSecond() * 1_000_000L + last.getNano() / 1_000;
        attempts = i.attempts();
        failures = i.failures();
        successes = i.successes();
        users.putAll(i.users());
        clients.putAll(i.clients());
        moreUsers = i.userCount() - users.size();
        moreClients = i.clientCount() - clients.size();
        realms.addAll(i.realms());
        mechanisms.addAll(i.mechanisms());
        services.addAll(i.services());
        hosts.addAll(i.hosts());
        diagnosis = new Diagnosis(i.cause(), i.certainty(), i.candidates(), i.check(), i.remedy());
        sample = i.sampleLines();
        evidence = i.evidence();
    }

    void add(Attempt a, Diagnosis d, IncidentLimits limits) {
        Origin o = a.origin();
        if (first == null) {
            first = o.time();
        }
        if (o.micros() >= lastMicros) {
            lastMicros = o.micros();
            last = o.time();
        }
        state = "open";
        attempts++;
        failures++;
        changed = true;
        moreUsers += count(users, a.login(), limits.names());
        moreClients += count(clients, a.client() == null ? null : a.client().address(), limits.names());
        note(realms, a.realm(), limits);
        note(mechanisms, a.mechanism(), limits);
        note(services, o.tag(), limits);
        note(hosts, o.host(), limits);
        if (diagnosis == null || better(d, diagnosis)) {
            diagnosis = d;
            evidence = d.candidates().isEmpty() ? List.of() : d.candidates().getFirst().evidence();
            List<String> lines = new ArrayList<>();
            for (AuthEvent e : a.lines()) {
                // How the session ended says nothing, unless that is the outcome.
                boolean after = e instanceof AuthEvent.Disconnected && e.origin() != o;
                if (lines.size() < 12 && !after) {
                    lines.add(Lines.show(e.origin()));
                }
            }
            sample = List.copyOf(lines);
        }
    }

    /** A surer diagnosis tells more; of equally sure ones that with fewer causes left. */
    private static boolean better(Diagnosis a, Diagnosis b) {
        int c = a.certainty().compareTo(b.certainty());
        return c < 0 || c == 0 && a.candidates().size() < b.candidates().size();
    }

    /** Adds to a bounded table; returns 1 if the name is new but has no place. */
    private static int count(TreeMap<String, Long> table, String name, int most) {
        if (name == null) {
            return 0;
        }
        if (table.size() >= most && !table.containsKey(name)) {
            return 1;
        }
        table.merge(name, 1L, Long::sum);
        return 0;
    }

    private static void note(TreeSet<String> set, String value, IncidentLimits limits) {
        if (value != null && set.size() < limits.names()) {
            set.add(value);
        }
    }

    void success(Attempt a) {
        successes++;
        changed = true;
    }

    Incident snapshot(Titles titles) {
        return new Incident(id, state, severity, diagnosis.cause(), diagnosis.certainty(),
            titles.of(this, diagnosis), first, last, attempts, failures, successes, new TreeMap<>(users), users.size() + moreUsers,
            new TreeMap<>(clients), clients.size() + moreClients, List.copyOf(realms), List.copyOf(mechanisms),
            List.copyOf(services), List.copyOf(hosts), evidence, diagnosis.candidates(), diagnosis.check(), diagnosis.remedy(), sample,
            scope.kind() + " " + scope.key());
    }

    Certainty certainty() {
        return diagnosis.certainty();
    }

    boolean guessing(IncidentLimits limits) {
        return scope.kind() == Scope.Kind.LOGIN && clients.size() == 1 && users.size() >= limits.guessNames();
    }
}
