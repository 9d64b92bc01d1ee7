package saslscope.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
import saslscope.attempt.LogClock;
import saslscope.bounded.BoundedMap;
import saslscope.diagnosis.Cause;
import saslscope.diagnosis.Causes;
import saslscope.diagnosis.Diagnosis;
import saslscope.diagnosis.Past;
import saslscope.event.AuthEvent;

/** Gathers attempts into incidents, recognises patterns over them, and notices when they end. */
public final class Incidents {
    /** Attempts whose incident is remembered, so that a better diagnosis finds it. */
    private static final int RECENT = 5_000;
    /** Hosts whose strangers are watched: a host's name is only a word in the log. */
    private static final int HOSTS = 1_000;
    /** Failures between two looks at how much memory the incidents take. */
    private static final int WEIGHED_EVERY = 1_000;

    private final Causes causes;
    private final IncidentLimits limits;
    private final Titles titles;
    private final Advice advice = new Advice();
    private final Recovery recovery;
    private final Consumer<Incident> out;
    private final OpenIncidents open;
    private final Map<String, Strangers> strangers = BoundedMap.byAge(HOSTS);
    private final Map<String, String> recent = BoundedMap.byAge(RECENT);
    private final LogClock clock = new LogClock();
    private int sinceWeighed;
    private long aged = Long.MIN_VALUE / 2;

    /**
     * @param changes what happened to services, to tell after what a fault went away
     * @param out     takes each new incident at once, and changed ones at {@link #flush}
     */
    public Incidents(Causes causes, IncidentLimits limits, Changes changes, Consumer<Incident> out) {
        this.causes = causes;
        this.limits = limits;
        this.open = new OpenIncidents(limits.names());
        this.titles = new Titles(causes);
        this.recovery = new Recovery(causes, limits, changes);
        this.out = out;
    }

    /**
     * Goes on with incidents that were open when the last run ended.
     *
     * @param stored those without news for longest first
     */
    public void restore(Collection<Incident> stored) {
        for (Incident i : stored) {
            Tracked t = new Tracked(i, scopeOf(i));
            open.add(t);
            if (t.scope.kind() != Scope.Kind.LOGIN) {
                recovery.watch(t);
            }
        }
        // Who is in several of them is found in the one that began first; a client in the last one, see remember.
        stored.stream().sorted(Comparator.comparing(Incident::firstSeen)).forEach(i -> open.bind(open.get(i.id()), i));
    }

    /**
     * Takes an attempt that an earlier run has added: it counts no more, but those to come are held against it. To be called after
     * {@link #restore}, oldest first.
     *
     * @param past what is known of its user and client
     */
    public void remember(DiagnosedAttempt d, Past past) {
        Attempt a = d.attempt();
        Tracked t = open.get(d.incidentId());
        if (t != null) {
            open.touch(t);
        }
        if (d.diagnosis() == null || d.incidentId() == null) {
            return;
        }
        if (t != null) {
            t.within(a.origin().micros());
            t.beats(past);
            open.bind(t, a);
        }
        if (Scope.of(a, d.diagnosis(), causes).kind() != Scope.Kind.LOGIN) {
            return;
        }
        boolean recognised = t != null && (t.scope.kind() != Scope.Kind.LOGIN || t.kind.attack() && pattern(t, past) != null);
        if (!recognised && strange(a, past)) {
            tooManyStrangers(a, d.incidentId());
        }
    }

    private static Scope scopeOf(Incident i) {
        String[] parts = i.scope().split(" ", 2);
        return new Scope(Scope.Kind.valueOf(parts[0]), parts.length > 1 ? parts[1] : "");
    }

    /**
     * Takes an attempt; returns it with its incident, if it failed or is one of an intruder.
     *
     * @param past what was known of its user and client
     */
    public DiagnosedAttempt add(Attempt a, Diagnosis d, Past past) {
        if (clock.came(a.origin().micros(), a.origin().host())) {
            // Nothing was heard later than now: else nothing would become quiet, or end, until then.
            open.all().forEach(t -> t.setBack(clock.now()));
            aged = clock.now();
        }
        age();
        if (a.ending() == Ending.ACCEPTED) {
            return new DiagnosedAttempt(a, null, success(a, past));
        }
        Scope scope = Scope.of(a, d, causes);
        Tracked t = open.find(a, scope, past);
        if (t == null && scope.kind() == Scope.Kind.LOGIN && (sprayed(a, past) || open.logins() >= limits.logins())) {
            scope = new Scope(Scope.Kind.CROWD, a.origin().host());
            t = open.find(a, scope, past);
        }
        if (t != null && scope.kind() == Scope.Kind.RELAY) {
            recovery.relay(t);
        }
        boolean fresh = t == null;
        if (fresh) {
            t = begin("i" + a.id(), scope, kind(scope, a));
        }
        t.add(a, d, limits);
        touch(t);
        if (++sinceWeighed >= WEIGHED_EVERY) {
            fit();
        }
        boolean recognised = scope.kind() == Scope.Kind.LOGIN && recognise(t, past);
        t.severity = t.kind.severity(causes.get(d.cause()).map(Cause::kind).orElse("").equals("outage"));
        open.bind(t, a);
        recent.put(a.id(), t.id);
        if (fresh) {
            tell(t);
        }
        if (scope.kind() == Scope.Kind.LOGIN && !recognised && strange(a, past) && tooManyStrangers(a, t.id) && past.hostWorks()) {
            spray(a, d);
        }
        return new DiagnosedAttempt(a, d, t.id);
    }

    /** One of its attempts was diagnosed again; returns it with its incident, which is null if that is long over. */
    public DiagnosedAttempt revise(Attempt a, Diagnosis d) {
        Tracked t = open.get(recent.get(a.id()));
        Scope scope = Scope.of(a, d, causes);
        if (t != null && t.kind == Kind.USER && t.ended == null && scope.kind() == Scope.Kind.HOST) {
            t = blameHost(t, a, d, scope);
        } else if (t != null) {
            t.revise(a, d);
        }
        return new DiagnosedAttempt(a, d, recent.get(a.id()));
    }

    /** What looked like the trouble of a user turns out to be a fault of the host. */
    private Tracked blameHost(Tracked t, Attempt a, Diagnosis d, Scope scope) {
        Tracked fault = open.of(scope);
        if (fault == null && t.failures == 1) {
            open.rescope(t, scope);
            t.kind = kind(scope, a);
            recovery.watch(t);
            t.revise(a, d);
            t.severity = t.kind.severity(causes.get(d.cause()).map(Cause::kind).orElse("").equals("outage"));
            return t;
        }
        boolean fresh = fault == null;
        if (fresh) {
            fault = begin("h" + a.id(), scope, kind(scope, a));
        }
        if (t.failures == 1) {
            open.remove(t);
            fault.takeIn(t, limits);
            fault.revise(a, d);
            close(t);
        } else {
            t.leave(a);
            fault.add(a, d, limits);
            touch(fault);
        }
        fault.severity = fault.kind.severity(causes.get(d.cause()).map(Cause::kind).orElse("").equals("outage"));
        open.bind(fault, a);
        recent.put(a.id(), fault.id);
        if (fresh) {
            tell(fault);
        }
        return fault;
    }

    /**
     * A relay took a message.
     *
     * @return whether it had trouble, so that this is news
     */
    public boolean delivered(AuthEvent.RelayDelivered e) {
        return recovery.delivered(e);
    }

    /** Hands out every incident that changed since the last call. */
    public void flush() {
        recovery.relays();
        for (Tracked t : open.all()) {
            if (t.changed) {
                tell(t);
            }
        }
    }

    private void tell(Tracked t) {
        t.changed = false;
        out.accept(t.snapshot(titles, advice));
    }

    private Tracked begin(String id, Scope scope, Kind kind) {
        Tracked t = new Tracked(id, scope, kind);
        open.add(t);
        if (open.size() > limits.incidents()) {
            closeEldest();
        }
        recovery.watch(t);
        return t;
    }

    /** Closes the eldest ones until the others fit into what they may take; the one that changed last stays. */
    private void fit() {
        sinceWeighed = 0;
        long bytes = 0;
        for (Tracked t : open.all()) {
            bytes += t.bytes();
        }
        while (bytes > limits.bytes() && open.size() > 1) {
            bytes -= open.eldest().bytes();
            closeEldest();
        }
    }

    private void closeEldest() {
        Tracked eldest = open.eldest();
        open.remove(eldest);
        close(eldest);
    }

    private static Kind kind(Scope scope, Attempt a) {
        return switch (scope.kind()) {
            case HOST -> a.ending() == Ending.SETUP ? Kind.SET_UP : Kind.FAULT;
            case LOGIN -> Kind.USER;
            case CROWD -> Kind.CROWD;
            case CLIENT -> Kind.CLIENT;
            case RELAY -> Kind.RELAY;
            case COMPROMISE -> Kind.COMPROMISE;
            case DENIED -> Kind.DENIED;
        };
    }

    /** Whether an incident of a user or a client has become a pattern. */
    private boolean recognise(Tracked t, Past past) {
        Kind shown = t.kind.attack() ? null : pattern(t, past);
        t.kind = shown == null ? t.kind : shown;
        t.beats(past);
        return t.kind.attack();
    }

    /** What its last attempt shows it to be; null if that is nothing new. */
    private Kind pattern(Tracked t, Past past) {
        boolean oneClient = t.clients.size() == 1;
        boolean oneUser = t.users.size() == 1;
        if (oneUser && past.userKnown() && past.even() >= limits.steady() && (past.pairKnown() || past.names() <= 1)) {
            return Kind.STALE;
        }
        if (oneClient && past.names() >= limits.guessNames() && 2 * past.namesWorked() < past.names()
            || oneClient && oneUser && !past.pairKnown() && t.hourly >= limits.guessTries() && past.even() < limits.steady()) {
            return Kind.BRUTE_FORCE;
        }
        return oneUser && !past.pairKnown() && past.clients() - past.clientsWorked() >= limits.sprayClients() ? Kind.SPRAY : null;
    }

    private boolean tooManyStrangers(Attempt a, String incident) {
        return strangers.computeIfAbsent(a.origin().host(), h -> new Strangers(limits.sprayNames()))
            .add(OpenIncidents.client(a), OpenIncidents.user(a), incident, a.origin().micros());
    }

    private static boolean strange(Attempt a, Past past) {
        return a.login() != null && a.client() != null && !past.clientKnown() && !past.pairKnown();
    }

    /** Whether that host is being sprayed, and the attempt looks like part of it. */
    private boolean sprayed(Attempt a, Past past) {
        Tracked t = open.of(new Scope(Scope.Kind.CROWD, a.origin().host()));
        return t != null && t.kind == Kind.SPRAY && strange(a, past);
    }

    /** Many strange clients and names: one incident takes them in, with those that came before it was clear. */
    private void spray(Attempt a, Diagnosis d) {
        Scope scope = new Scope(Scope.Kind.CROWD, a.origin().host());
        Tracked t = open.of(scope);
        if (t != null && t.kind == Kind.SPRAY) {
            return;
        }
        List<Tracked> parts = new ArrayList<>();
        for (String id : strangers.get(a.origin().host()).incidents()) {
            Tracked part = open.get(id);
            if (part != null && part.scope.kind() == Scope.Kind.LOGIN && part.kind == Kind.USER && part.successes == 0) {
                parts.add(part);
            }
        }
        if (parts.isEmpty()) {
            return;
        }
        if (t == null) {
            t = begin("s" + parts.getFirst().id.substring(1), scope, Kind.SPRAY);
        }
        t.kind = Kind.SPRAY;
        for (Tracked part : parts) {
            open.remove(part);
            t.takeIn(part, limits);
        }
        t.become(parts.getLast());
        touch(t);
        t.severity = t.kind.severity(false);
        open.bind(t);
        tell(t);
        parts.forEach(this::close);
    }

    /** Returns the incident it belongs to if it is the login of an intruder. */
    private String success(Attempt a, Past past) {
        Tracked intruder = intruder(a, past);
        if (intruder != null) {
            return intruder.id;
        }
        recovery.success(a);
        Tracked t = a.login() == null ? null : open.ofUser(a);
        if (t == null) {
            t = open.ofClient(a);
        }
        if (t != null) {
            t.success();
            recovery.user(t, a);
        }
        return null;
    }

    private Tracked intruder(Attempt a, Past past) {
        if (a.client() == null || a.client().address() == null) {
            return null;
        }
        Scope scope = new Scope(Scope.Kind.COMPROMISE, OpenIncidents.client(a));
        Tracked t = open.of(scope);
        if (t == null && !past.clientKnown() && !past.pairKnown()) {
            Tracked guessing = guessing(a);
            if (guessing != null) {
                guessing.success();
                t = begin("i" + a.id(), scope, Kind.COMPROMISE);
                t.severity = t.kind.severity(false);
                t.intrusion(a, guessing, limits);
                touch(t);
                open.bind(t);
                tell(t);
                return t;
            }
        }
        if (t != null) {
            t.intrusion(a, null, limits);
            touch(t);
        }
        return t;
    }

    /** The guessing that this client took part in; null if it did not. */
    private Tracked guessing(Attempt a) {
        for (Tracked t : new Tracked[] {open.ofClient(a), open.ofUser(a), open.of(new Scope(Scope.Kind.CROWD, a.origin().host()))}) {
            if (t != null && t.kind.attack() && t.clients.containsKey(a.client().address())) {
                return t;
            }
        }
        return null;
    }

    private void touch(Tracked t) {
        t.heard = clock.now();
        open.touch(t);
    }

    private void age() {
        long now = clock.now();
        if (now - aged < 60_000_000L) {
            return;
        }
        aged = now;
        for (Iterator<Tracked> i = open.all().iterator(); i.hasNext();) {
            Tracked t = i.next();
            long idle = now - t.heard;
            if (idle < limits.quietMicros()) {
                break;
            }
            if (idle >= limits.closeMicros()) {
                i.remove();
                close(t);
            } else if (t.state.equals("open")) {
                t.state = "quiet";
                t.changed = true;
            }
        }
    }

    private void close(Tracked t) {
        t.state = "closed";
        recovery.forget(t);
        open.unbind(t);
        tell(t);
    }
}
