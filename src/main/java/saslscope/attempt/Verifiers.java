package saslscope.attempt;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import saslscope.event.AuthEvent;

/** What saslauthd, PAM and Dovecot said lately, waiting for the verdict it belongs to. */
final class Verifiers {
    private static final int MOST = 4_096;

    private final JoinLimits limits;
    /** saslauthd's answers and Dovecot's lines, oldest first. */
    private final ArrayDeque<Verification> said = new ArrayDeque<>();
    /** Lines of a saslauthd worker before its answer: PAM and the backend write them with its process id. */
    private final Map<ProcessKey, Verification> open = new HashMap<>();

    Verifiers(JoinLimits limits) {
        this.limits = limits;
    }

    /** A line before the answer; returns the group if it stands alone already (Dovecot answers over its socket, not in the log). */
    Verification said(AuthEvent.VerifierDetail e) {
        forget(e.origin().micros());
        if (e.origin().tag().startsWith("dovecot")) {
            Verification g = new Verification(e);
            g.add(e, limits.linesPerAttempt());
            keep(g);
            return g;
        }
        Verification g = open.computeIfAbsent(ProcessKey.of(e.origin()), k -> new Verification(e));
        if (e.origin().micros() - g.micros > limits.verifierMicros()) {
            g = new Verification(e);
            open.put(ProcessKey.of(e.origin()), g);
        }
        g.add(e, limits.linesPerAttempt());
        return null;
    }

    /** The verifier's answer; returns its group. */
    Verification answered(AuthEvent.Verified e) {
        forget(e.origin().micros());
        Verification g = open.remove(ProcessKey.of(e.origin()));
        if (g == null || e.origin().micros() - g.micros > limits.verifierMicros()) {
            g = new Verification(e);
        }
        g.add(e, limits.linesPerAttempt());
        keep(g);
        return g;
    }

    private void keep(Verification g) {
        said.addLast(g);
        if (said.size() > MOST) {
            said.removeFirst();
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
            for (Iterator<?> i = open.values().iterator(); open.size() > MOST && i.hasNext();) {
                i.next();
                i.remove();
            }
        }
    }

    /** Joins what was said before the verdict. */
    void joinTo(Draft d) {
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
