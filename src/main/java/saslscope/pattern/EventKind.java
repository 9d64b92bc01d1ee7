package saslscope.pattern;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a pattern's {@code event} may be. The name in a file is the constant in lower case with hyphens. */
public enum EventKind {
    /** A client connected to this smtpd process. */
    CONNECT,
    /** The session ended; may carry the counters {@code auth.ok} and {@code auth.all}. */
    DISCONNECT,
    /** The server refused a login, or could not check it. */
    AUTH_FAILED,
    /** The client cancelled the exchange. */
    AUTH_ABORTED,
    /** A logged in client began a message (Postfix {@code client=..., sasl_username=}), or a login is reported. */
    AUTH_SUCCEEDED,
    /** A login was refused before the credentials were looked at (rate limits). */
    AUTH_REFUSED,
    /** The client went away; {@code stage} says after which command. */
    HANGUP,
    /** A helper line of the process that handles the exchange: says why, has no client of its own. */
    AUTH_DETAIL,
    /** A verifier in another process (saslauthd) rejected a login. */
    VERIFIER_FAILED,
    /** A verifier in another process (saslauthd) accepted a login. */
    VERIFIER_SUCCEEDED,
    /** Something a verifier process (saslauthd, PAM, Dovecot auth) says about a login or its backend. */
    VERIFIER_DETAIL,
    /** Written when a process loads libsasl2: plugins, options. */
    PROCESS_START,
    /** A fault that stops a service or leaves it without AUTH, with or without a client. */
    SETUP_ERROR,
    /** A daemon started, listens, stopped or was reloaded; {@code action} says which. */
    SERVICE_CHANGED,
    /** A mail was turned away because the client had not logged in. */
    RELAY_DENIED,
    /** Logged in, but not allowed to use that sender. */
    SENDER_DENIED,
    /** TLS failed before a login was possible. */
    TLS_FAILED,
    /** Postfix as a client could not log in to a relay, or was turned away by it. */
    OUTBOUND_FAILED,
    /** Postfix as a client delivered through a relay it logs in to. */
    OUTBOUND_SUCCEEDED,
    /** A helper line of Postfix's own client side. */
    OUTBOUND_DETAIL,
    /** A login elsewhere (IMAP, POP3, ManageSieve) failed. */
    LOGIN_FAILED,
    /** A login elsewhere succeeded. */
    LOGIN_SUCCEEDED,
    /** Part of the dialogue, or another line of interest that needs no diagnosis of its own. */
    TRACE,
    /** About authentication by its words, but known to mean nothing: counted as irrelevant. */
    IGNORED;

    private static final Map<String, EventKind> BY_TEXT = byText();
    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name as it stands in pattern files. */
    public String text() {
        return text;
    }

    private static Map<String, EventKind> byText() {
        Map<String, EventKind> map = new HashMap<>();
        for (EventKind k : values()) {
            map.put(k.text, k);
        }
        return map;
    }

    /** The kind of that name. */
    public static Optional<EventKind> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }
}
