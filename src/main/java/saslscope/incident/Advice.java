package saslscope.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import saslscope.diagnosis.Diagnosis;
import saslscope.diagnosis.Moments;

/** What a pattern over attempts rests on, and what to do about it; of all other incidents the diagnosis says that. */
final class Advice {
    private static final String ATTACK =
        "Nothing is broken here. To slow it down: fail2ban with its filter postfix[mode=auth], or smtpd_client_auth_rate_limit = 10. "
        + "What keeps them out is that no account has a password that can be guessed.";

    List<String> evidence(Tracked t, List<String> diagnosed) {
        List<String> all = new ArrayList<>();
        String since = t.first == null ? "" : " since " + Moments.text(Tracked.micros(t.first), t.zone());
        switch (t.kind) {
            case BRUTE_FORCE -> all.add(name(t.clients, "clients") + " failed " + Moments.times(t.failures, "time") + " with "
                + Moments.times(t.distinctUsers(), "name") + since + worked(t));
            case SPRAY -> all.add(Moments.times(t.failures, "failure") + " with " + Moments.times(t.distinctUsers(), "name") + " from "
                + Moments.times(t.distinctClients(), "client") + since + ", none of which had ever logged in with that name" + worked(t));
            case STALE -> all.add(name(t.users, "users") + " failed " + Moments.times(t.failures, "time") + since + ", now every "
                + Moments.span(t.interval) + "; nobody types so evenly, and the same login worked before");
            case CROWD -> all.add(Moments.times(t.failures, "failure") + " with " + Moments.times(t.distinctUsers(), "name") + " from "
                + Moments.times(t.distinctClients(), "client") + since + ": everybody is locked out, or somebody guesses");
            case SET_UP, FAULT, COMPROMISE, RELAY, USER, CLIENT, DENIED -> { }
        }
        all.addAll(diagnosed);
        return List.copyOf(all);
    }

    private static String worked(Tracked t) {
        return t.successes == 0 ? "; no login worked" : "; " + Moments.times(t.successes, "login") + " worked";
    }

    private static String name(SortedMap<String, Long> names, String many) {
        return names.isEmpty() ? "an unknown client" : names.size() == 1 ? names.firstKey() : names.size() + " " + many;
    }

    String check(Tracked t, Diagnosis d) {
        return switch (t.kind) {
            case BRUTE_FORCE, SPRAY -> null;
            case COMPROMISE -> "Ask the user whether that login was theirs. `saslscope search incident:" + t.id
                + "` shows the logins; what they sent has the queue ids in those lines.";
            case STALE -> "Ask the user which device is at that address: " + Titles.mostly(t.clients) + ".";
            case SET_UP, FAULT, RELAY, USER, CROWD, CLIENT, DENIED -> d.check();
        };
    }

    String remedy(Tracked t, Diagnosis d) {
        return switch (t.kind) {
            case BRUTE_FORCE, SPRAY -> ATTACK;
            case COMPROMISE -> "If it was not: set a new password for the account now, hold what it queued (`postqueue -p`, `postsuper -h QUEUE_ID`), "
                + "and block the client.";
            case STALE -> "Enter the new password in that device, or remove the account there.";
            case SET_UP, FAULT, RELAY, USER, CROWD, CLIENT, DENIED -> d.remedy();
        };
    }
}
