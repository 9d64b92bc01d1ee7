package saslscope.attempt;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import saslscope.event.AuthEvent;
import saslscope.event.Client;

/** The sessions under way, one of each process. Bounded: the one without news for longest is let go. */
final class Sessions implements Shelf {
    private final JoinLimits limits;
    private final Consumer<Session> lost;
    /** Least recently used first. */
    private final LinkedHashMap<ProcessKey, Session> byProcess = new LinkedHashMap<>(64, 0.75f, true);
    private final Consumer<AuthEvent> forgotten;

    /**
     * @param lost      takes sessions whose end never came
     * @param forgotten takes the lines that waited in those let go because there was too much
     */
    Sessions(JoinLimits limits, Consumer<Session> lost, Consumer<AuthEvent> forgotten) {
        this.limits = limits;
        this.lost = lost;
        this.forgotten = forgotten;
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
                letGo(1);
            }
        }
        s.touch(e, now);
        return s;
    }

    private void letGo(int count) {
        Iterator<Session> oldest = byProcess.values().iterator();
        List<Session> gone = new ArrayList<>(count);
        for (int n = count; n > 0; n--) {
            gone.add(oldest.next());
            oldest.remove();
        }
        for (Session s : gone) {
            s.forEachLine(forgotten);
            lost.accept(s);
        }
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (Session s : byProcess.values()) {
            bytes += s.bytes();
        }
        return bytes;
    }

    @Override
    public void halve() {
        letGo((byProcess.size() + 1) / 2);
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

    /** The clock was set back: nothing is heard from later than now. */
    void setBack(long now) {
        byProcess.values().forEach(s -> s.seen = Math.min(s.seen, now));
    }

    /** Lets go of all. */
    void drain() {
        byProcess.values().forEach(lost);
        byProcess.clear();
    }

    void forEach(Consumer<Session> to) {
        byProcess.values().forEach(to);
    }

    int size() {
        return byProcess.size();
    }
}
