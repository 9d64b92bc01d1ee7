package saslscope.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
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

    private final Causes causes;
    private final IncidentLimits limits;
    private final Titles titles;
    private final Advice advice = new Advice();
    private final Recovery recovery;
    private final Consumer<Incident> out;
    /** Least recently changed first. */
    private final LinkedHashMap<String, Tracked> open = new LinkedHashMap<>(64);
    private final Map<Scope, String> byScope = new HashMap<>();
    private final Map<String, String> byClient = new HashMap<>();
    private final Map<String, String> byUser = new HashMap<>();
    private final Map<String, Strangers> strangers = bounded(HOSTS);
    private final Map<String, String> recent = bounded(RECENT);
    private long now = Long.MIN_VALUE;
    private long aged = Long.MIN_VALUE / 2;
    private int logins;

    /**
     * @param changes what happened to services, to tell after what a fault went away
     * @param out     takes each new incident at once, and changed ones at {@link #flush}
     */
    public Incidents(Causes causes, IncidentLimits limits, Changes changes, Consumer<Incident> out) {
        this.causes = causes;
        this.limits = limits;
        this.titles = new Titles(causes);
        this.recovery = new Recovery(causes, limits, changes);
        this.out = out;
    }

    /** Goes on with incidents that were open when the last run ended. */
    public void restore(Collection<Incident> stored) {
        for (Incident i : stored) {
            Scope scope = scopeOf(i);
            Tracked t = new Tracked(i, scope);
            open.put(t.id, t);
            if (scope.kind() == Scope.Kind.LOGIN) {
                logins++;
                String host = i.hosts().isEmpty() ? "" : i.hosts().getFirst();
                i.users().keySet().forEach(u -> t.userKeys.add(host + "|" + u));
                i.clients().keySet().forEach(c -> t.clientKeys.add(host + "|" + c));
                t.userKeys.forEach(k -> byUser.put(k, t.id));
                t.clientKeys.forEach(k -> byClient.put(k, t.id));
            } else {
                byScope.put(scope, t.id);
                recovery.watch(t);
            }
        }
    }

    /** A table that forgets what was put into it first. */
    private static <V> Map<String, V> bounded(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
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
        now = Math.max(now, a.origin().micros());
        age();
        if (a.ending() == Ending.ACCEPTED) {
            return new DiagnosedAttempt(a, null, success(a, past));
        }
        Scope scope = Scope.of(a, d, causes);
        Tracked t = find(a, scope, past);
        if (t == null && scope.kind() == Scope.Kind.LOGIN && (sprayed(a, past) || logins >= limits.logins())) {
            scope = new Scope(Scope.Kind.CROWD, a.origin().host());
            t = find(a, scope, past);
        }
        if (t != null && scope.kind() == Scope.Kind.RELAY) {
            recovery.relay(t);
        }
        boolean fresh = t == null;
        if (fresh) {
            t = begin("i" + a.id(), scope, kind(scope, a));
        }
        t.add(a, d, limits);
        open.putLast(t.id, t);
        boolean recognised = scope.kind() == Scope.Kind.LOGIN && recognise(t, a, past);
        t.severity = t.kind.severity(causes.get(d.cause()).map(Cause::kind).orElse("").equals("outage"));
        bind(t, a);
        recent.put(a.id(), t.id);
        if (fresh) {
            tell(t);
        }
        if (scope.kind() == Scope.Kind.LOGIN && !recognised && strange(a, past)
            && strangers.computeIfAbsent(a.origin().host(), h -> new Strangers(limits.sprayNames()))
                .add(client(a), user(a), t.id, a.origin().micros()) && past.hostWorks()) {
            spray(a, d);
        }
        return new DiagnosedAttempt(a, d, t.id);
    }

    /** One of its attempts was diagnosed again; returns it with its incident, which is null if that is long over. */
    public DiagnosedAttempt revise(Attempt a, Diagnosis d) {
        Tracked t = tracked(recent.get(a.id()));
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
        Tracked fault = tracked(byScope.get(scope));
        if (fault == null && t.failures == 1) {
            unbind(t);
            t.scope = scope;
            t.kind = kind(scope, a);
            byScope.put(scope, t.id);
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
            open.remove(t.id);
            fault.takeIn(t, limits);
            fault.revise(a, d);
            close(t);
        } else {
            t.leave(a);
            fault.add(a, d, limits);
        }
        fault.severity = fault.kind.severity(causes.get(d.cause()).map(Cause::kind).orElse("").equals("outage"));
        bind(fault, a);
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
        for (Tracked t : open.values()) {
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
        logins += scope.kind() == Scope.Kind.LOGIN ? 1 : 0;
        Tracked t = new Tracked(id, scope, kind);
        open.put(t.id, t);
        if (open.size() > limits.incidents()) {
            Iterator<Tracked> i = open.values().iterator();
            Tracked eldest = i.next();
            i.remove();
            close(eldest);
        }
        recovery.watch(t);
        return t;
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

    private Tracked find(Attempt a, Scope scope, Past past) {
        if (scope.kind() != Scope.Kind.LOGIN) {
            return tracked(byScope.get(scope));
        }
        // Whoever logs in from there otherwise does not belong to a guesser, nor one user of an office to another.
        Tracked t = tracked(byClient.get(client(a)));
        if (t != null && (t.kind.attack() ? !past.pairKnown()
            : a.login() == null || t.users.isEmpty() || t.users.containsKey(a.login()) || !past.clientKnown() && !past.userKnown())) {
            return t;
        }
        // A user who fails from several clients is one incident, unless the name was only one guess among many.
        Tracked byName = tracked(byUser.get(user(a)));
        return byName != null && byName.users.size() == 1 && !(byName.kind.attack() && past.pairKnown()) ? byName : null;
    }

    private Tracked tracked(String id) {
        return id == null ? null : open.get(id);
    }

    private void bind(Tracked t, Attempt a) {
        if (t.scope.kind() != Scope.Kind.LOGIN) {
            byScope.put(t.scope, t.id);
        } else {
            String client = client(a);
            String user = user(a);
            if (t.clientKeys.size() < limits.names() && byClient.put(client, t.id) == null) {
                t.clientKeys.add(client);
            }
            if (t.userKeys.size() < limits.names() && byUser.putIfAbsent(user, t.id) == null) {
                t.userKeys.add(user);
            }
        }
    }

    private static String client(Attempt a) {
        return a.origin().host() + "|" + (a.client() == null ? "" : a.client().address());
    }

    private static String user(Attempt a) {
        // Without a name there is nothing that binds different clients.
        return a.origin().host() + "|" + (a.login() == null ? "\0" + client(a) : a.login());
    }

    /** Whether an incident of a user or a client has become a pattern. */
    private boolean recognise(Tracked t, Attempt a, Past past) {
        if (t.kind == Kind.STALE) {
            t.interval = past.even() > 0 ? past.interval() : t.interval;
        }
        if (t.kind.attack()) {
            return true;
        }
        boolean oneClient = t.clients.size() == 1;
        boolean oneUser = t.users.size() == 1;
        if (oneUser && past.userKnown() && past.even() >= limits.steady() && (past.pairKnown() || past.names() <= 1)) {
            t.kind = Kind.STALE;
            t.interval = past.interval();
        } else if (oneClient && past.names() >= limits.guessNames() && 2 * past.namesWorked() < past.names()
            || oneClient && oneUser && !past.pairKnown() && t.hourly >= limits.guessTries() && past.even() < limits.steady()) {
            t.kind = Kind.BRUTE_FORCE;
        } else if (oneUser && !past.pairKnown() && past.clients() - past.clientsWorked() >= limits.sprayClients()) {
            t.kind = Kind.SPRAY;
        }
        return t.kind.attack();
    }

    private static boolean strange(Attempt a, Past past) {
        return a.login() != null && a.client() != null && !past.clientKnown() && !past.pairKnown();
    }

    /** Whether that host is being sprayed, and the attempt looks like part of it. */
    private boolean sprayed(Attempt a, Past past) {
        Tracked t = tracked(byScope.get(new Scope(Scope.Kind.CROWD, a.origin().host())));
        return t != null && t.kind == Kind.SPRAY && strange(a, past);
    }

    /** Many strange clients and names: one incident takes them in, with those that came before it was clear. */
    private void spray(Attempt a, Diagnosis d) {
        Scope scope = new Scope(Scope.Kind.CROWD, a.origin().host());
        Tracked t = tracked(byScope.get(scope));
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
            open.remove(part.id);
            t.takeIn(part, limits);
        }
        t.become(parts.getLast());
        t.severity = t.kind.severity(false);
        byScope.put(scope, t.id);
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
        Tracked t = a.login() == null ? null : tracked(byUser.get(user(a)));
        if (t == null) {
            t = tracked(byClient.get(client(a)));
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
        Scope scope = new Scope(Scope.Kind.COMPROMISE, client(a));
        Tracked t = tracked(byScope.get(scope));
        if (t == null && !past.clientKnown() && !past.pairKnown()) {
            Tracked guessing = guessing(a);
            if (guessing != null) {
                guessing.success();
                t = begin("i" + a.id(), scope, Kind.COMPROMISE);
                t.severity = t.kind.severity(false);
                t.intrusion(a, guessing, limits);
                byScope.put(scope, t.id);
                tell(t);
                return t;
            }
        }
        if (t != null) {
            t.intrusion(a, null, limits);
            open.putLast(t.id, t);
        }
        return t;
    }

    /** The guessing that this client took part in; null if it did not. */
    private Tracked guessing(Attempt a) {
        for (String id : new String[] {byClient.get(client(a)), byUser.get(user(a)), byScope.get(new Scope(Scope.Kind.CROWD, a.origin().host()))}) {
            Tracked t = tracked(id);
            if (t != null && t.kind.attack() && t.clients.containsKey(a.client().address())) {
                return t;
            }
        }
        return null;
    }

    private void age() {
        if (now - aged < 60_000_000L) {
            return;
        }
        aged = now;
        for (Iterator<Tracked> i = open.values().iterator(); i.hasNext();) {
            Tracked t = i.next();
            long idle = now - t.lastMicros;
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
        byScope.remove(t.scope, t.id);
        recovery.forget(t);
        unbind(t);
        tell(t);
    }

    private void unbind(Tracked t) {
        if (t.scope.kind() == Scope.Kind.LOGIN) {
            logins--;
            t.clientKeys.forEach(k -> byClient.remove(k, t.id));
            t.userKeys.forEach(k -> byUser.remove(k, t.id));
        }
    }
}
