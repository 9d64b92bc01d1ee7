package saslscope.attempt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import saslscope.event.AuthEvent;
import saslscope.event.Client;
import saslscope.event.Origin;

/** An attempt that has its outcome and waits for lines of other processes. */
final class Draft {
    final Ending ending;
    final Origin origin;
    final int nth;
    final List<AuthEvent> lines = new ArrayList<>(4);
    final List<String> grounds = new ArrayList<>(1);
    List<AuthEvent> started = List.of();
    /** The first line of its session; null if there is none. */
    Origin began;
    /** How late it was in the log when it came; its own host's clock may differ. */
    long came;
    Client client;
    String login;
    /** See {@link Verification#name(String)}; of the login that it waits with. */
    int name;
    /** What a verbose log shows of it; null if nothing. */
    Session.Exchange dialogue;
    String mechanism;
    String reason;
    boolean outbound;
    /** A saslauthd answer was joined: each answers one attempt. */
    boolean verified;
    /** Turned out to be the other end of an attempt that is told elsewhere. */
    boolean withdrawn;
    String action = "sasl-auth";

    Draft(Ending ending, Origin origin, int nth) {
        this.ending = ending;
        this.origin = origin;
        this.nth = nth;
    }

    /** Upper bound of the memory that its lines take. What its process wrote at its start counts for each draft of that process. */
    long bytes() {
        return JoinLimits.bytes(lines) + JoinLimits.bytes(started);
    }

    void join(List<? extends AuthEvent> more, String ground, JoinLimits limits) {
        for (AuthEvent e : more) {
            if (limits.room(lines, e)) {
                lines.add(e);
            }
        }
        if (!grounds.contains(ground)) {
            grounds.add(ground);
        }
    }

    /** Adds the dialogue that a verbose log shows; what the outcome's own line says goes first. */
    void tell(Session.Exchange x) {
        if (x != null) {
            dialogue = x;
            lines.addAll(x.lines);
            mechanism = mechanism == null ? x.mechanism : mechanism;
            if (x.login != null) {
                login = login == null ? x.login : Logged.asSent(login, x.login, x.authzid);
            }
        }
    }

    /** Takes mechanism and login from helper lines, where no other line names them. */
    void tell(List<AuthEvent> helpers) {
        for (AuthEvent h : helpers) {
            String m = h.origin().field("mechanism");
            mechanism = mechanism == null && m != null ? m.toUpperCase(Locale.ROOT) : mechanism;
            login = login == null ? h.origin().field("user") : login;
        }
    }

    Attempt finish() {
        int at = login == null ? -1 : login.lastIndexOf('@');
        String user = login == null || at < 0 ? login : login.substring(0, at);
        String domain = at >= 0 ? login.substring(at + 1) : login == null || dialogue == null ? null : dialogue.realm;
        Outcome outcome = ending == Ending.ACCEPTED ? Outcome.SUCCESS : Outcome.FAILURE;
        lines.sort(Draft::order);
        List<String> why = new ArrayList<>(grounds);
        if (login != null) {
            String logged = origin.field("user");
            why.addAll(Logged.notes(login, "(unavailable)".equals(logged) ? null : logged, dialogue));
        }
        return new Attempt(origin.id(nth), action, outcome, ending, outbound, client, login, user, domain, mechanism,
            reason, origin, List.copyOf(lines), started, List.copyOf(why));
    }

    /** By time; lines of one file keep their order even where the clock stepped back. */
    private static int order(AuthEvent a, AuthEvent b) {
        Origin x = a.origin();
        Origin y = b.origin();
        if (x.file().equals(y.file())) {
            return Long.compare(x.byteOffset(), y.byteOffset());
        }
        return Long.compare(x.micros(), y.micros());
    }
}
