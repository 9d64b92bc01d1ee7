package saslscope.attempt;

import java.util.List;
import java.util.Map;
import saslscope.bounded.BoundedMap;
import saslscope.event.AuthEvent;
import saslscope.event.Client;

/** Our own logins at a relay, as smtp tells them. */
final class Relays {
    private static final int MESSAGES = 2_000;

    private final JoinLimits limits;
    private final Waiting waiting;
    private final Starts started;
    /** Messages that could not be relayed, and why, so that a retry is not a new attempt. */
    private final BoundedMap<String, String> told = BoundedMap.byAge(MESSAGES);

    Relays(JoinLimits limits, Waiting waiting, Starts started) {
        this.limits = limits;
        this.waiting = waiting;
        this.started = started;
    }

    /**
     * A login failed.
     *
     * @param s   the session of that process
     * @param now how late it is in the log, microseconds since the epoch
     */
    void failed(Session s, AuthEvent.RelayFailed e, long now) {
        List<AuthEvent> helpers = List.copyOf(s.helpers);
        s.helpers.clear();
        Draft server = waiting.otherEnd(e);
        if (again(e)) {
            return;
        }
        AuthEvent said = server == null ? ownWords(helpers, e) : null;
        Draft d = server == null ? new Draft(Ending.REJECTED, said == null ? e.origin() : said.origin(), 0)
            : new Draft(Ending.REJECTED, server.origin, server.nth);
        d.lines.addAll(helpers);
        d.lines.add(e);
        if (server != null) {
            d.mechanism = server.mechanism;
            d.join(server.lines, "the server's end joined: same host, a client on this host, the same words",
                limits);
        }
        d.started = started.of(e.origin());
        d.outbound = true;
        d.action = "relay-auth";
        d.reason = e.reason();
        d.client = new Client(e.server(), e.address(), e.port());
        waiting.add(d, now);
    }

    /** Whether it is the same message, tried again: it counts once. */
    boolean again(AuthEvent.RelayFailed e) {
        return e.queue() != null && e.reason() != null && e.reason().equals(told.put(e.origin().host() + "|" + e.queue(), e.reason()));
    }

    /** What smtp said of this very message before it put it off, if anything: that is the outcome, the rest follows from it. */
    private static AuthEvent ownWords(List<AuthEvent> helpers, AuthEvent.RelayFailed e) {
        for (AuthEvent h : helpers) {
            if (h instanceof AuthEvent.RelayDetail r && r.queue() != null && r.queue().equals(e.queue())) {
                return h;
            }
        }
        return null;
    }
}
