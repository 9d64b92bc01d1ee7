package saslscope.attempt;

import java.util.Locale;

/** By what an attempt ended: the first thing a diagnosis looks at. */
public enum Ending {
    /** The server accepted the login. */
    ACCEPTED,
    /** The server wrote a verdict line with a reason. */
    REJECTED,
    /** The client cancelled. */
    ABORTED,
    /** The connection was lost in the middle of the exchange. */
    LOST,
    /** The client did not answer in time. */
    TIMEOUT,
    /** Refused before the credentials were looked at: too many in too short a time. */
    RATE_LIMITED,
    /** AUTH was answered with an error that writes no line: only the counter of the disconnect line shows it. */
    SILENT,
    /** Turned away for lack of a login. */
    RELAY_DENIED,
    /** Logged in, but that sender address is not allowed. */
    SENDER_DENIED,
    /** TLS failed first. */
    TLS_FAILED,
    /** The service could not start, or had to stop, because of its set-up. */
    SETUP;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As the fact {@code ended} has it: in lower case, with hyphens. */
    public String text() {
        return text;
    }
}
