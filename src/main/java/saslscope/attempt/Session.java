package saslscope.attempt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    long lastMicros;
    /** Helper lines since the last verdict. */
    final List<AuthEvent> helpers = new ArrayList<>(4);
    /** AUTH commands of this session that have an attempt of their own and failed. */
    int failures;
    /** The login of this session has its attempt. */
    boolean accepted;
    /** Logged in, but the message was refused for its sender: told by that attempt. */
    boolean senderDenied;
    AuthEvent.HungUp hungUp;
    /** The AUTH commands that a verbose log shows and that have no attempt yet; the last one may be under way. */
    final ArrayDeque<Exchange> exchanges = new ArrayDeque<>(1);

    /** One AUTH command with what was said until its reply. */
    static final class Exchange {
        final List<AuthEvent> lines = new ArrayList<>();
        String mechanism;
        String login;
        /** The reply that ended it: {@code 235}, {@code 503}; null while it goes on. */
        String reply;
    }

    /** Adds a line of the dialogue that only verbose logging shows. */
    void say(AuthEvent.Trace e, int limit) {
        String text = e.origin().text();
        Exchange x = exchanges.peekLast();
        if (text.startsWith("< ") && text.contains("]: AUTH") || x == null) {
            x = new Exchange();
            exchanges.addLast(x);
            if (exchanges.size() > limit) {
                exchanges.removeFirst();
            }
        }
        if (x.lines.size() < limit) {
            x.lines.add(e);
        }
        String m = e.origin().field("mechanism");
        String u = e.origin().field("user");
        x.mechanism = m != null ? m.toUpperCase(Locale.ROOT) : x.mechanism;
        x.login = u != null ? u : x.login;
        int at = text.startsWith("> ") ? text.indexOf("]: ") : -1;
        if (at >= 0 && text.length() >= at + 6 && !text.startsWith("334", at + 3) && !text.startsWith("250", at + 3)) {
            x.reply = text.substring(at + 3, at + 6);
        }
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

    void touch(AuthEvent e) {
        if (first == null) {
            first = e.origin();
        }
        lastMicros = Math.max(lastMicros, e.origin().micros());
    }

    /** True if there is something in it that a restart must not lose. */
    boolean matters() {
        return whole || !helpers.isEmpty() || failures > 0 || accepted || hungUp != null;
    }
}
