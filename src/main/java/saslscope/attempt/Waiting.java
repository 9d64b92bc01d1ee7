package saslscope.attempt;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;

/**
 * Attempts that have their outcome and wait, in its order, until lines of other processes have come. While a log is
 * followed that wait is short, so those handed out last are kept: a line that comes late is still joined, and the attempt
 * is handed out again.
 */
final class Waiting implements Shelf {
    private static final int MOST = 10_000;
    private static final int MOST_HANDED_OUT = 1_000;
    /** Each login at a relay is held against all of them. */
    private static final int MOST_LOCAL = 200;

    private final JoinLimits limits;
    private final BiPredicate<Origin, Integer> told;
    private final Consumer<Attempt> out;
    private final Consumer<Attempt> again;
    private final ArrayDeque<Draft> drafts = new ArrayDeque<>();
    private final ArrayDeque<Draft> handedOut = new ArrayDeque<>();
    /** Those by a client on this host that may be the other end of a login of our own, the last ones. */
    private final ArrayDeque<Draft> local = new ArrayDeque<>();
    /** How many of the first ones have waited since the last tick. */
    private int seasoned;

    Waiting(JoinLimits limits, BiPredicate<Origin, Integer> told, Consumer<Attempt> out, Consumer<Attempt> again) {
        this.limits = limits;
        this.told = told;
        this.out = out;
        this.again = again;
    }

    /** @param now how late it is in the log, microseconds since the epoch */
    void add(Draft d, long now) {
        if (told.test(d.origin, d.nth)) {
            return;
        }
        d.came = now;
        d.name = Verification.name(d.login);
        drafts.addLast(d);
        if (isLocal(d)) {
            local.addLast(d);
            if (local.size() > MOST_LOCAL) {
                local.removeFirst();
            }
        }
        if (drafts.size() > MOST) {
            finishFirst();
        }
    }

    void release(long now) {
        while (!drafts.isEmpty() && now - drafts.peekFirst().came > limits.graceMicros()) {
            finishFirst();
        }
        while (!handedOut.isEmpty() && now - handedOut.peekFirst().came > limits.lateMicros()) {
            handedOut.removeFirst();
        }
    }

    /** Hands out those that waited since the last tick. */
    void tick() {
        while (seasoned > 0) {
            finishFirst();
        }
        seasoned = drafts.size();
    }

    void releaseAll() {
        while (!drafts.isEmpty()) {
            finishFirst();
        }
    }

    private void finishFirst() {
        Draft d = drafts.removeFirst();
        if (local.peekFirst() == d) {
            local.removeFirst();
        }
        seasoned = Math.max(0, seasoned - 1);
        if (!d.withdrawn) {
            out.accept(d.finish());
            if (d.ending == Ending.REJECTED && !d.outbound || d.ending == Ending.SETUP) {
                handedOut.addLast(d);
                if (handedOut.size() > MOST_HANDED_OUT) {
                    handedOut.removeFirst();
                }
            }
        }
    }

    /** What was handed out can't be compared with what comes. */
    void forgetHandedOut() {
        handedOut.clear();
    }

    /** Adds a later line of the same process to its last attempt, if that still waits. */
    void append(AuthEvent e) {
        Origin o = e.origin();
        for (Iterator<Draft> i = drafts.descendingIterator(); i.hasNext();) {
            Draft d = i.next();
            if (d.origin.pid() == o.pid() && d.origin.tag().equals(o.tag()) && d.origin.host().equals(o.host())) {
                if (limits.room(d.lines, e)) {
                    d.lines.add(e);
                }
                return;
            }
        }
    }

    /** master tells of the end of the process that wrote the fatal line. */
    void appendToSetup(String pid, AuthEvent e) {
        if (!appendToSetup(drafts, pid, e)) {
            appendToSetup(handedOut, pid, e);
        }
    }

    private boolean appendToSetup(ArrayDeque<Draft> among, String pid, AuthEvent e) {
        Origin m = e.origin();
        for (Iterator<Draft> i = among.descendingIterator(); i.hasNext();) {
            Draft d = i.next();
            if (m.micros() - d.came > limits.graceMicros()) {
                return false;
            }
            boolean same = pid == null ? d.lines.getLast().origin().tag().equals(m.tag())
                : Integer.toString(d.origin.pid()).equals(pid);
            if (d.ending == Ending.SETUP && d.origin.host().equals(m.host()) && same) {
                d.join(List.of(e), "master's line joined: it names the process", limits);
                if (among == handedOut) {
                    again.accept(d.finish());
                }
                return true;
            }
        }
        return false;
    }

    /** A verifier spoke after the verdict (another file, or out of order). */
    void join(Verification g) {
        for (Draft d : drafts) {
            if (g.used) {
                return;
            }
            Grounds.join(g, d, limits);
        }
        for (Iterator<Draft> i = handedOut.descendingIterator(); i.hasNext() && !g.used;) {
            Draft d = i.next();
            if (g.micros - d.came > limits.graceMicros()) {
                // It spoke too long after this one and all before it.
                return;
            }
            int known = d.lines.size();
            Grounds.join(g, d, limits);
            if (d.lines.size() > known) {
                again.accept(d.finish());
            }
        }
    }

    /**
     * Both ends of one login may stand in one log, where a host relays to itself. Then the server's end becomes evidence
     * of the client's end: one login counts once.
     *
     * @return the server's end, taken out; null if it is not here
     */
    Draft otherEnd(AuthEvent.RelayFailed e) {
        for (Draft d : local) {
            if (!d.withdrawn && d.origin.host().equals(e.origin().host()) && e.reason() != null
                && answered(d, e.reason())) {
                d.withdrawn = true;
                return d;
            }
        }
        return null;
    }

    private static boolean isLocal(Draft d) {
        return (d.ending == Ending.REJECTED || d.ending == Ending.RELAY_DENIED) && !d.outbound && d.client != null && d.client.address() != null
            && (d.client.address().startsWith("127.") || d.client.address().equals("::1"));
    }

    private static boolean answered(Draft d, String reply) {
        if (d.ending == Ending.REJECTED) {
            return d.reason != null && reply.contains(d.reason);
        }
        // NOQUEUE: reject: RCPT from localhost[127.0.0.1]: 554 5.7.1 <...>: Client host rejected: Access denied; from=<...
        String text = d.origin.text();
        int from = text.indexOf("]: ");
        int to = text.indexOf("; from=<");
        return from >= 0 && to > from && reply.contains(text.substring(from + 3, to));
    }

    @Override
    public long bytes() {
        return bytes(drafts) + bytes(handedOut);
    }

    private static long bytes(ArrayDeque<Draft> drafts) {
        long bytes = 0;
        for (Draft d : drafts) {
            bytes += d.bytes();
        }
        return bytes;
    }

    /** No attempt is lost by it: lines that come late do not reach it any more. */
    @Override
    public void halve() {
        if (handedOut.isEmpty()) {
            for (int n = (drafts.size() + 1) / 2; n > 0; n--) {
                finishFirst();
            }
        }
        for (int n = (handedOut.size() + 1) / 2; n > 0; n--) {
            handedOut.removeFirst();
        }
    }

    List<String> ids() {
        return drafts.stream().filter(d -> !d.withdrawn).map(d -> d.origin.id(d.nth)).toList();
    }

    /** All that a restart must read again to come to the same attempts. */
    void forEachLine(Consumer<Origin> to) {
        for (Draft d : drafts) {
            to.accept(d.began);
            d.lines.forEach(e -> to.accept(e.origin()));
        }
    }

    int size() {
        return drafts.size();
    }
}
