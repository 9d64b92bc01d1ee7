package saslscope.incident;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import saslscope.attempt.Attempt;
import saslscope.diagnosis.Past;

/** The incidents that are not closed, and how an attempt finds its own. */
final class OpenIncidents {
    private static final int LONGEST = 128;

    /** Clients and users by which one incident is found, at most. */
    private final int names;
    /** By id, least recently changed first. */
    private final LinkedHashMap<String, Tracked> open = new LinkedHashMap<>(64);
    private final Map<Scope, String> byScope = new HashMap<>();
    private final Map<String, String> byClient = new HashMap<>();
    private final Map<String, String> byUser = new HashMap<>();
    private int logins;

    OpenIncidents(int names) {
        this.names = names;
    }

    /** How many of them are about logins of a user or a client. */
    int logins() {
        return logins;
    }

    int size() {
        return open.size();
    }

    /** All, least recently changed first; may be removed from. */
    Collection<Tracked> all() {
        return open.values();
    }

    Tracked eldest() {
        return open.values().iterator().next();
    }

    /** The incident of that id; null if there is none, or if it is closed. */
    Tracked get(String id) {
        return id == null ? null : open.get(id);
    }

    Tracked of(Scope scope) {
        return get(byScope.get(scope));
    }

    /** The incident that the attempt's client takes part in. */
    Tracked ofClient(Attempt a) {
        return get(byClient.get(client(a)));
    }

    /** The incident that the attempt's login takes part in. */
    Tracked ofUser(Attempt a) {
        return get(byUser.get(user(a)));
    }

    /** The incident that a failed attempt belongs to; null if a new one begins. */
    Tracked find(Attempt a, Scope scope, Past past) {
        if (scope.kind() != Scope.Kind.LOGIN) {
            return of(scope);
        }
        // Whoever logs in from there otherwise does not belong to a guesser, nor one user of an office to another.
        Tracked t = ofClient(a);
        if (t != null && (t.kind.attack() ? !past.pairKnown()
            : a.login() == null || t.users.isEmpty() || t.users.containsKey(a.login()) || !past.clientKnown() && !past.userKnown())) {
            return t;
        }
        // A user who fails from several clients is one incident, unless the name was only one guess among many.
        Tracked byName = ofUser(a);
        return byName != null && byName.users.size() == 1 && !(byName.kind.attack() && past.pairKnown()) ? byName : null;
    }

    void add(Tracked t) {
        logins += t.scope.kind() == Scope.Kind.LOGIN ? 1 : 0;
        open.put(t.id, t);
    }

    /** It has changed last of all. */
    void touch(Tracked t) {
        open.putLast(t.id, t);
    }

    /** Takes it off the list; by its names it is found until {@link #unbind}. */
    void remove(Tracked t) {
        open.remove(t.id);
    }

    /** Lets further attempts of that kind find it. */
    void bind(Tracked t, Attempt a) {
        if (t.scope.kind() != Scope.Kind.LOGIN) {
            bind(t);
            return;
        }
        String client = client(a);
        String user = user(a);
        if (t.clientKeys.size() < names && byClient.put(client, t.id) == null) {
            t.clientKeys.add(client);
        }
        if (t.userKeys.size() < names && byUser.putIfAbsent(user, t.id) == null) {
            t.userKeys.add(user);
        }
    }

    /** The same for an incident that is found by its scope. */
    void bind(Tracked t) {
        byScope.put(t.scope, t.id);
    }

    /** The same for one that an earlier run stored. */
    void bind(Tracked t, Incident stored) {
        if (t.scope.kind() != Scope.Kind.LOGIN) {
            bind(t);
            return;
        }
        String host = stored.hosts().isEmpty() ? "" : stored.hosts().getFirst();
        stored.users().keySet().forEach(u -> t.userKeys.add(host + "|" + shortened(u)));
        stored.clients().keySet().forEach(c -> t.clientKeys.add(host + "|" + c));
        t.userKeys.forEach(k -> byUser.putIfAbsent(k, t.id));
        t.clientKeys.forEach(k -> byClient.put(k, t.id));
    }

    void unbind(Tracked t) {
        byScope.remove(t.scope, t.id);
        if (t.scope.kind() == Scope.Kind.LOGIN) {
            logins--;
            t.clientKeys.forEach(k -> byClient.remove(k, t.id));
            t.userKeys.forEach(k -> byUser.remove(k, t.id));
        }
    }

    /** What looked like the trouble of a user or client is found by another scope from now on. */
    void rescope(Tracked t, Scope scope) {
        unbind(t);
        t.scope = scope;
        bind(t);
    }

    static String client(Attempt a) {
        return a.origin().host() + "|" + (a.client() == null ? "" : a.client().address());
    }

    static String user(Attempt a) {
        // Without a name there is nothing that binds different clients.
        return a.origin().host() + "|" + (a.login() == null ? "\0" + client(a) : shortened(a.login()));
    }

    /** Keys are kept for long: of a name that no account has there is enough to tell it apart. */
    private static String shortened(String login) {
        return login.length() <= LONGEST ? login : login.substring(0, LONGEST) + "\0" + login.hashCode();
    }
}
