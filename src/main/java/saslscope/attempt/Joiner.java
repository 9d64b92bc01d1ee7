package saslscope.attempt;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import saslscope.event.AuthEvent;
import saslscope.event.Client;
import saslscope.event.Origin;
import saslscope.source.LogFile;

/**
 * Joins events into attempts. Events come in log order; attempts leave in the order of their outcome lines, each once,
 * when the lines of other processes that may belong to it can no longer come.
 */
public final class Joiner {
    private final JoinLimits limits;
    private final Waiting waiting;
    private final Verifiers verifiers;
    private final Requests requests;
    private final Sessions sessions;
    private final Starts started;
    private final Relays relays;
    private final Room room;
    private final Consumer<AuthEvent> forgotten;
    private final LogClock clock = new LogClock();
    private long now = Long.MIN_VALUE;

    /**
     * @param told  asked when an attempt is complete: whether an earlier run has handed out the nth one of that line; then it is not handed out
     *              again
     * @param out   takes the attempts
     * @param again takes an attempt that was handed out before, when a line of another process came late: the same id,
     *              with that line
     * @param forgotten takes lines that are not kept until what they belong to comes, as there is too much of them
     */
    public Joiner(JoinLimits limits, BiPredicate<Origin, Integer> told, Consumer<Attempt> out, Consumer<Attempt> again, Consumer<AuthEvent> forgotten) {
        this.limits = limits;
        this.waiting = new Waiting(limits, told, out, again);
        this.verifiers = new Verifiers(limits, forgotten);
        this.requests = new Requests(limits, forgotten);
        this.started = new Starts(limits, forgotten);
        this.sessions = new Sessions(limits, this::lost, forgotten);
        this.relays = new Relays(limits, waiting, started);
        this.room = new Room(limits.bytes(), List.of(sessions, waiting, verifiers, requests, started));
        this.forgotten = forgotten;
    }

    /** Takes the next event. */
    public void event(AuthEvent event) {
        Origin o = event.origin();
        if (clock.came(o.micros(), o.host())) {
            waiting.releaseAll();
            waiting.forgetHandedOut();
            verifiers.forget();
            sessions.setBack(clock.now());
        } else if (clock.now() > now) {
            waiting.release(clock.now());
            sessions.expire(clock.now());
        }
        now = clock.now();
        room.came(o);
        switch (event) {
            case AuthEvent.Connected e -> connected(e);
            case AuthEvent.Disconnected e -> disconnected(e);
            case AuthEvent.Rejected e -> rejected(e);
            case AuthEvent.Accepted e -> accepted(e);
            case AuthEvent.Aborted e -> aborted(e);
            case AuthEvent.HungUp e -> hungUp(e);
            case AuthEvent.Refused e -> refused(e);
            case AuthEvent.RelayDenied e -> relayDenied(e);
            case AuthEvent.SenderDenied e -> senderDenied(e);
            case AuthEvent.TlsFailed e -> tlsFailed(e);
            case AuthEvent.Detail e -> helper(e);
            case AuthEvent.RelayDetail e -> helper(e);
            case AuthEvent.ProcessStart e -> started.add(e);
            case AuthEvent.SetupFault e -> setup(e);
            case AuthEvent.Verified e -> join(verifiers.answered(e));
            case AuthEvent.VerifierDetail e -> {
                if (!requests.take(e)) {
                    join(verifiers.said(e));
                }
            }
            case AuthEvent.RelayFailed e -> relays.failed(sessions.of(e, now), e, now);
            case AuthEvent.RelayDelivered e -> sessions.of(e, now).helpers.clear();
            case AuthEvent.Login e -> login(e);
            case AuthEvent.ServiceChanged e -> { }
            case AuthEvent.Trace e -> trace(e);
        }
    }

    /** What a process that may still serve wrote when it began, from an earlier run. */
    public void remember(AuthEvent.ProcessStart e) {
        started.add(e);
    }

    /** A message that could not be relayed, from an earlier run: tried again, it is no new attempt. */
    public void remember(AuthEvent.RelayFailed e) {
        relays.again(e);
    }

    /** Whether something of that process is under way. */
    public boolean follows(String host, String tag, int pid) {
        return sessions.has(new ProcessKey(host, tag, pid));
    }

    /**
     * There is nothing to read at the moment: attempts that have waited since the last call are finished. Other processes
     * write what they have to say before or just after the verdict.
     */
    public void tick() {
        waiting.tick();
    }

    /** Input has gone quiet: what waits only for other processes is finished. */
    public void settle() {
        waiting.releaseAll();
    }

    /** Input has ended: sessions that never saw their end are finished as what they are. */
    public void drain() {
        sessions.drain();
        waiting.releaseAll();
    }

    /** Ids of the attempts that have their outcome and were not handed out yet. */
    public List<String> waiting() {
        return waiting.ids();
    }

    /**
     * The lines from which a restart must read again, so that no attempt that is under way is lost: of each process the first one. What
     * other processes wrote, and these before, is over.
     */
    public Collection<Origin> underWay() {
        Map<Place, Origin> first = new HashMap<>();
        sessions.forEach(s -> {
            if (s.matters()) {
                lower(first, s.first);
            }
        });
        waiting.forEachLine(o -> lower(first, o));
        verifiers.forEachLine(e -> lower(first, e.origin()));
        requests.forEachLine(e -> lower(first, e.origin()));
        return first.values();
    }

    /** A process may write to several logs. */
    private record Place(LogFile file, ProcessKey process) {
    }

    private static void lower(Map<Place, Origin> first, Origin o) {
        if (o != null) {
            first.merge(new Place(o.file(), ProcessKey.of(o)), o, (a, b) -> a.byteOffset() <= b.byteOffset() ? a : b);
        }
    }

    private void connected(AuthEvent.Connected e) {
        Session old = sessions.remove(e);
        if (old != null) {
            if (old.client == null && old.failures == 0 && !old.accepted && old.hungUp == null) {
                // Lines of a process before its first client belong to what comes: nothing to finish.
                sessions.put(e, old);
            } else {
                lost(old);
            }
        }
        Session s = sessions.of(e, now);
        s.helpers.clear();
        s.whole = true;
        s.client = e.client();
    }

    private void disconnected(AuthEvent.Disconnected e) {
        Session s = sessions.remove(e);
        if (s != null && s.client != null && e.client() != null && !Sessions.same(s.client, e.client())) {
            lost(s);
            s = null;
        }
        if (s == null) {
            if (e.authOk() <= 0) {
                return;
            }
            s = new Session();
        }
        s.touch(e, now);
        if (s.client == null) {
            s.client = e.client();
        }
        if (e.authOk() > 0 && !s.accepted && !s.senderDenied) {
            // A login without a message: only the counter shows it.
            Draft d = draft(s, Ending.ACCEPTED, e, 0);
            Session.Exchange x = s.answered(true);
            // Without verbose logging only a plugin's own lines can tell, and no reply is seen.
            d.tell(x != null ? x : s.ended());
            d.tell(s.helpers);
            requests.joinTo(d, s.first);
            waiting.add(d, now);
        }
        int silent = e.authAll() < 0 ? 0 : e.authAll() - e.authOk() - s.failures;
        if (s.hungUp != null && (e.authAll() < 0 ? s.failures == 0 : silent > 0)) {
            hangUpAttempt(s);
            silent--;
        }
        if (s.whole) {
            // What is missing before the log's first line must not be invented.
            for (int i = 0; i < Math.min(silent, 1_000); i++) {
                Draft d = draft(s, Ending.SILENT, e, i + 1);
                d.tell(s.answered(false));
                if (i == 0) {
                    d.tell(s.helpers);
                }
                waiting.add(d, now);
            }
        }
        tail(s, e);
    }

    /** Lines behind the last verdict say how the session went on. */
    private void tail(Session s, AuthEvent e) {
        if (s.failures > 0 && s.hungUp != null) {
            waiting.append(s.hungUp);
        }
        if (s.failures > 0 || s.accepted) {
            waiting.append(e);
        }
    }

    /** A session whose end never came. */
    private void lost(Session s) {
        if (s.hungUp != null && s.failures == 0) {
            hangUpAttempt(s);
        }
        setupWithoutEnd(s);
    }

    private void setupWithoutEnd(Session s) {
        for (AuthEvent h : s.helpers) {
            if (h instanceof AuthEvent.SetupFault) {
                Draft d = draft(s, Ending.SETUP, h, 0);
                d.lines.removeIf(x -> x == h);
                d.lines.add(h);
                waiting.add(d, now);
                return;
            }
        }
    }

    private void hangUpAttempt(Session s) {
        AuthEvent.HungUp h = s.hungUp;
        Ending how = "timeout".equals(h.how()) ? Ending.TIMEOUT : Ending.LOST;
        Draft d = draft(s, how, h, 0);
        d.tell(s.ended());
        waiting.add(d, now);
        s.hungUp = null;
        s.failures++;
    }

    private void rejected(AuthEvent.Rejected e) {
        Session s = sessions.of(e, e.client(), now);
        for (int i = 0; i < e.origin().repeat(); i++) {
            Draft d = draft(s, Ending.REJECTED, e, i);
            named(d, e.client(), e.mechanism(), e.reason(), e.user());
            d.tell(s.ended());
            verifiers.joinTo(d);
            waiting.add(d, now);
            s.failures++;
        }
        s.helpers.clear();
    }

    private void aborted(AuthEvent.Aborted e) {
        Session s = sessions.of(e, e.client(), now);
        for (int i = 0; i < e.origin().repeat(); i++) {
            Draft d = draft(s, Ending.ABORTED, e, i);
            named(d, e.client(), e.mechanism(), null, null);
            d.tell(s.ended());
            waiting.add(d, now);
            s.failures++;
        }
        s.helpers.clear();
    }

    private void accepted(AuthEvent.Accepted e) {
        Session s = sessions.of(e, e.client(), now);
        if (!s.accepted) {
            s.accepted = true;
            Draft d = draft(s, Ending.ACCEPTED, e, 0);
            named(d, e.client(), e.mechanism(), null, e.user());
            d.tell(s.answered(true));
            requests.joinTo(d, s.first);
            waiting.add(d, now);
            if (s.client == null) {
                s.client = e.client();
            }
        }
        s.helpers.clear();
    }

    private void hungUp(AuthEvent.HungUp e) {
        if ("AUTH".equals(e.stage()) && "errors".equals(e.how())) {
            // The server had enough: what the client still wanted was not looked at, and no counter holds it.
            Session s = sessions.of(e, now);
            Draft d = draft(s, Ending.LOST, e, 0);
            named(d, e.client(), null, null, null);
            waiting.add(d, now);
        } else if ("AUTH".equals(e.stage())) {
            Session s = sessions.of(e, now);
            s.hungUp = e;
            if (s.client == null) {
                s.client = e.client();
            }
        } else {
            Session s = sessions.find(e);
            if (s != null && s.failures > 0) {
                s.touch(e, now);
                waiting.append(e);
            }
        }
    }

    private void refused(AuthEvent.Refused e) {
        Session s = sessions.of(e, e.client(), now);
        if (e.origin().text().contains("onnection") && !Service.mustLogIn(e.service(), e.origin().tag())) {
            // Too many connections to port 25 say nothing of a login.
            return;
        }
        for (int i = 0; i < e.origin().repeat(); i++) {
            Draft d = draft(s, Ending.RATE_LIMITED, e, i);
            named(d, e.client(), null, null, null);
            d.tell(s.ended());
            waiting.add(d, now);
            s.failures++;
        }
    }

    private void relayDenied(AuthEvent.RelayDenied e) {
        Session s = sessions.of(e, e.client(), now);
        for (int i = 0; i < e.origin().repeat(); i++) {
            Draft d = draft(s, Ending.RELAY_DENIED, e, i);
            d.action = "relay-denied";
            named(d, e.client(), null, null, null);
            waiting.add(d, now);
        }
    }

    private void senderDenied(AuthEvent.SenderDenied e) {
        Session s = sessions.of(e, e.client(), now);
        if (!s.senderDenied) {
            s.senderDenied = true;
            Draft d = draft(s, Ending.SENDER_DENIED, e, 0);
            named(d, e.client(), null, null, e.user());
            waiting.add(d, now);
        }
    }

    private void tlsFailed(AuthEvent.TlsFailed e) {
        if (Service.mustLogIn(null, e.origin().tag())) {
            Session s = sessions.of(e, now);
            Draft d = draft(s, Ending.TLS_FAILED, e, 0);
            d.action = "tls-handshake";
            named(d, e.client(), null, null, null);
            waiting.add(d, now);
        }
    }

    private void trace(AuthEvent.Trace e) {
        if (e.origin().pid() >= 0) {
            if (!sessions.of(e, now).say(e, limits, forgotten)) {
                waiting.append(e);
            }
        }
    }

    private void helper(AuthEvent e) {
        Session s = sessions.of(e, now);
        if (limits.room(s.helpers, e)) {
            s.helpers.add(e);
        } else {
            forgotten.accept(e);
        }
    }

    private void setup(AuthEvent.SetupFault e) {
        String dead = e.origin().field("process.id");
        if (dead != null || e.origin().tag().endsWith("/master")) {
            waiting.appendToSetup(dead, e);
            return;
        }
        String text = e.origin().text();
        if (text.startsWith("fatal: ") || text.startsWith("panic: ")) {
            Draft d = draft(sessions.of(e, now), Ending.SETUP, e, 0);
            waiting.add(d, now);
            sessions.remove(e);
        } else {
            helper(e);
        }
    }

    private void login(AuthEvent.Login e) {
        for (int i = 0; i < e.origin().repeat(); i++) {
            Draft d = new Draft(e.accepted() ? Ending.ACCEPTED : Ending.REJECTED, e.origin(), i);
            d.lines.add(e);
            d.action = Service.action(e.service(), e.origin().tag());
            named(d, e.client(), e.mechanism(), e.reason(), e.user());
            if (!e.accepted()) {
                verifiers.joinTo(d);
            }
            waiting.add(d, now);
        }
    }

    private void join(Verification group) {
        if (group != null) {
            waiting.join(group);
        }
    }

    private Draft draft(Session s, Ending ending, AuthEvent outcome, int nth) {
        Draft d = new Draft(ending, outcome.origin(), nth);
        if (ending != Ending.ACCEPTED && (ending != Ending.SILENT || nth == 1)) {
            d.lines.addAll(s.helpers);
        }
        if (s.offered != null) {
            d.lines.add(s.offered);
        }
        d.lines.add(outcome);
        d.client = s.client;
        d.began = s.first;
        d.started = started.of(outcome.origin());
        if (ending == Ending.SETUP) {
            d.action = "service-setup";
        }
        return d;
    }

    private static void named(Draft d, Client client, String mechanism, String reason, String login) {
        if (client != null) {
            d.client = client;
        }
        d.mechanism = mechanism;
        d.reason = reason;
        d.login = login;
    }

    /** What is kept now, for tests and for the ledger. */
    public Collection<Integer> sizes() {
        return List.of(sessions.size(), started.size(), waiting.size(), verifiers.size() + requests.size());
    }

    /** Upper bound of the memory that the lines take which are kept now. */
    long bytes() {
        return room.bytes();
    }
}
