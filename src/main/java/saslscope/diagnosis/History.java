package saslscope.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
import saslscope.attempt.Outcome;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;

/**
 * What earlier attempts say about this one. Remembers a bounded number of users, clients and hosts; the one without
 * news for longest is forgotten first.
 *
 * <p>Facts, all beginning with {@code history.}: {@code user.succeeded} (yes; the same login was accepted on this host
 * before), {@code user.succeeded.kind} (plaintext, challenge ...), {@code client.succeeded} (yes), {@code client.names}
 * (one, few, many: logins this client failed with), {@code user.clients} (one, few, many: clients this login failed
 * from), {@code host} (all-fail: since the last success several users failed and nobody succeeded), {@code change}
 * (what happened to the service shortly before that began), {@code challenge} (never-works: only plaintext mechanisms
 * succeed here), {@code rhythm} (steady: the same client retries the same login at even intervals).
 */
public final class History {
    private static final int FEW = 2;
    private static final int MANY = 5;
    /** Failures in a row before it is said that everybody fails. */
    private static final int STREAK = 4;
    /** A change of the service counts as just before for so long. */
    private static final long JUST_BEFORE = 900_000_000L;
    /** Names and clients are counted within so much log time. */
    private static final long WINDOW = 3_600_000_000L;

    private final Map<String, Peer> users;
    private final Map<String, Peer> clients;
    private final Map<String, Host> hosts;

    /** @param peers users kept at once, and as many clients; about 400 bytes each at most */
    public History(int peers) {
        users = bounded(peers);
        clients = bounded(peers);
        hosts = bounded(1_000);
    }

    private static <T> Map<String, T> bounded(int most) {
        return new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    /** A user or a client. */
    private static final class Peer {
        boolean succeeded;
        String kinds = "";
        /** Hashes of the names it failed with, or of the clients it failed from, while there are few. */
        final int[] others = new int[MANY];
        int count;
        long since;
        long last;
        long interval;
        int even;
    }

    /** A host and how its logins go. */
    private static final class Host {
        boolean challengeSucceeded;
        boolean plaintextSucceeded;
        int challengeFailed;
        int failed;
        final int[] users = new int[STREAK];
        int distinct;
        long began;
        String change;
        Origin changed;
    }

    /** What is known of this attempt from earlier ones. */
    List<Fact> about(Attempt a) {
        List<Fact> f = new ArrayList<>(6);
        Peer u = a.login() == null ? null : users.get(key(a, a.login()));
        if (u != null) {
            if (u.succeeded) {
                f.add(new Fact("history.user.succeeded", "yes", null));
                for (String k : u.kinds.split(" ")) {
                    f.add(new Fact("history.user.succeeded.kind", k, null));
                }
            }
            f.add(new Fact("history.user.clients", size(u.count), null));
            if (u.even >= MANY) {
                f.add(new Fact("history.rhythm", "steady", null));
            }
        }
        Peer c = a.client() == null || a.client().address() == null ? null : clients.get(key(a, a.client().address()));
        if (c != null) {
            if (c.succeeded) {
                f.add(new Fact("history.client.succeeded", "yes", null));
            }
            f.add(new Fact("history.client.names", size(c.count), null));
        }
        Host h = hosts.get(a.origin().host());
        if (h != null) {
            if (h.failed >= STREAK && h.distinct >= 3) {
                f.add(new Fact("history.host", "all-fail", null));
                if (h.change != null && h.changed.micros() <= h.began) {
                    f.add(new Fact("history.change", h.change, h.changed));
                }
            }
            if (h.plaintextSucceeded && !h.challengeSucceeded && h.challengeFailed >= 3) {
                f.add(new Fact("history.challenge", "never-works", null));
            }
        }
        return f;
    }

    private static String size(int count) {
        return count >= MANY ? "many" : count >= FEW ? "few" : "one";
    }

    /** Remembers an attempt, after it was asked about. */
    void learn(Attempt a) {
        if (a.outbound() || a.ending() == Ending.SETUP || a.ending() == Ending.RELAY_DENIED) {
            return;
        }
        String kind = Facts.kind(a.mechanism());
        Host h = hosts.computeIfAbsent(a.origin().host(), k -> new Host());
        Peer u = a.login() == null ? null : users.computeIfAbsent(key(a, a.login()), k -> new Peer());
        Peer c = a.client() == null || a.client().address() == null ? null
            : clients.computeIfAbsent(key(a, a.client().address()), k -> new Peer());
        if (a.outcome() == Outcome.SUCCESS) {
            success(h, a.origin().micros(), kind);
            success(u, kind);
            success(c, kind);
            return;
        }
        if (a.ending() != Ending.REJECTED) {
            return;
        }
        long now = a.origin().micros();
        if ("challenge".equals(kind)) {
            h.challengeFailed++;
        }
        if (h.failed++ == 0) {
            h.began = now;
            if (h.changed != null && now - h.changed.micros() > JUST_BEFORE) {
                h.change = null;
                h.changed = null;
            }
        }
        if (a.login() != null) {
            h.distinct = note(h.users, h.distinct, a.login().hashCode());
        }
        if (u != null) {
            failure(u, now, a.client() == null ? 0 : String.valueOf(a.client().address()).hashCode());
            rhythm(u, now);
        }
        if (c != null && a.login() != null) {
            failure(c, now, a.login().hashCode());
        }
    }

    private static void success(Host h, long now, String kind) {
        h.challengeSucceeded |= "challenge".equals(kind);
        h.plaintextSucceeded |= "plaintext".equals(kind);
        h.failed = 0;
        h.distinct = 0;
        // Attempts are told a little late: a change may have come since.
        if (h.changed != null && h.changed.micros() <= now) {
            h.change = null;
            h.changed = null;
        }
    }

    private static void success(Peer p, String kind) {
        if (p != null) {
            p.succeeded = true;
            p.even = 0;
            if (kind != null && !(" " + p.kinds + " ").contains(" " + kind + " ")) {
                p.kinds = (p.kinds + " " + kind).strip();
            }
        }
    }

    private static void failure(Peer p, long now, int other) {
        if (now - p.since > WINDOW) {
            p.since = now;
            p.count = 0;
        }
        p.count = note(p.others, p.count, other);
    }

    private static int note(int[] table, int count, int value) {
        for (int i = 0; i < count; i++) {
            if (table[i] == value) {
                return count;
            }
        }
        if (count < table.length) {
            table[count] = value;
            return count + 1;
        }
        return count;
    }

    /** Even: within a tenth, or a second, of the interval before. People are not; a phone with an old password is. */
    private static void rhythm(Peer p, long now) {
        if (p.last != 0) {
            long gap = now - p.last;
            long off = Math.abs(gap - p.interval);
            p.even = p.interval >= 10_000_000L && off <= Math.max(1_000_000L, p.interval / 10) ? p.even + 1 : 0;
            p.interval = gap;
        }
        p.last = now;
    }

    /** A daemon was started, reloaded or stopped. */
    public void changed(AuthEvent.ServiceChanged e) {
        Host h = hosts.computeIfAbsent(e.origin().host(), k -> new Host());
        h.change = Facts.type(e.origin().tag()) + "-" + e.action();
        h.changed = e.origin();
    }

    private static String key(Attempt a, String name) {
        return a.origin().host() + "|" + name;
    }
}
