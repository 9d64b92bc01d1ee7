package saslscope.attempt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;

/**
 * Logins as Dovecot's auth process tells them with {@code auth_debug = yes}: a request names mechanism and client, its
 * answer the user. They stand in the log of a login that Postfix accepted and told nothing of.
 */
final class Requests implements Shelf {
    private static final int MOST = 4_096;

    private final JoinLimits limits;
    private final Consumer<AuthEvent> forgotten;
    /** Oldest first. */
    private final ArrayDeque<Request> all = new ArrayDeque<>();

    Requests(JoinLimits limits, Consumer<AuthEvent> forgotten) {
        this.limits = limits;
        this.forgotten = forgotten;
    }

    private static final class Request {
        final Origin asked;
        final List<AuthEvent> lines = new ArrayList<>(2);
        String answer;
        String user;
        boolean used;

        Request(AuthEvent e) {
            asked = e.origin();
            lines.add(e);
        }

        String mechanism() {
            return asked.field("mechanism");
        }
    }

    /** Whether the line is one of a request or its answer; takes it then. */
    boolean take(AuthEvent.VerifierDetail e) {
        Origin o = e.origin();
        if (o.field("key") == null || !o.tag().startsWith("dovecot")) {
            return false;
        }
        while (!all.isEmpty() && (all.size() >= MOST || o.micros() - all.peekFirst().asked.micros() > limits.idleMicros())) {
            all.removeFirst();
        }
        if (o.field("mechanism") != null) {
            all.addLast(new Request(e));
        } else {
            answer(e);
        }
        return true;
    }

    /** Numbers are counted per connection, so two requests under way may have the same one; then the answer is nobody's. */
    private void answer(AuthEvent.VerifierDetail e) {
        Request one = null;
        for (Request r : all) {
            boolean fits = r.answer == null && r.asked.field("key").equals(e.origin().field("key"))
                && r.asked.host().equals(e.origin().host()) && e.origin().micros() - r.asked.micros() <= limits.verifierMicros();
            if (fits && one != null) {
                one.answer = "?";
                r.answer = "?";
                return;
            }
            one = fits ? r : one;
        }
        if (one != null) {
            one.answer = e.origin().field("status");
            one.user = e.user();
            one.lines.add(e);
        }
    }

    /**
     * Gives an accepted login its mechanism and user, if no other line names them, and if just one request fits: same
     * host, same client, accepted between the first line of the session and the last.
     *
     * @param first the first line of the session
     */
    void joinTo(Draft d, Origin first) {
        if (d.ending != Ending.ACCEPTED || d.outbound || d.client == null || d.client.address() == null) {
            return;
        }
        Request one = null;
        for (Iterator<Request> i = all.descendingIterator(); i.hasNext();) {
            Request r = i.next();
            boolean fits = !r.used && !before(r.asked, first) && !before(d.origin, r.asked) && "OK".equals(r.answer) && r.asked.host().equals(d.origin.host())
                && "smtp".equals(r.asked.field("service")) && d.client.address().equals(r.asked.field("client.address"))
                && (d.mechanism == null || d.mechanism.equals(r.mechanism())) && (d.login == null || d.login.equals(r.user));
            if (fits && one != null) {
                return;
            }
            one = fits ? r : one;
        }
        if (one == null) {
            return;
        }
        one.used = true;
        if (d.mechanism == null || d.login == null) {
            d.mechanism = one.mechanism();
            d.login = one.user;
            d.join(one.lines, "Dovecot's debug lines joined: same host, same client, the only login of that client in the time of the session",
                limits);
        }
    }

    private static boolean before(Origin a, Origin b) {
        return a.file().equals(b.file()) ? a.byteOffset() < b.byteOffset() : a.micros() < b.micros();
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (Request r : all) {
            bytes += JoinLimits.bytes(r.lines);
        }
        return bytes;
    }

    @Override
    public void halve() {
        for (int n = (all.size() + 1) / 2; n > 0; n--) {
            all.removeFirst().lines.forEach(forgotten);
        }
    }

    /** Lines of those that a session under way may be the one of. */
    void forEachLine(Consumer<AuthEvent> to) {
        for (Request r : all) {
            if (!r.used && "smtp".equals(r.asked.field("service")) && (r.answer == null || r.answer.equals("OK"))) {
                r.lines.forEach(to);
            }
        }
    }

    int size() {
        return all.size();
    }
}
