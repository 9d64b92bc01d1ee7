package saslscope.pattern;

import java.util.LinkedHashMap;
import java.util.Map;
import saslscope.bounded.BoundedMap;
import saslscope.syslog.SyslogRecord;

/**
 * Follows the login dialogues that {@code smtpd -v} logs, and adds to a line's fields the login that it makes certain ({@code user},
 * {@code authzid}, {@code realm}). Passwords, responses and challenges stay in here.
 *
 * <p>Matches come in log order, from one thread. A login is taken only from a response whose place in the dialogue is known; where
 * lines are missing, none is. At most {@value #MOST} dialogues are followed at once, each for ten minutes of log time (longer than
 * smtpd waits for a client), the one idle longest is let go first.
 */
public final class Dialogues {
    private static final int MOST = 4_096;
    /** Longer than any mechanism's name (RFC 4422 section 3.1). */
    private static final int LONGEST_MECHANISM = 20;
    private static final long LONGEST_MICROS = 600_000_000L;

    private final Map<Process, Dialogue> open = BoundedMap.byUse(MOST);

    /**
     * What a line tells.
     *
     * @param login     null if the line makes none certain
     * @param mechanism of the dialogue, in upper case; null if there is none
     */
    record Told(Login login, String mechanism) {
        static final Told NOTHING = new Told(null, null);
    }

    record Process(String host, String tag, int pid) {
        static Process of(SyslogRecord r) {
            return new Process(r.host(), r.tag(), r.pid());
        }
    }

    /** The match, with what its dialogue tells about the login. */
    public Match follow(Match m) {
        return with(m, hear(m).login);
    }

    Told hear(Match m) {
        Said said = m.said();
        if (said == null) {
            if (!open.isEmpty() && ends(m)) {
                open.remove(Process.of(m.record()));
            }
            return Told.NOTHING;
        }
        String mechanism = m.fields().get(Field.MECHANISM.text());
        return mechanism == null ? goesOn(m, said) : begins(m, mechanism, said);
    }

    /** True if the process's last answer is a name if the server asks for the password next. */
    boolean undecided(Process p) {
        Dialogue d = open.get(p);
        return d != null && d.undecided();
    }

    private Told begins(Match m, String mechanism, Said said) {
        Process p = Process.of(m.record());
        Dialogue d = open.get(p);
        if (d != null && d.begunWith(mechanism)) {
            return Told.NOTHING;
        }
        d = new Dialogue(mechanism, m.record().micros());
        if (m.record().pid() >= 0 && mechanism.length() <= LONGEST_MECHANISM) {
            open.put(p, d);
        }
        return said.empty() ? Told.NOTHING : new Told(d.initial(said.decoded()), d.mechanism);
    }

    private Told goesOn(Match m, Said said) {
        Process p = Process.of(m.record());
        Dialogue d = open.get(p);
        if (d == null) {
            return Told.NOTHING;
        }
        if (Math.abs(m.record().micros() - d.micros) > LONGEST_MICROS) {
            open.remove(p);
            return Told.NOTHING;
        }
        return new Told(said.response() ? d.response(said.decoded()) : d.challenge(said.decoded()), d.mechanism);
    }

    /** Whether the server's answer, or something after it, was logged. */
    private static boolean ends(Match m) {
        return switch (m.event()) {
            case CONNECT, DISCONNECT, AUTH_FAILED, AUTH_ABORTED, AUTH_SUCCEEDED, AUTH_REFUSED, HANGUP, SETUP_ERROR, SERVICE_CHANGED -> true;
            case TRACE -> m.fields().containsKey(Field.REPLY.text());
            case AUTH_DETAIL, VERIFIER_FAILED, VERIFIER_SUCCEEDED, VERIFIER_DETAIL, PROCESS_START, RELAY_DENIED, SENDER_DENIED, TLS_FAILED,
                 OUTBOUND_FAILED, OUTBOUND_SUCCEEDED, OUTBOUND_DETAIL, LOGIN_FAILED, LOGIN_SUCCEEDED, IGNORED -> false;
        };
    }

    private static Match with(Match m, Login login) {
        if (login == null) {
            return m;
        }
        Map<String, String> fields = new LinkedHashMap<>(m.fields());
        put(fields, Field.USER, login.user());
        put(fields, Field.AUTHZID, login.authzid());
        put(fields, Field.REALM, login.realm());
        return new Match(m.record(), m.pattern(), m.event(), fields, m.text(), null);
    }

    private static void put(Map<String, String> fields, Field f, String value) {
        if (value != null) {
            fields.putIfAbsent(f.text(), value);
        }
    }

    /** Dialogues that are under way. */
    int size() {
        return open.size();
    }
}
