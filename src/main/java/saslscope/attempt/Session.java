package saslscope.attempt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import saslscope.event.AuthEvent;
import saslscope.event.Client;
import saslscope.event.Origin;

/** What one process is doing for one client, between connect and disconnect. */
final class Session {
    /** The first line that a restart would have to read again. */
    Origin first;
    /** True if the log holds the connect line, so that nothing of the session is missing before. */
    boolean whole;
    Client client;
    /** How late it was in the log when its last line came; another host of the same log may have another clock. */
    long seen;
    /** Helper lines since the last verdict. */
    final List<AuthEvent> helpers = new ArrayList<>(4);
    /** AUTH commands of this session that have an attempt of their own and failed. */
    int failures;
    /** The login of this session has its attempt. */
    boolean accepted;
    /** Logged in, but the message was refused for its sender: told by that attempt. */
    boolean senderDenied;
    AuthEvent.HungUp hungUp;
    /** The line that lists the mechanisms offered, if the log is verbose. */
    AuthEvent.Trace offered;
    /** The AUTH commands that a verbose log shows and that have no attempt yet; the last one may be under way. */
    final ArrayDeque<Exchange> exchanges = new ArrayDeque<>(1);

    /** One AUTH command with what was said until its reply. */
    static final class Exchange {
        final List<AuthEvent> lines = new ArrayList<>();
        String mechanism;
        String login;
        /** As whom the client wanted to act; null if it did not say, or no line shows it. */
        String authzid;
        /** The realm that the client sent beside its name; null if none. */
        String realm;
        /** The reply that ended it: {@code 235}, {@code 503}; null while it goes on. */
        String reply;

        private void add(Origin o) {
            String m = o.field("mechanism");
            mechanism = m != null ? m.toUpperCase(Locale.ROOT) : mechanism;
            login = login == null ? o.field("user") : login;
            authzid = authzid == null ? o.field("authzid") : authzid;
            realm = realm == null && o.field("user") != null ? o.field("realm") : realm;
        }
    }

    /**
     * Adds a line of the dialogue that only verbose logging shows.
     *
     * @param forgotten takes lines for which there is no room
     * @return false if it is a reply to a command that has its attempt already
     */
    boolean say(AuthEvent.Trace e, JoinLimits limits, Consumer<AuthEvent> forgotten) {
        Origin o = e.origin();
        String reply = o.field("reply");
        if ("250".equals(reply)) {
            offered = e;
            return true;
        }
        Exchange x = exchanges.peekLast();
        if (x == null && reply != null) {
            return false;
        }
        if (x == null || o.field("mechanism") != null && o.text().startsWith("< ") || x.reply != null) {
            x = new Exchange();
            exchanges.addLast(x);
            if (exchanges.size() > limits.linesPerAttempt()) {
                exchanges.removeFirst().lines.forEach(forgotten);
            }
        }
        if (limits.room(x.lines, e)) {
            x.lines.add(e);
        } else {
            forgotten.accept(e);
        }
        x.add(o);
        if (reply != null && !reply.equals("334")) {
            x.reply = reply;
        }
        return true;
    }

    /** Takes out the exchange that a verdict ends; null if the log is not verbose. */
    Exchange ended() {
        return exchanges.pollLast();
    }

    /** Takes out the first exchange that was answered with success, or with anything else; null if there is none. */
    Exchange answered(boolean success) {
        for (Exchange x : exchanges) {
            if (x.reply != null && x.reply.equals("235") == success) {
                exchanges.remove(x);
                return x;
            }
        }
        return null;
    }

    /** @param now how late it is in the log, microseconds since the epoch */
    void touch(AuthEvent e, long now) {
        if (first == null) {
            first = e.origin();
        }
        seen = now;
    }

    /** Lines that wait for a verdict. */
    void forEachLine(Consumer<AuthEvent> to) {
        helpers.forEach(to);
        exchanges.forEach(x -> x.lines.forEach(to));
    }

    /** Upper bound of the memory that its lines take. */
    long bytes() {
        long bytes = JoinLimits.bytes(helpers) + (hungUp == null ? 0 : hungUp.origin().bytes()) + (offered == null ? 0 : offered.origin().bytes())
            + (first == null ? 0 : first.bytes());
        for (Exchange x : exchanges) {
            bytes += JoinLimits.bytes(x.lines);
        }
        return bytes;
    }

    /** True if there is something in it that a restart must not lose. */
    boolean matters() {
        return whole || !helpers.isEmpty() || failures > 0 || accepted || hungUp != null;
    }
}
