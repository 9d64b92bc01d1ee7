package saslscope.attempt;

import java.util.ArrayList;
import java.util.List;
import saslscope.event.AuthEvent;

/** Lines of one verifier process (saslauthd, PAM, Dovecot auth) about one login, or about its backend. */
final class Verification {
    final String host;
    final boolean dovecot;
    final List<AuthEvent> lines = new ArrayList<>(3);
    long micros;
    String user;
    /** See {@link #name(String)}. */
    int name;
    String realm;
    String address;
    /** The verifier's answer is among the lines, so the group is complete. */
    boolean answered;
    boolean accepted;
    /** Joined to an attempt. */
    boolean used;

    Verification(AuthEvent first) {
        host = first.origin().host();
        dovecot = first.origin().tag().startsWith("dovecot");
        micros = first.origin().micros();
    }

    /** Whether the line is kept; what it says is taken in any case. */
    boolean add(AuthEvent e, JoinLimits limits) {
        boolean kept = limits.room(lines, e);
        if (kept) {
            lines.add(e);
        }
        micros = Math.max(micros, e.origin().micros());
        switch (e) {
            case AuthEvent.Verified v -> {
                answered = true;
                accepted = v.accepted();
                user = v.user() != null ? v.user() : user;
                realm = v.realm();
            }
            case AuthEvent.VerifierDetail d -> {
                user = user == null ? d.user() : user;
                String client = d.origin().field(dovecot ? "client.address" : "rhost");
                address = address == null ? client : address;
            }
            default -> throw new IllegalArgumentException(e.toString());
        }
        name = name(user);
        return kept;
    }

    /**
     * A number made of what stands before the first @ of a name: those of other logins differ, mostly, and so thousands of attempts that wait
     * need no closer look. 0 for no name.
     */
    static int name(String login) {
        if (login == null) {
            return 0;
        }
        int hash = 1;
        for (int i = 0; i < login.length() && login.charAt(i) != '@'; i++) {
            hash = hash * 31 + login.charAt(i);
        }
        return hash == 0 ? 1 : hash;
    }

    /**
     * Whether it may be about that login. saslauthd is asked with user and realm apart (with {@code -r}: joined), and
     * drops nothing; PAM and shadow see the bare user.
     */
    boolean about(String login) {
        if (user == null || login == null) {
            return false;
        }
        if (user.equals(login)) {
            return true;
        }
        if (realm != null) {
            return login.equals(user + "@" + realm) || user.indexOf('@') < 0 && login.equals(user);
        }
        int at = login.lastIndexOf('@');
        return at >= 0 && user.equals(login.substring(0, at));
    }
}
