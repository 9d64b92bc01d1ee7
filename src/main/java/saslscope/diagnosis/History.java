package saslscope.diagnosis;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
import saslscope.attempt.Outcome;
import saslscope.bounded.BoundedMap;
import saslscope.event.AuthEvent;
import saslscope.source.LogFile;

/**
 * What earlier attempts say about this one. A fact is told with its times, counts and names; it only suggests.
 *
 * <p>{@code history.user.*}: the same login on the same host. {@code history.client.*}: the same address.
 * {@code history.name.*}: the same name with another realm, or with one where this attempt has none.
 * <ul>
 * <li>{@code user.succeeded}, {@code client.succeeded}: {@code yes}
 * <li>{@code user.succeeded.kind}: {@code plaintext challenge token external other}, one fact for each
 * <li>{@code user.succeeded.here}: {@code yes}, from the same client
 * <li>{@code name.succeeded}: {@code with-realm bare other-realm}: what form of the name works, where this form never did
 * <li>{@code name.client}: {@code same}: and that from the same client
 * <li>{@code client.names}, {@code user.clients}: {@code one few many}: with how many logins the client, from how many
 *     clients the login failed within the hour
 * <li>{@code rhythm}: {@code steady}: the same client retries the same login at even intervals
 * <li>{@code host}: {@code all-fail}: since the last success on this host only failures, of several users, of whom some
 *     logged in before; {@code nobody-yet}: nobody has logged in so far,
 *     though users come back from the same client
 * <li>{@code change}: what happened to a service at most 15 minutes before that began: {@code postfix-reloaded},
 *     {@code saslauthd-stopped} ...
 * <li>{@code challenge}, {@code plaintext}: {@code never-works}, while mechanisms of the other kind do
 * <li>{@code form}: {@code bare-fails}: names without a realm fail where the same names with one work
 * <li>{@code process.accepted}: {@code plaintext challenge}: the same server process accepted somebody's login so;
 *     {@code process.user}: this very login's; {@code process.secret}: {@code found}: it found a secret of this login
 *     within the last minute. See {@link Served}
 * </ul>
 *
 * <p>Memory: at most {@link Peer#BYTES} for each user and each client, {@link #NAME_BYTES} for each name. Who never
 * succeeded is forgotten first, see {@link Peers}.
 */
public final class History {
    /** Upper bound of what one name costs. */
    static final int NAME_BYTES = 350;
    private static final int FEW = 2;
    private static final int MANY = 5;
    /** Even retries before they are called a rhythm. */
    private static final int STEADY = 5;
    private static final int LONGEST_REALM = 64;
    private static final int MECHANISMS = 64;
    private static final List<String> KINDS = List.of("plaintext", "challenge", "token", "external", "other");

    /** All facts that this class tells. */
    static final Set<String> FACTS = Set.of("history.user.succeeded", "history.user.succeeded.kind", "history.user.succeeded.here",
        "history.user.clients", "history.client.succeeded", "history.client.names", "history.name.succeeded", "history.name.client",
        "history.rhythm", "history.host", "history.change", "history.challenge", "history.plaintext", "history.form",
        "history.process.accepted", "history.process.user", "history.process.secret");

    private final Peers<Peer> users;
    private final Peers<Peer> clients;
    private final Peers<Name> names;
    private final Map<String, HostPast> hosts = BoundedMap.byUse(1_000);
    private final Served served = new Served();
    /** One string for each mechanism instead of one for each peer. */
    private final Map<String, String> mechanisms = new HashMap<>();

    /** @param peers users kept at once, as many clients, and half as many names */
    public History(int peers) {
        users = new Peers<>(peers);
        clients = new Peers<>(peers);
        names = new Peers<>(Math.max(1, peers / 2));
    }

    /** In what form a name succeeded last. */
    private static final class Name {
        /** Null for none. */
        String realm;
        int client;
        int successes;
        long lastSuccess;
    }

    /** What is known of this attempt from earlier ones. */
    List<Fact> about(Attempt a) {
        List<Fact> f = new ArrayList<>(8);
        long now = a.origin().micros();
        ZoneOffset zone = a.origin().offset();
        Peer u = user(a);
        if (u != null) {
            user(f, a, u, now, zone);
        }
        form(f, a, u, zone);
        Peer c = client(a);
        if (c != null) {
            String address = address(a);
            if (c.successes > 0) {
                Success last = c.last();
                int times = c.successes;
                int with = c.goodCount();
                f.add(new Fact("history.client.succeeded", "yes", null, () -> address + " logged in " + Moments.times(times, "time")
                    + " before with " + Moments.times(with, "name") + ", last at " + last.moment(zone)));
            }
            int n = c.badCount(now);
            f.add(new Fact("history.client.names", size(n), null, n < FEW ? null
                : () -> address + " failed with " + (n == Peer.OTHERS ? "at least " : "") + n + " names within the hour"));
        }
        HostPast h = hosts.get(a.origin().host());
        if (h != null) {
            host(f, a, h, zone);
        }
        if (!a.outbound()) {
            served.about(a, f);
        }
        return f;
    }

    private static void user(List<Fact> f, Attempt a, Peer u, long now, ZoneOffset zone) {
        String login = a.login();
        if (u.successes > 0) {
            Success last = u.last();
            int times = u.successes;
            String mechanism = u.mechanism;
            Supplier<String> told = () -> login + " logged in " + Moments.times(times, "time") + " before, last"
                + (mechanism == null ? "" : " with " + mechanism) + " at " + last.moment(zone);
            f.add(new Fact("history.user.succeeded", "yes", null, told));
            for (int k = 0; k < KINDS.size(); k++) {
                if ((u.kinds & 1 << k) != 0) {
                    f.add(new Fact("history.user.succeeded.kind", KINDS.get(k), null, told));
                }
            }
            String address = address(a);
            if (address != null && u.knows(address.hashCode())) {
                f.add(new Fact("history.user.succeeded.here", "yes", null, () -> login + " logged in from " + address + " before"));
            }
        }
        int n = u.badCount(now);
        f.add(new Fact("history.user.clients", size(n), null, n < FEW ? null
            : () -> login + " failed from " + (n == Peer.OTHERS ? "at least " : "") + n + " clients within the hour"));
        if (u.even >= STEADY) {
            long interval = u.interval;
            int times = u.even + 2;
            long since = u.evenSince;
            f.add(new Fact("history.rhythm", "steady", null, () -> login + " failed every " + Moments.span(interval) + ", "
                + times + " times since " + Moments.text(since, zone)));
        }
    }

    private void form(List<Fact> f, Attempt a, Peer u, ZoneOffset zone) {
        Name n = a.user() == null || u != null && u.successes > 0 ? null : names.get(Peers.key(a.origin().host(), a.user()));
        if (n == null || (n.realm == null) == (a.realm() == null) && (n.realm == null || n.realm.equals(a.realm()))) {
            return;
        }
        String works = n.realm == null ? "bare" : a.realm() == null ? "with-realm" : "other-realm";
        String user = a.user();
        String login = a.login();
        String realm = n.realm;
        int times = n.successes;
        long last = n.lastSuccess;
        f.add(new Fact("history.name.succeeded", works, null, () -> user + (realm == null ? " without a realm" : "@" + realm)
            + " logged in " + Moments.times(times, "time") + ", last at " + Moments.text(last, zone) + "; " + login + " never did"));
        if (address(a) != null && n.client == address(a).hashCode()) {
            f.add(new Fact("history.name.client", "same", null));
        }
    }

    private static void host(List<Fact> f, Attempt a, HostPast h, ZoneOffset zone) {
        String host = a.origin().host();
        int failures = h.streak;
        long began = h.began;
        if (h.allFail()) {
            Success last = h.last();
            String users = (h.streakUsersFull() ? "at least " : "") + h.streakUsers();
            f.add(new Fact("history.host", "all-fail", null, () -> "nobody has logged in on " + host + " since "
                + last.moment(zone) + ": " + failures + " failures of " + users + " users from " + Moments.text(began, zone) + " on"));
            Change c = h.change(Math.max(began - HostPast.JUST_BEFORE, h.lastSuccess), began);
            if (c != null) {
                f.add(new Fact("history.change", c.value(), null,
                    () -> Moments.span(began - c.micros()) + " before that, " + c.text(zone, began)));
            }
        } else if (h.nobodyYet()) {
            f.add(new Fact("history.host", "nobody-yet", null, () -> "nobody has logged in on " + host + " so far: "
                + failures + " failures, most of users who try again from the same client, since " + Moments.text(began, zone)));
        }
        never(f, h, 1, "history.challenge");
        never(f, h, 0, "history.plaintext");
        if (h.bareFails()) {
            f.add(new Fact("history.form", "bare-fails", null));
        }
    }

    private static void never(List<Fact> f, HostPast h, int kind, String fact) {
        int other = 1 - kind;
        if (h.worked[other] > 0 && h.worked[kind] == 0 && h.failed[kind] >= HostPast.NEVER
            // One user who mistypes says nothing of the verifier.
            && (kind == 1 || h.severalFailed(kind))) {
            int failed = h.failed[kind];
            int worked = h.worked[other];
            f.add(new Fact(fact, "never-works", null, () -> (kind == 1 ? "challenge mechanisms" : "PLAIN and LOGIN") + " failed "
                + Moments.times(failed, "time") + " and never worked, the others worked " + Moments.times(worked, "time")));
        }
    }

    /**
     * When and where somebody logged in last.
     *
     * @param micros microseconds since the epoch
     * @param number of the line; 0 if it is not known
     */
    record Success(long micros, LogFile file, long number) {
        private String moment(ZoneOffset zone) {
            return Moments.text(micros, zone) + " (" + Diagnoser.place(file, number) + ")";
        }
    }

    private static String size(int count) {
        return count >= MANY ? "many" : count >= FEW ? "few" : "one";
    }

    /**
     * Remembers an attempt, after it was asked about.
     *
     * @param examined whether name and password were looked at: false where the server itself was at fault
     * @return what was known before it, its own failure counted in
     */
    Past learn(Attempt a, boolean examined) {
        if (a.ending() == Ending.SETUP) {
            host(a.origin().host()).changed(Change.of(a));
            return Past.NONE;
        }
        if (a.outbound() || a.ending() == Ending.RELAY_DENIED) {
            return Past.NONE;
        }
        served.learn(a);
        boolean works = a.outcome() == Outcome.SUCCESS;
        if (!works && a.ending() != Ending.REJECTED) {
            Peer c = client(a);
            return past(a, user(a), c, hosts.get(a.origin().host()));
        }
        Peer u = a.login() == null ? null : users.get(Peers.key(a.origin().host(), a.login()), Peer::new);
        Peer c = address(a) == null ? null : clients.get(Peers.key(a.origin().host(), address(a)), Peer::new);
        HostPast h = host(a.origin().host());
        if (works) {
            Past past = past(a, u, c, h);
            success(a, u, c, h);
            return past;
        }
        failure(a, examined, u, c, h);
        return past(a, u, c, h);
    }

    private static Past past(Attempt a, Peer u, Peer c, HostPast h) {
        long now = a.origin().micros();
        boolean userKnown = u != null && u.successes > 0;
        return new Past(userKnown, c != null && c.successes > 0, userKnown && address(a) != null && u.knows(address(a).hashCode()),
            c == null ? 0 : c.badCount(now), c == null ? 0 : c.goodCount(),
            u == null ? 0 : u.badCount(now), u == null ? 0 : u.badGood(now),
            u == null ? 0 : u.even, u == null ? 0 : u.interval, h != null && h.successes > 0);
    }

    private void success(Attempt a, Peer u, Peer c, HostPast h) {
        String kind = Facts.kind(a.mechanism());
        int bit = kind == null || !KINDS.contains(kind) ? 0 : 1 << KINDS.indexOf(kind);
        String mechanism = a.mechanism() == null ? null : mechanisms.size() < MECHANISMS
            ? mechanisms.computeIfAbsent(a.mechanism(), m -> m) : mechanisms.get(a.mechanism());
        long now = a.origin().micros();
        String host = a.origin().host();
        h.success(kindOf(kind), a.login() != null && a.realm() == null, now, a.origin().file(), a.origin().number());
        if (u != null) {
            if (u.successes == 0) {
                users.promote(Peers.key(host, a.login()));
            }
            u.success(bit, mechanism, address(a) == null ? 0 : address(a).hashCode(), now, a.origin().file(), a.origin().number());
            long key = Peers.key(host, a.user());
            Name n = names.get(key, Name::new);
            n.realm = a.realm() == null || a.realm().length() > LONGEST_REALM ? null : a.realm();
            n.client = address(a) == null ? 0 : address(a).hashCode();
            n.lastSuccess = now;
            if (n.successes++ == 0) {
                names.promote(key);
            }
        }
        if (c != null) {
            if (c.successes == 0) {
                clients.promote(Peers.key(host, address(a)));
            }
            c.success(bit, mechanism, a.login() == null ? 0 : a.login().hashCode(), now, a.origin().file(), a.origin().number());
        }
    }

    private void failure(Attempt a, boolean examined, Peer u, Peer c, HostPast h) {
        long now = a.origin().micros();
        int user = a.login() == null ? 0 : a.login().hashCode();
        int client = address(a) == null ? 0 : address(a).hashCode();
        boolean userKnown = u != null && u.successes > 0;
        boolean guesses = c != null && c.successes == 0 && c.badCount(now) > FEW;
        Name n = a.user() == null || a.realm() != null ? null : names.get(Peers.key(a.origin().host(), a.user()));
        boolean familiar = userKnown && !guesses && c != null && c.successes > 0 && u.even < STEADY;
        boolean back = u != null && c != null && u.comesBack(client, now) && c.badCount(now) <= 1;
        h.failure(user, kindOf(Facts.kind(a.mechanism())), back, familiar, n != null && n.realm != null, now);
        if (u != null) {
            u.failure(client, now, examined);
            u.rhythm(client, now);
        }
        if (c != null && user != 0) {
            c.failure(user, now, examined);
        }
    }

    private static int kindOf(String kind) {
        return "plaintext".equals(kind) ? 0 : "challenge".equals(kind) ? 1 : -1;
    }

    /** A daemon was started, reloaded or stopped. */
    public void changed(AuthEvent.ServiceChanged e) {
        Change change = Change.of(e);
        host(e.origin().host()).changed(change);
        if (change.service().equals("postfix")) {
            served.changed(e.origin().host());
        }
    }

    /** The last change to a service of that host between two moments. */
    public Optional<Change> change(String host, long from, long to) {
        HostPast h = hosts.get(host);
        return h == null ? Optional.empty() : Optional.ofNullable(h.change(from, to));
    }

    Peers<Peer> users() {
        return users;
    }

    private HostPast host(String name) {
        return hosts.computeIfAbsent(name, k -> new HostPast());
    }

    private Peer user(Attempt a) {
        return a.login() == null ? null : users.get(Peers.key(a.origin().host(), a.login()));
    }

    private Peer client(Attempt a) {
        return address(a) == null ? null : clients.get(Peers.key(a.origin().host(), address(a)));
    }

    private static String address(Attempt a) {
        return a.client() == null ? null : a.client().address();
    }
}
