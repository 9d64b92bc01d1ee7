package saslscope.event;

/** Something that happened to a login, to a session, or to a service that logins need. */
public sealed interface AuthEvent {
    Origin origin();

    /** A client connected. */
    record Connected(Origin origin, Client client) implements AuthEvent {
    }

    /**
     * A session ended.
     *
     * @param authOk  AUTH commands that were accepted; -1 if the line has no counters (Postfix before 3.0)
     * @param authAll AUTH commands in all; -1 if the line has no counters
     */
    record Disconnected(Origin origin, Client client, int authOk, int authAll) implements AuthEvent {
    }

    /**
     * A server's verdict: no.
     *
     * @param user as logged; null if not logged or unavailable
     */
    record Rejected(Origin origin, Client client, String mechanism, String reason, String user) implements AuthEvent {
    }

    /** A login that was accepted; written once for each message of the session. */
    record Accepted(Origin origin, Client client, String mechanism, String user) implements AuthEvent {
    }

    /** The client cancelled the exchange. */
    record Aborted(Origin origin, Client client, String mechanism) implements AuthEvent {
    }

    /**
     * The client went away or was sent away.
     *
     * @param how   {@code lost}, {@code timeout} or {@code errors}
     * @param stage the SMTP command before
     */
    record HungUp(Origin origin, Client client, String how, String stage) implements AuthEvent {
    }

    /** Refused before the credentials were looked at. */
    record Refused(Origin origin, Client client, String service) implements AuthEvent {
    }

    /** A mail was turned away: no login in that session. */
    record RelayDenied(Origin origin, Client client) implements AuthEvent {
    }

    /** Logged in, but that sender address is not allowed for that login. */
    record SenderDenied(Origin origin, Client client, String user) implements AuthEvent {
    }

    /** TLS failed before a login was possible. */
    record TlsFailed(Origin origin, Client client) implements AuthEvent {
    }

    /** A helper line of the process that handles the exchange. */
    record Detail(Origin origin) implements AuthEvent {
    }

    /** Written when a process loads libsasl2. */
    record ProcessStart(Origin origin) implements AuthEvent {
    }

    /** A fault that stops a service or leaves it without AUTH. */
    record SetupFault(Origin origin) implements AuthEvent {
    }

    /**
     * A verifier in another process decided.
     *
     * @param accepted its answer
     * @param user     as the verifier was asked, null if not logged
     * @param realm    null if not logged
     */
    record Verified(Origin origin, boolean accepted, String user, String realm, String backend, String reason)
        implements AuthEvent {
    }

    /** Another process (saslauthd, PAM, Dovecot auth) says something about a login or its backend. */
    record VerifierDetail(Origin origin, String user) implements AuthEvent {
    }

    /** A daemon started, listens, stopped or was reloaded. */
    record ServiceChanged(Origin origin, String action) implements AuthEvent {
    }

    /** Postfix as a client could not log in to a relay, or was turned away by it. */
    record RelayFailed(Origin origin, String queue, String server, String address, int port, String reason)
        implements AuthEvent {
    }

    /** A helper line of Postfix's own client side. */
    record RelayDetail(Origin origin, String queue) implements AuthEvent {
    }

    /** Postfix as a client delivered through a relay. */
    record RelayDelivered(Origin origin, String queue, String server, String address, int port) implements AuthEvent {
    }

    /** A login elsewhere (IMAP, POP3, ManageSieve). */
    record Login(Origin origin, boolean accepted, String service, Client client, String mechanism, String user,
                 String reason) implements AuthEvent {
    }

    /** Of interest, without weight in a diagnosis. */
    record Trace(Origin origin) implements AuthEvent {
    }
}
