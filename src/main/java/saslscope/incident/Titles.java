package saslscope.incident;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import saslscope.diagnosis.Cause;
import saslscope.diagnosis.Causes;
import saslscope.diagnosis.Certainty;
import saslscope.diagnosis.Diagnosis;
import saslscope.diagnosis.Moments;

/** One line for people: what, who, from where. */
final class Titles {
    private final Causes causes;

    Titles(Causes causes) {
        this.causes = causes;
    }

    String of(Tracked t, Diagnosis d) {
        String what = causes.get(d.cause()).map(Cause::title).orElse("No known cause");
        boolean open = d.certainty() == Certainty.AMBIGUOUS && d.candidates().size() > 1;
        return switch (t.kind) {
            case SET_UP, FAULT -> open ? "Logins fail on " + host(t) + ": one of " + d.candidates().size() + " faults of the server" : what;
            case RELAY -> what + server(t);
            case DENIED -> what;
            case CROWD -> "Many users fail from many clients on " + host(t);
            case CLIENT -> what + ": " + one(t.clients, "clients");
            case USER -> who(t) + (open ? " cannot log in: one of " + d.candidates().size() + " causes" : ": " + lower(what));
            case STALE -> "A device keeps an old password: " + one(t.users, "users") + " from " + mostly(t.clients)
                + ", every " + Moments.span(t.interval);
            case BRUTE_FORCE -> t.users.size() == 1
                ? "Guessing: " + t.failures + " tries at " + t.users.firstKey() + " from " + one(t.clients, "clients")
                : "Guessing: " + t.distinctUsers() + " names tried from " + one(t.clients, "clients");
            case SPRAY -> t.scope.kind() == Scope.Kind.CROWD
                ? "Guessing: " + t.distinctUsers() + " names tried from " + t.distinctClients() + " clients on " + host(t)
                : "Guessing: " + one(t.users, "names") + " tried from " + t.distinctClients() + " clients";
            case COMPROMISE -> "Possibly broken into: " + one(t.users, "users") + " logged in from " + one(t.clients, "clients")
                + " after " + t.failures + " failures there";
        };
    }

    private static String who(Tracked t) {
        if (t.users.isEmpty()) {
            return "A login from " + one(t.clients, "clients");
        }
        if (t.users.size() > 1 && t.clients.size() == 1) {
            return t.users.size() + " names from " + t.clients.firstKey();
        }
        return one(t.users, "users");
    }

    private static String one(SortedMap<String, Long> names, String many) {
        return names.isEmpty() ? "unknown client" : names.size() == 1 ? names.firstKey() : names.size() + " " + many;
    }

    /** The one with most failures, and how many others there are. */
    static String mostly(SortedMap<String, Long> names) {
        String most = names.isEmpty() ? "unknown client" : Collections.max(names.entrySet(), Map.Entry.comparingByValue()).getKey();
        return names.size() < 2 ? most : most + " and " + Moments.times(names.size() - 1, "other");
    }

    private static String host(Tracked t) {
        int bar = t.scope.key().indexOf('|');
        return bar < 0 ? t.scope.key() : t.scope.key().substring(0, bar);
    }

    private static String server(Tracked t) {
        String name = t.scope.key().substring(t.scope.key().lastIndexOf('|') + 1);
        return name.isEmpty() || name.equals("null") ? "" : ": " + name;
    }

    /** Titles begin with a capital; names such as "AUTH" or "SASL" keep theirs. */
    private static String lower(String title) {
        return title.length() > 1 && Character.isLowerCase(title.charAt(1))
            ? Character.toLowerCase(title.charAt(0)) + title.substring(1) : title;
    }
}
