package saslscope.attempt;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import saslscope.event.AuthEvent;

/** What saslauthd, PAM and Dovecot said lately, waiting for the verdict it belongs to. */
final class Verifiers implements Shelf {
    private static final int MOST = 4_096;

    private final JoinLimits limits;
    private final Consumer<AuthEvent> forgotten;
    /** saslauthd's answers and Dovecot's lines, oldest first. */
    private final ArrayDeque<Verification> said = new ArrayDeque<>();
    /** Lines of a saslauthd worker before its answer: PAM and the backend write them with its process id. */
    private final Map<ProcessKey, Verification> open = new HashMap<>();

    Verifiers(JoinLimits limits, Consumer<AuthEvent> forgotten) {
        this.limits = limits;
        this.forgotten = forgotten;
    }

    /** A line before the answer; returns the group if it stands alone already (Dovecot answers over its socket, not in the log). */
    Verification said(AuthEvent.VerifierDetail e) {
        forget(e.origin().micros());
        if (e.origin().tag().startsWith("dovecot")) {
            Verification g = new Verification(e);
            add(g, e);
            keep(g);
            return g;
        }
        Verification g = open.computeIfAbsent(ProcessKey.of(e.origin()), k -> new Verification(e));
        if (e.origin().micros() - g.micros > limits.verifierMicros()) {
            g = new Verification(e);
            open.put(ProcessKey.of(e.origin()), g);
        }
        add(g, e);
        return null;
    }

    /** The verifier's answer; returns its group. */
    Verification answered(AuthEvent.Verified e) {
        forget(e.origin().micros());
        Verification g = open.remove(ProcessKey.of(e.origin()));
        if (g == null || e.origin().micros() - g.micros > limits.verifierMicros()) {
            g = new Verification(e);
        }
        add(g, e);
        keep(g);
        return g;
    }

    private void add(Verification g, AuthEvent e) {
        if (!g.add(e, limits)) {
            forgotten.accept(e);
        }
    }

    private void keep(Verification g) {
        said.addLast(g);
        if (said.size() > MOST) {
            letGo(said.removeFirst());
        }
    }

    private void letGo(Verification g) {
        // An answer that let somebody in would never be joined to an attempt.
        if (!g.used && !g.accepted) {
            g.lines.forEach(forgotten);
        }
    }

    /** Nothing said so far can be compared with what comes. */
    void forget() {
        said.clear();
        open.clear();
    }

    private void forget(long now) {
        while (!said.isEmpty() && now - said.peekFirst().micros > limits.verifierMicros()) {
            said.removeFirst();
        }
        if (open.size() > MOST) {
            open.values().removeIf(g -> now - g.micros > limits.verifierMicros());
            letGoOfOpen(open.size() - MOST);
        }
    }

    private void letGoOfOpen(int count) {
        Iterator<Verification> i = open.values().iterator();
        for (int n = count; n > 0; n--) {
            letGo(i.next());
            i.remove();
        }
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (Verification g : said) {
            bytes += JoinLimits.bytes(g.lines);
        }
        for (Verification g : open.values()) {
            bytes += JoinLimits.bytes(g.lines);
        }
        return bytes;
    }

    @Override
    public void halve() {
        for (int n = (said.size() + 1) / 2; n > 0; n--) {
            letGo(said.removeFirst());
        }
        letGoOfOpen((open.size() + 1) / 2);
    }

    /** Joins what was said before the verdict. */
    void joinTo(Draft d) {
        d.name = Verification.name(d.login);
        for (Verification g : said) {
            if (d.verified) {
                return;
            }
            Grounds.join(g, d, limits);
        }
    }

    void forEachLine(Consumer<AuthEvent> to) {
        said.forEach(g -> {
            if (!g.used) {
                g.lines.forEach(to);
            }
        });
        open.values().forEach(g -> g.lines.forEach(to));
    }

    int size() {
        return said.size() + open.size();
    }
}
