package saslscope.diagnosis;

import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import saslscope.attempt.Attempt;
import saslscope.event.AuthEvent;

/**
 * Failed attempts whose diagnosis a later success may settle. A login that worked at most an hour later tells of the
 * failed one, as facts that begin with {@code later.}:
 * <ul>
 * <li>{@code user.succeeded}: {@code yes}; {@code user.succeeded.kind}: {@code plaintext} ...: the same login
 * <li>{@code name.succeeded}: {@code with-realm bare other-realm}: the same name in another form, from the same client
 * <li>{@code change}: what happened to a service in between ({@code saslauthd-started} ...); {@code none} if nothing did
 * </ul>
 *
 * <p>Memory: {@link #NAMES} names, of each the last {@link #EACH} attempts, the lines of all of them together at most
 * {@link #BYTES}; the name without news for longest is forgotten first. Attempts of clients that guess are not
 * kept.
 */
final class Hindsight {
    static final int NAMES = 500;
    static final int EACH = 6;
    static final long BYTES = 16 << 20;
    private static final long LATER = TimeUnit.HOURS.toMicros(1);
    static final Set<String> FACTS = Set.of("later.user.succeeded", "later.user.succeeded.kind", "later.name.succeeded", "later.change");

    private final Map<Long, Deque<Open>> open = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /**
     * A failed attempt.
     *
     * @param known what history and the host told when it came
     * @param bytes upper bound of the memory that its lines take
     */
    record Open(Attempt attempt, List<Fact> known, Diagnosis diagnosis, long bytes) {
        Open(Attempt attempt, List<Fact> known, Diagnosis diagnosis) {
            this(attempt, known, diagnosis, Hindsight.bytes(attempt));
        }
    }

    /** A failed attempt, with what is known of it now. */
    record Later(Open open, List<Fact> facts) {
    }

    void keep(Attempt a, List<Fact> known, Diagnosis d) {
        if (a.user() == null || a.outbound() || d.certainty() == Certainty.DETERMINED) {
            return;
        }
        Deque<Open> mine = open.computeIfAbsent(key(a), k -> new ArrayDeque<>(EACH));
        mine.addLast(new Open(a, List.copyOf(known), d));
        bytes += mine.getLast().bytes;
        if (mine.size() > EACH) {
            bytes -= mine.removeFirst().bytes;
        }
        while (open.size() > NAMES || bytes > BYTES && open.size() > 1) {
            Iterator<Deque<Open>> i = open.values().iterator();
            i.next().forEach(o -> bytes -= o.bytes);
            i.remove();
        }
    }

    /** A line that came late told more of an attempt; it counts only if it is still kept. */
    void replace(Attempt a, Diagnosis d) {
        Deque<Open> mine = a.user() == null ? null : open.get(key(a));
        if (mine == null) {
            return;
        }
        List<Open> all = List.copyOf(mine);
        mine.clear();
        for (Open o : all) {
            if (!o.attempt.id().equals(a.id())) {
                mine.addLast(o);
                continue;
            }
            bytes -= o.bytes;
            if (d.certainty() != Certainty.DETERMINED) {
                mine.addLast(new Open(a, o.known, d));
                bytes += mine.getLast().bytes;
            }
        }
        if (mine.isEmpty()) {
            open.remove(key(a));
        }
    }

    /** What a success tells of earlier failures of that name; they are told once. */
    List<Later> look(Attempt success, History history) {
        Deque<Open> mine = success.user() == null || success.outbound() ? null : open.remove(key(success));
        if (mine == null) {
            return List.of();
        }
        List<Later> out = new ArrayList<>(mine.size());
        for (Open o : mine) {
            bytes -= o.bytes;
            long gap = success.origin().micros() - o.attempt.origin().micros();
            if (gap >= 0 && gap <= LATER) {
                List<Fact> facts = facts(success, o.attempt, gap, history);
                if (!facts.isEmpty()) {
                    out.add(new Later(o, facts));
                }
            }
        }
        return out;
    }

    private static List<Fact> facts(Attempt success, Attempt failed, long gap, History history) {
        List<Fact> f = new ArrayList<>(4);
        String words = success.login() + " logged in " + Moments.span(gap) + " later"
            + (success.mechanism() == null ? "" : " with " + success.mechanism()) + " (" + Diagnoser.place(success.origin()) + ")";
        Supplier<String> told = () -> words;
        if (success.login().equals(failed.login())) {
            f.add(new Fact("later.user.succeeded", "yes", null, told));
            String kind = Facts.kind(success.mechanism());
            if (kind != null) {
                f.add(new Fact("later.user.succeeded.kind", kind, null, told));
            }
        } else if (success.client() != null && failed.client() != null && success.client().address() != null
            && success.client().address().equals(failed.client().address())) {
            f.add(new Fact("later.name.succeeded", success.realm() == null ? "bare" : failed.realm() == null ? "with-realm" : "other-realm",
                null, () -> words + " from the same client"));
        } else {
            return f;
        }
        Optional<Change> change = history.change(success.origin().host(), failed.origin().micros(), success.origin().micros());
        ZoneOffset zone = failed.origin().offset();
        long from = failed.origin().micros();
        f.add(change.map(c -> new Fact("later.change", c.value(), null, () -> "in between, " + c.text(zone, from)))
            .orElse(new Fact("later.change", "none", null)));
        return f;
    }

    private static long bytes(Attempt a) {
        long bytes = 0;
        for (AuthEvent e : a.lines()) {
            bytes += e.origin().bytes();
        }
        for (AuthEvent e : a.started()) {
            bytes += e.origin().bytes();
        }
        return bytes;
    }

    private static long key(Attempt a) {
        return Peers.key(a.origin().host(), a.user());
    }
}
