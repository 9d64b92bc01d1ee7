package saslscope.flow;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import saslscope.attempt.ProcessKey;
import saslscope.pattern.PatternSet;
import saslscope.syslog.SyslogRecord;

/**
 * Holds back the lines that open a session until the session turns out to be about authentication. Most never do: their
 * connect and disconnect lines are irrelevant, and looking at them closely would be most of the work.
 */
final class Openings {
    private static final int MOST = 20_000;
    /** Bytes of a line that is held back; host names have at most 255. */
    private static final int LONGEST = 800;
    /** No SMTP session is idle for so long (RFC 5321 section 4.5.3.2). */
    private static final long OLD = 3_600_000_000L;
    /** Postfix counts AUTH commands in the disconnect line, if there were any (smtpd.c, smtpd_format_cmd_stats()). */
    private static final byte[] COUNTED = " auth=".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COUNTERS = " commands=".getBytes(StandardCharsets.US_ASCII);

    private final PatternSet patterns;
    /** Oldest first. */
    private final LinkedHashMap<ProcessKey, SyslogRecord> held = new LinkedHashMap<>();

    Openings(PatternSet patterns) {
        this.patterns = patterns;
    }

    private static ProcessKey process(SyslogRecord r) {
        return new ProcessKey(r.host(), r.tag(), r.pid());
    }

    /** What a line is for the session that it belongs to. */
    enum Role {
        OPENS,
        /** It ends a session, and says that there was no AUTH command. */
        ENDS_PLAINLY,
        OTHER
    }

    /** What a line is for its session. May be asked by any thread. */
    Role role(SyslogRecord r) {
        if (r.pid() < 0) {
            return Role.OTHER;
        }
        if (patterns.connects(r)) {
            return r.line().bytes().length <= LONGEST ? Role.OPENS : Role.OTHER;
        }
        return patterns.disconnects(r) && !holds(r, COUNTED) && holds(r, COUNTERS) ? Role.ENDS_PLAINLY : Role.OTHER;
    }

    /** Holds back a line that opens a session of a process that has none. */
    void hold(SyslogRecord r) {
        ProcessKey p = process(r);
        held.remove(p);
        held.put(p, r);
        for (Iterator<SyslogRecord> i = held.values().iterator(); i.hasNext();) {
            if (r.micros() - i.next().micros() < OLD && held.size() <= MOST) {
                break;
            }
            i.remove();
        }
    }

    /** Forgets what opened the session that ends plainly; false if nothing was held back, as it was about authentication. */
    boolean forget(SyslogRecord r) {
        return held.remove(process(r)) != null;
    }

    private static boolean holds(SyslogRecord r, byte[] word) {
        byte[] text = r.text();
        for (int i = r.to() - word.length; i >= r.from(); i--) {
            if (text[i] == ' ') {
                int n = 1;
                while (n < word.length && text[i + n] == word[n]) {
                    n++;
                }
                if (n == word.length) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What opened the session that this line belongs to, if it was held back; it is to be looked at first. */
    SyslogRecord opening(SyslogRecord r) {
        return r.pid() < 0 ? null : held.remove(process(r));
    }

    /** Lines that a restart must read again. */
    void forEach(Consumer<SyslogRecord> to) {
        held.values().forEach(to);
    }
}
