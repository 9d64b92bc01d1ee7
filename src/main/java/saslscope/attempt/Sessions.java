package saslscope.attempt;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import saslscope.event.AuthEvent;
import saslscope.event.Client;

/** The sessions under way, one of each process. Bounded: the one without news for longest is let go. */
final class Sessions {
    private final JoinLimits limits;
    private final Consumer<Session> lost;
    /** Least recently used first. */
    private final LinkedHashMap<ProcessKey, Session> byProcess = new LinkedHashMap<>(64, 0.75f, true);
    private long pushedOut;

    /** @param lost takes sessions whose end never came */
    Sessions(JoinLimits limits, Consumer<Session> lost) {
        this.limits = limits;
        this.lost = lost;
    }

    /**
     * The session of that line's process, begun if need be.
     *
     * @param now how late it is in the log, microseconds since the epoch
     */
    Session of(AuthEvent e, long now) {
        ProcessKey key = ProcessKey.of(e.origin());
        Session s = byProcess.get(key);
        if (s == null) {
            s = new Session();
            byProcess.put(key, s);
            if (byProcess.size() > limits.sessions()) {
                Iterator<Session> oldest = byProcess.values().iterator();
                Session gone = oldest.next();
                oldest.remove();
                lost.accept(gone);
                pushedOut++;
            }
        }
        s.touch(e, now);
        return s;
    }

    /** The session of that client: where another one's is open, the lines between were lost, and what was said belongs to nobody. */
    Session of(AuthEvent e, Client c, long now) {
        Session s = of(e, now);
        if (s.client == null || c == null || same(s.client, c)) {
            return s;
        }
        remove(e);
        lost.accept(s);
        return of(e, now);
    }

    /** Whether both may be one client. */
    static boolean same(Client a, Client b) {
        return a.address() == null || b.address() == null || a.address().equals(b.address());
    }

    /** The session of that line's process; null if there is none. */
    Session find(AuthEvent e) {
        return byProcess.get(ProcessKey.of(e.origin()));
    }

    boolean has(ProcessKey process) {
        return byProcess.containsKey(process);
    }

    /** Same as {@link #find}, and takes it out. */
    Session remove(AuthEvent e) {
        return byProcess.remove(ProcessKey.of(e.origin()));
    }

    void put(AuthEvent e, Session s) {
        byProcess.put(ProcessKey.of(e.origin()), s);
    }

    /** Lets go of those without news for too long. */
    void expire(long now) {
        for (Iterator<Session> i = byProcess.values().iterator(); i.hasNext();) {
            Session s = i.next();
            if (now - s.seen < limits.idleMicros()) {
                break;
            }
            i.remove();
            lost.accept(s);
        }
    }

    /** Lets go of all. */
    void drain() {
        byProcess.values().forEach(lost);
        byProcess.clear();
    }

    void forEach(Consumer<Session> to) {
        byProcess.values().forEach(to);
    }

    /** Those let go because there were too many. */
    long pushedOut() {
        return pushedOut;
    }

    int size() {
        return byProcess.size();
    }
}
