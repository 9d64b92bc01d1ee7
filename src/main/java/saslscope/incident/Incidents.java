package saslscope.incident;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
import saslscope.diagnosis.Cause;
import saslscope.diagnosis.Causes;
import saslscope.diagnosis.Diagnosis;

/** Gathers attempts into incidents. */
public final class Incidents {
    private final Causes causes;
    private final IncidentLimits limits;
    private final Titles titles;
    private final Consumer<Incident> out;
    /** Least recently changed first. */
    private final LinkedHashMap<String, Tracked> open = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Scope, String> byScope = new HashMap<>();
    private final Map<String, String> byClient = new HashMap<>();
    private final Map<String, String> byUser = new HashMap<>();
    private long now = Long.MIN_VALUE;
    private long aged = Long.MIN_VALUE / 2;
    private int logins;

    /** @param out takes each new incident at once, and changed ones at {@link #flush} */
    public Incidents(Causes causes, IncidentLimits limits, Consumer<Incident> out) {
        this.causes = causes;
        this.limits = limits;
        this.titles = new Titles(causes, limits);
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
            }
        }
    }

    private Scope scopeOf(Incident i) {
        String[] parts = i.scope().split(" ", 2);
        return new Scope(Scope.Kind.valueOf(parts[0]), parts.length > 1 ? parts[1] : "");
    }

    /** Takes an attempt; returns it with its incident, if it failed. */
    public DiagnosedAttempt add(Attempt a, Diagnosis d) {
        now = Math.max(now, a.origin().micros());
        age();
        if (a.ending() == Ending.ACCEPTED) {
            success(a);
            return new DiagnosedAttempt(a, null, null);
        }
        Scope scope = Scope.of(a, d, causes);
        Tracked t = find(a, scope);
        if (t == null && scope.kind() == Scope.Kind.LOGIN && logins >= limits.logins()) {
            scope = new Scope(Scope.Kind.CROWD, a.origin().host());
            t = find(a, scope);
        }
        boolean fresh = t == null;
        if (fresh) {
            logins += scope.kind() == Scope.Kind.LOGIN ? 1 : 0;
            t = new Tracked("i" + a.id(), scope);
            open.put(t.id, t);
            bound();
        }
        t.add(a, d, limits);
        t.severity = severity(t, a, d);
        bind(t, a);
        if (fresh) {
            t.changed = false;
            out.accept(t.snapshot(titles));
        }
        return new DiagnosedAttempt(a, d, t.id);
    }

    /** Hands out every incident that changed since the last call. */
    public void flush() {
        for (Tracked t : open.values()) {
            if (t.changed) {
                t.changed = false;
                out.accept(t.snapshot(titles));
            }
        }
    }

    private Tracked find(Attempt a, Scope scope) {
        if (scope.kind() != Scope.Kind.LOGIN) {
            return tracked(byScope.get(scope));
        }
        Tracked byAddress = tracked(byClient.get(client(a)));
        if (byAddress != null) {
            return byAddress;
        }
        // A user who fails from several clients is one incident, unless the name was only one guess among many.
        Tracked byName = tracked(byUser.get(user(a)));
        return byName != null && byName.users.size() == 1 ? byName : null;
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

    private void success(Attempt a) {
        Tracked t = a.login() == null ? null : tracked(byUser.get(user(a)));
        if (t == null) {
            t = tracked(byClient.get(client(a)));
        }
        if (t != null) {
            t.success(a);
        }
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

    private void bound() {
        if (open.size() > limits.incidents()) {
            Iterator<Tracked> i = open.values().iterator();
            Tracked t = i.next();
            i.remove();
            close(t);
        }
    }

    private void close(Tracked t) {
        t.state = "closed";
        t.changed = false;
        byScope.remove(t.scope, t.id);
        if (t.scope.kind() == Scope.Kind.LOGIN) {
            logins--;
            t.clientKeys.forEach(k -> byClient.remove(k, t.id));
            t.userKeys.forEach(k -> byUser.remove(k, t.id));
        }
        out.accept(t.snapshot(titles));
    }

    private Severity severity(Tracked t, Attempt a, Diagnosis d) {
        String kind = causes.get(d.cause()).map(Cause::kind).orElse("");
        return switch (t.scope.kind()) {
            case HOST -> kind.equals("outage") || a.ending() == Ending.SETUP ? Severity.CRITICAL : Severity.HIGH;
            case RELAY -> Severity.HIGH;
            case CROWD -> Severity.MEDIUM;
            case LOGIN -> t.guessing(limits) ? Severity.LOW : Severity.MEDIUM;
            case CLIENT, DENIED -> Severity.LOW;
        };
    }
}
