package saslscope.incident;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import saslscope.attempt.Attempt;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Certainty;
import saslscope.diagnosis.Change;
import saslscope.diagnosis.Diagnosis;
import saslscope.diagnosis.Moments;
import saslscope.diagnosis.Past;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;

/** An incident while it grows. */
final class Tracked {
    private static final long HOUR = 3_600_000_000L;
    /** UTF-16 units of a sample line that are kept. */
    private static final int LONGEST_LINE = 1_000;

    final String id;
    Scope scope;
    Kind kind;
    String state = "open";
    Severity severity;
    OffsetDateTime first;
    OffsetDateTime last;
    long lastMicros;
    /** How late it was in the log when something of it came last; its own host's clock may differ. */
    long heard;
    long attempts;
    long failures;
    long successes;
    /** Since when it works again; null while it does not. */
    String ended;
    /** How often it failed again after that. */
    int relapses;
    /** Users that logged in since the last failure. */
    final TreeSet<String> recovered = new TreeSet<>();
    final TreeSet<String> related = new TreeSet<>();
    /** Failures within the hour that began then. */
    private long hour = Long.MIN_VALUE / 2;
    int hourly;
    /** Of a steady rhythm, in microseconds. */
    long interval;
    private ZoneOffset zone;
    final TreeMap<String, Long> users = new TreeMap<>();
    final TreeMap<String, Long> clients = new TreeMap<>();
    private final Beyond moreUsers = new Beyond();
    private final Beyond moreClients = new Beyond();
    private final TreeSet<String> realms = new TreeSet<>();
    private final TreeSet<String> mechanisms = new TreeSet<>();
    private final TreeSet<String> services = new TreeSet<>();
    private final TreeSet<String> hosts = new TreeSet<>();
    private Diagnosis diagnosis;
    private List<String> sample = List.of();
    private List<String> evidence = List.of();
    boolean changed;
    /** See {@link #bytes}; 0 if it may have changed since that was asked: thousands are asked for it in turn, and most stay as they were. */
    private long weight;
    /** What the tables of users and clients take, at most. */
    private long named;
    /** Under which keys it can be found. */
    final List<String> clientKeys = new ArrayList<>(1);
    final List<String> userKeys = new ArrayList<>(1);

    Tracked(String id, Scope scope, Kind kind) {
        this.id = id;
        this.scope = scope;
        this.kind = kind;
    }

    /** Goes on from a stored state. */
    Tracked(Incident i, Scope scope) {
        this(i.id(), scope, i.kind());
        state = i.state();
        severity = i.severity();
        first = i.firstSeen();
        last = i.lastSeen();
        lastMicros = micros(last);
        heard = lastMicros;
        attempts = i.attempts();
        failures = i.failures();
        successes = i.successes();
        ended = i.ended();
        related.addAll(i.related());
        zone = i.firstSeen().getOffset();
        users.putAll(i.users());
        clients.putAll(i.clients());
        named = Incident.bytes(users.keySet()) + Incident.bytes(clients.keySet());
        moreUsers.goOn(i.userCount() - users.size(), i.moreUsers());
        moreClients.goOn(i.clientCount() - clients.size(), i.moreClients());
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
        seen(o);
        state = "open";
        if (ended != null) {
            relapses++;
            ended = null;
        }
        recovered.clear();
        attempts++;
        failures++;
        within(o.micros());
        name(a, limits);
        if (diagnosis == null || better(d)) {
            show(a, d);
        }
    }

    /** Counts a failure at that moment, in microseconds, among those of its hour. */
    void within(long micros) {
        if (Math.abs(micros - hour) > HOUR) {
            hour = micros;
            hourly = 0;
        }
        hourly++;
    }

    /** Keeps the rhythm of a device, if its last try kept to one. */
    void beats(Past past) {
        if (kind == Kind.STALE && past.even() > 0) {
            interval = past.interval();
        }
    }

    private void show(Attempt a, Diagnosis d) {
        weight = 0;
        diagnosis = d;
        // Made now, as until then it holds all lines of the attempt.
        d.candidates().forEach(c -> c.evidence().size());
        evidence = d.candidates().isEmpty() ? List.of() : d.candidates().getFirst().evidence();
        List<String> lines = new ArrayList<>();
        for (AuthEvent e : a.lines()) {
            // How the session ended says nothing, unless that is the outcome.
            boolean after = e instanceof AuthEvent.Disconnected && e.origin() != a.origin();
            if (lines.size() < 12 && !after) {
                lines.add(shortened(Lines.show(e.origin())));
            }
        }
        sample = List.copyOf(lines);
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "\u2026";
    }

    /** Upper bound of the memory that it takes. */
    long bytes() {
        if (weight == 0) {
            weight = weigh();
        }
        return weight;
    }

    private long weigh() {
        long bytes = 4_000 + named + Incident.bytes(userKeys)
            + Incident.bytes(clientKeys) + Incident.bytes(sample) + Incident.bytes(realms) + Incident.bytes(mechanisms)
            + Incident.bytes(services) + Incident.bytes(hosts) + Incident.bytes(related);
        for (Candidate c : diagnosis.candidates()) {
            bytes += Incident.bytes(c.evidence());
        }
        return bytes;
    }

    private void name(Attempt a, IncidentLimits limits) {
        count(users, moreUsers, a.login(), 1, limits.names());
        count(clients, moreClients, a.client() == null ? null : a.client().address(), 1, limits.names());
        note(realms, a.realm(), limits);
        note(mechanisms, a.mechanism(), limits);
        note(services, a.origin().tag(), limits);
        note(hosts, a.origin().host(), limits);
    }

    private void seen(Origin o) {
        weight = 0;
        if (first == null) {
            first = o.time();
            zone = o.offset();
        }
        if (o.micros() >= lastMicros) {
            lastMicros = o.micros();
            last = o.time();
        }
        changed = true;
    }

    /** The log's clock was set back. */
    void setBack(long now) {
        lastMicros = Math.min(lastMicros, now);
        heard = Math.min(heard, now);
    }

    /** One of its attempts is understood better now. */
    void revise(Attempt a, Diagnosis d) {
        if (better(d) || failures == 1 && !d.equals(diagnosis)) {
            show(a, d);
            changed = true;
        }
    }

    /** One of its attempts was found to belong elsewhere. */
    void leave(Attempt a) {
        attempts--;
        failures--;
        if (a.login() != null) {
            users.computeIfPresent(a.login(), (name, n) -> n > 1 ? n - 1 : null);
        }
        if (a.client() != null && a.client().address() != null) {
            clients.computeIfPresent(a.client().address(), (name, n) -> n > 1 ? n - 1 : null);
        }
        changed = true;
    }

    /** A login of a client that had guessed; what it did before is told in the evidence. */
    void intrusion(Attempt a, Tracked guessing, IncidentLimits limits) {
        if (first == null) {
            long tries = guessing.clients.getOrDefault(a.client().address(), guessing.failures);
            diagnosis = new Diagnosis(null, Certainty.UNKNOWN, List.of(), null, null);
            evidence = List.of(a.client().address() + " failed " + Moments.times(tries, "time") + " since "
                + Moments.text(micros(guessing.first), a.origin().offset()) + ", then logged in"
                + (a.login() == null ? "" : " as " + a.login()) + (a.mechanism() == null ? "" : " with " + a.mechanism()),
                "nobody had logged in from there before");
            sample = List.of(shortened(Lines.show(a.origin())));
            failures = tries;
            related.add(guessing.id);
        }
        seen(a.origin());
        attempts++;
        successes++;
        name(a, limits);
    }

    /** Takes in what another incident held until now. */
    void takeIn(Tracked t, IncidentLimits limits) {
        weight = 0;
        attempts += t.attempts;
        failures += t.failures;
        if (first == null || t.first.isBefore(first)) {
            first = t.first;
        }
        t.users.forEach((n, k) -> count(users, moreUsers, n, k, limits.names()));
        t.clients.forEach((n, k) -> count(clients, moreClients, n, k, limits.names()));
        if (related.size() < limits.names()) {
            related.add(t.id);
        }
        t.state = "closed";
        t.ended = Incident.TAKEN_IN + id;
        t.severity = Severity.LOW;
    }

    /** Shows as its own what a part of it was found to be. */
    void become(Tracked part) {
        weight = 0;
        diagnosis = part.diagnosis;
        evidence = part.evidence;
        sample = part.sample;
        realms.addAll(part.realms);
        mechanisms.addAll(part.mechanisms);
        services.addAll(part.services);
        hosts.addAll(part.hosts);
        zone = part.zone;
        last = part.last;
        lastMicros = part.lastMicros;
        changed = true;
    }

    String cause() {
        return diagnosis.cause();
    }

    static long micros(OffsetDateTime t) {
        return t.toEpochSecond() * 1_000_000L + t.getNano() / 1_000;
    }

    /** A surer diagnosis tells more; of equally sure ones that with fewer causes left. */
    private boolean better(Diagnosis d) {
        int c = d.certainty().compareTo(diagnosis.certainty());
        if (c == 0 && kind == Kind.USER && users.size() == 1 && clients.size() == 1) {
            // One login that fails by several mechanisms most likely fails for one reason: the leading cause is one that each attempt allows.
            boolean stays = names(d, diagnosis.cause());
            boolean fits = names(diagnosis, d.cause());
            if (stays != fits) {
                return fits;
            }
        }
        return c < 0 || c == 0 && d.candidates().size() < diagnosis.candidates().size();
    }

    private static boolean names(Diagnosis d, String cause) {
        return d.candidates().stream().anyMatch(x -> x.cause().equals(cause));
    }

    /** Adds to a bounded table; what has no place there is counted. */
    private void count(TreeMap<String, Long> table, Beyond beyond, String name, long by, int most) {
        if (name == null) {
            return;
        }
        if (table.size() >= most && !table.containsKey(name)) {
            beyond.add(name);
        } else {
            int before = table.size();
            table.merge(name, by, Long::sum);
            named += table.size() > before ? Incident.bytes(List.of(name)) : 0;
        }
    }

    /** How many distinct names have no place in a table, never too many: two names may share one of its 65,536 bits. */
    private static final class Beyond {
        /** Of an earlier run that kept no sketch. */
        private long base;
        private BitSet bits;
        /** Of the bits; null if it is to be made. */
        private String sketch;

        /** Goes on from an earlier run. */
        void goOn(long count, String stored) {
            base = count;
            bits = stored == null ? null : BitSet.valueOf(Base64.getDecoder().decode(stored));
        }

        void add(String name) {
            bits = bits == null ? new BitSet(1 << 16) : bits;
            int h = name.hashCode() * 0x9E3779B9;
            if (!bits.get(h >>> 16)) {
                bits.set(h >>> 16);
                sketch = null;
            }
        }

        String sketch() {
            if (sketch == null && bits != null) {
                sketch = Base64.getEncoder().encodeToString(bits.toByteArray());
            }
            return sketch;
        }

        long count() {
            return bits == null ? base : Math.max(base, bits.cardinality());
        }
    }

    private static void note(TreeSet<String> set, String value, IncidentLimits limits) {
        if (value != null && set.size() < limits.names()) {
            set.add(value);
        }
    }

    /** A login of one of its users or clients that worked. */
    void success() {
        successes++;
        changed = true;
    }

    /**
     * Its logins work again.
     *
     * @param change what happened to a service in between; null if nothing did
     */
    void end(Attempt works, Change change) {
        state = "ended";
        ended = "works again since " + Moments.text(works.origin().micros(), works.origin().offset())
            + (works.login() == null ? "" : " (" + works.login() + (works.mechanism() == null ? "" : ", " + works.mechanism()) + ")")
            + (change == null ? "" : ", after " + change.text(works.origin().offset(), works.origin().micros()));
        changed = true;
    }

    /** The relay took mail again. */
    void end(Origin delivered, String queue) {
        state = "ended";
        ended = "works again since " + Moments.text(delivered.micros(), delivered.offset()) + (queue == null ? "" : " (message " + queue + " delivered)");
        changed = true;
    }

    boolean mechanism(String name) {
        return name != null && mechanisms.contains(name);
    }

    boolean service(String tag) {
        return services.contains(tag);
    }

    boolean anyMechanism() {
        return !mechanisms.isEmpty();
    }

    Incident snapshot(Titles titles, Advice advice) {
        return new Incident(id, state, severity, diagnosis.cause(), diagnosis.certainty(),
            titles.of(this, diagnosis), first, last, attempts, failures, successes, new TreeMap<>(users), users.size() + moreUsers.count(),
            new TreeMap<>(clients), clients.size() + moreClients.count(), List.copyOf(realms), List.copyOf(mechanisms),
            List.copyOf(services), List.copyOf(hosts), advice.evidence(this, evidence), diagnosis.candidates(),
            advice.check(this, diagnosis), advice.remedy(this, diagnosis), sample,
            scope.kind() + " " + scope.key(), kind, ended, List.copyOf(related), moreUsers.sketch(), moreClients.sketch());
    }

    long distinctUsers() {
        return users.size() + moreUsers.count();
    }

    long distinctClients() {
        return clients.size() + moreClients.count();
    }

    ZoneOffset zone() {
        return zone;
    }
}
