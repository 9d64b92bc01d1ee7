package saslscope.incident;

import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
import saslscope.diagnosis.Cause;
import saslscope.diagnosis.Causes;
import saslscope.diagnosis.Diagnosis;

/**
 * What an incident is about.
 *
 * @param kind what binds its attempts together
 * @param key  attempts with the same kind and key belong together; empty where users and clients bind them (LOGIN)
 */
record Scope(Kind kind, String key) {
    enum Kind {
        /** A fault of the host itself: one incident for all it hits. */
        HOST,
        /** Logins of a user, or from a client. */
        LOGIN,
        /** Logins of many users from many clients, when there are too many to tell apart. */
        CROWD,
        /** What one client does wrong, or is kept from. */
        CLIENT,
        /** Our own logins at a relay. */
        RELAY,
        /** Logins of a client that had guessed. */
        COMPROMISE,
        /** Mail turned away for lack of a login: background. */
        DENIED
    }

    static Scope of(Attempt a, Diagnosis d, Causes causes) {
        String host = a.origin().host();
        String cause = d.cause() == null ? "unknown" : d.cause();
        if (a.outbound()) {
            return new Scope(Kind.RELAY, host + "|" + cause + "|" + (a.client() == null ? "" : a.client().name()));
        }
        if (a.ending() == Ending.RELAY_DENIED) {
            return new Scope(Kind.DENIED, host);
        }
        if (a.ending() == Ending.SETUP || causes.ownFault(d)) {
            return new Scope(Kind.HOST, host + "|" + cause);
        }
        String kind = causes.get(d.cause()).map(Cause::kind).orElse("");
        if (kind.equals("client") || kind.equals("policy")) {
            return new Scope(Kind.CLIENT, host + "|" + cause + "|" + (a.client() == null ? "" : a.client().address()));
        }
        return new Scope(Kind.LOGIN, host);
    }
}
