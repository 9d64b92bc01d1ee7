package saslscope.diagnosis;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import saslscope.attempt.Attempt;
import saslscope.attempt.Outcome;
import saslscope.attempt.ProcessKey;
import saslscope.bounded.BoundedMap;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;
import saslscope.source.LogFile;

/**
 * What a server process showed of its set-up by the logins it served. An smtpd reads main.cf, master.cf and smtpd.conf once,
 * when it starts (Postfix smtpd.c, pre_jail_init(); Cyrus SASL lib/server.c, load_config()), so what a login proved of them
 * holds for the next one of the same process.
 *
 * <p>Memory: {@link #MOST} processes, of each {@link #LOGINS} logins, about 4 MB; the one that served nobody for longest is
 * forgotten first, names longer than {@link #LONGEST} are not kept. A process counts as another one after {@link #IDLE} without a login, as its id may be used again.
 */
final class Served {
    static final int MOST = 2_000;
    static final int LOGINS = 8;
    private static final int LONGEST = 100;
    /** Secrets found are told for so long: a client tries one mechanism after the other in one go. */
    private static final long LATELY = TimeUnit.MINUTES.toMicros(1);
    /** An smtpd without a client ends after max_idle, 100 s by default. */
    private static final long IDLE = TimeUnit.MINUTES.toMicros(10);
    /** Lines that the library writes when it holds the stored secret against the response. */
    private static final Set<String> COMPARED = Set.of("SASL_CRAM_INCORRECT_DIGEST", "SASL_DIGEST_MISMATCH", "SASL_SCRAM_PROOF_MISMATCH");

    private final Map<ProcessKey, Process> processes = BoundedMap.byUse(MOST);

    private static final class Process {
        long first;
        long last;
        /** For each kind, {@code plaintext} and {@code challenge}, the last login that was accepted. */
        final Moment[] accepted = new Moment[2];
        /** Logins and how they were accepted or found, those seen last at the end. */
        final Map<String, Moment[]> logins = new LinkedHashMap<>(4);
        final Map<String, Moment> found = new LinkedHashMap<>(4);
    }

    /** A login that was accepted, or whose secret was found. Told of only when it matters: most never do. */
    private record Moment(String login, String mechanism, int pid, long micros, ZoneOffset offset, LogFile file, long number) {
        static Moment of(Attempt a) {
            Origin o = a.origin();
            return new Moment(a.login(), a.mechanism(), o.pid(), o.micros(), o.offset(), o.file(), o.number());
        }

        String accepted() {
            return "process " + pid + " accepted " + (login == null ? "a login" : login) + " with " + mechanism + when();
        }

        String found() {
            return "for " + mechanism + " a secret of " + login + " was found" + when();
        }

        private String when() {
            return " at " + Moments.text(micros, offset) + " (" + Diagnoser.place(file, number) + ")";
        }
    }

    void about(Attempt a, List<Fact> f) {
        Process p = find(a);
        if (p == null) {
            return;
        }
        Moment[] mine = a.login() == null ? null : p.logins.get(a.login());
        for (int k = 0; k < 2; k++) {
            String kind = k == 0 ? "plaintext" : "challenge";
            if (p.accepted[k] != null) {
                f.add(new Fact("history.process.accepted", kind, null, p.accepted[k]::accepted));
            }
            if (mine != null && mine[k] != null) {
                f.add(new Fact("history.process.user", kind, null, mine[k]::accepted));
            }
        }
        Moment secret = a.login() == null ? null : p.found.get(a.login());
        if (secret != null && Math.abs(a.origin().micros() - secret.micros) <= LATELY) {
            f.add(new Fact("history.process.secret", "found", null, secret::found));
        }
    }

    void learn(Attempt a) {
        String kind = Facts.kind(a.mechanism());
        int k = "plaintext".equals(kind) ? 0 : "challenge".equals(kind) ? 1 : -1;
        boolean works = a.outcome() == Outcome.SUCCESS;
        Origin o = a.origin();
        if (o.pid() < 0 || a.outbound() || k < 0 || a.login() != null && a.login().length() > LONGEST) {
            return;
        }
        Process p = find(a);
        if (p == null && !works && !compared(a)) {
            return;
        }
        if (p == null) {
            p = new Process();
            p.first = o.micros();
            processes.put(key(o), p);
        }
        p.last = Math.max(p.last, o.micros());
        if (works) {
            Moment m = Moment.of(a);
            p.accepted[k] = m;
            if (a.login() != null && looksUpAsWritten(a)) {
                p.logins.computeIfAbsent(a.login(), n -> new Moment[2])[k] = m;
                bound(p.logins);
            }
        } else if (a.login() != null && compared(a)) {
            p.found.remove(a.login());
            p.found.put(a.login(), Moment.of(a));
            bound(p.found);
        }
    }

    /** DIGEST-MD5 looks a login without a realm up in the realm that the client names, which others do not. */
    private static boolean looksUpAsWritten(Attempt a) {
        return a.realm() != null || !"DIGEST-MD5".equals(a.mechanism());
    }

    private static boolean compared(Attempt a) {
        if (!looksUpAsWritten(a)) {
            return false;
        }
        for (AuthEvent e : a.lines()) {
            if (COMPARED.contains(e.origin().pattern())) {
                return true;
            }
        }
        return false;
    }

    /** A service of that host was started, stopped or reloaded: its processes are others from now on. */
    void changed(String host) {
        processes.keySet().removeIf(k -> k.host().equals(host));
    }

    private Process find(Attempt a) {
        Origin o = a.origin();
        Process p = o.pid() < 0 ? null : processes.get(key(o));
        if (p == null || Math.abs(o.micros() - p.last) > IDLE || !a.started().isEmpty() && a.started().getFirst().origin().micros() > p.first) {
            return null;
        }
        return p;
    }

    private static void bound(Map<String, ?> table) {
        if (table.size() > LOGINS) {
            table.remove(table.keySet().iterator().next());
        }
    }

    private static ProcessKey key(Origin o) {
        return new ProcessKey(o.host(), o.tag(), o.pid());
    }
}
