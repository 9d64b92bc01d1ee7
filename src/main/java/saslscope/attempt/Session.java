package saslscope.attempt;

import java.util.ArrayList;
import java.util.List;
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
