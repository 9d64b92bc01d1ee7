package saslscope.incident;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saslscope.attempt.Attempt;
import saslscope.bounded.BoundedMap;
import saslscope.diagnosis.Cause;
import saslscope.diagnosis.Causes;
import saslscope.event.AuthEvent;

/** Notices when logins work again that an incident is about. */
final class Recovery {
    /** An incident that went away and came back so often comes and goes; that is not told any more. */
    private static final int RELAPSES = 2;
    private static final int RELAYS = 200;

    private final Causes causes;
    private final IncidentLimits limits;
    private final Changes changes;
    private final Map<String, List<Tracked>> faults = new HashMap<>();
    /** With host and relay of each. */
    private final Map<Tracked, String> relays = new LinkedHashMap<>();
    /** By host and relay. */
    private final Map<String, Deliveries> delivered = BoundedMap.byUse(RELAYS);

    Recovery(Causes causes, IncidentLimits limits, Changes changes) {
        this.causes = causes;
        this.limits = limits;
        this.changes = changes;
    }

    /** A fault of the host, or trouble at a relay, began. */
    void watch(Tracked t) {
        if (t.scope.kind() == Scope.Kind.RELAY) {
            relays.put(t, relayOf(t));
        } else if (t.scope.kind() == Scope.Kind.HOST) {
            faults.computeIfAbsent(host(t), h -> new ArrayList<>(2)).add(t);
        }
    }

    void forget(Tracked t) {
        if (t.scope.kind() == Scope.Kind.RELAY) {
            relays.remove(t);
        } else if (t.scope.kind() == Scope.Kind.HOST) {
            faults.computeIfPresent(host(t), (h, all) -> {
                all.remove(t);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** A login worked: which faults of the host are gone? */
    void success(Attempt a) {
        for (Tracked t : faults.getOrDefault(a.origin().host(), List.of())) {
            if (t.ended != null || t.relapses > RELAPSES || a.origin().micros() < t.lastMicros) {
                continue;
            }
            boolean bare = t.anyMechanism() && a.mechanism() == null && a.login() == null;
            if (bare ? !mended(t, a) : !sameWay(t, a)) {
                continue;
            }
            t.success();
            if (a.login() != null && t.recovered.size() < limits.recovered()) {
                t.recovered.add(a.login());
            }
            boolean all = causes.get(t.cause()).map(Cause::kind).orElse("").equals("outage");
            if (all || bare || a.login() != null && t.users.containsKey(a.login()) || t.recovered.size() >= limits.recovered()) {
                end(t, a);
            }
        }
    }

    /**
     * A relay took a message; that is told when the failures before it have come.
     *
     * @return whether it took none before
     */
    boolean delivered(AuthEvent.RelayDelivered e) {
        String name = e.origin().host() + "|" + e.server();
        Deliveries d = delivered.computeIfAbsent(name, k -> new Deliveries());
        d.first = d.first == null ? e : d.first;
        d.last = e;
        return relays.entrySet().stream().anyMatch(r -> r.getValue().equals(name) && r.getKey().ended == null);
    }

    /** Ends the trouble of relays that took a message since their last failure. */
    void relays() {
        relays.keySet().forEach(this::relay);
    }

    void relay(Tracked t) {
        Deliveries d = t.ended != null || t.relapses > RELAPSES ? null : delivered.get(relayOf(t));
        if (d != null && d.first != null && d.first.origin().micros() <= t.lastMicros) {
            d.first = d.last.origin().micros() > t.lastMicros ? d.last : null;
        }
        if (d != null && d.first != null) {
            t.end(d.first.origin(), d.first.queue());
        }
    }

    private static String relayOf(Tracked t) {
        String key = t.scope.key();
        return host(t) + key.substring(key.lastIndexOf('|'));
    }

    /** What a relay took since a failure was last seen there: the first message and the last one. */
    private static final class Deliveries {
        AuthEvent.RelayDelivered first;
        AuthEvent.RelayDelivered last;
    }

    /** A login of a user worked: the trouble of that one user is over. What a device does is not told by another's login. */
    void user(Tracked t, Attempt a) {
        if (t.kind == Kind.USER && t.users.size() == 1 && a.login() != null && t.users.containsKey(a.login()) && t.ended == null
            && t.relapses <= RELAPSES && a.origin().micros() >= t.lastMicros) {
            end(t, a);
        }
    }

    private void end(Tracked t, Attempt a) {
        t.end(a, changes.between(a.origin().host(), t.lastMicros, a.origin().micros()).orElse(null));
    }

    /**
     * Of a login without a mail the log names neither user nor mechanism. It counts if its client had the trouble, and something was done to a
     * service since: else it may have fallen back to a mechanism that worked all the time.
     */
    private boolean mended(Tracked t, Attempt a) {
        return a.client() != null && a.client().address() != null && t.clients.containsKey(a.client().address()) && t.service(a.origin().tag())
            && changes.between(a.origin().host(), t.lastMicros, a.origin().micros()).isPresent();
    }

    /** Through the same service by the same mechanism; a fault of the set-up has no mechanism. */
    private static boolean sameWay(Tracked t, Attempt a) {
        return t.anyMechanism() ? t.mechanism(a.mechanism()) && t.service(a.origin().tag())
            : t.service(a.origin().tag()) || t.kind == Kind.SET_UP && t.service("postfix/master");
    }

    private static String host(Tracked t) {
        String key = t.scope.key();
        int bar = key.indexOf('|');
        return bar < 0 ? key : key.substring(0, bar);
    }
}
