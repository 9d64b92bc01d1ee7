package saslscope.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import saslscope.attempt.Attempt;
import saslscope.attempt.JoinLimits;
import saslscope.attempt.Joiner;
import saslscope.attempt.ProcessKey;
import saslscope.diagnosis.Causes;
import saslscope.diagnosis.Diagnoser;
import saslscope.event.AuthEvent;
import saslscope.event.Events;
import saslscope.event.Origin;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;
import saslscope.pattern.Dialogues;
import saslscope.pattern.Match;
import saslscope.pattern.PatternSet;
import saslscope.pattern.Recognition;
import saslscope.source.LineStream;
import saslscope.source.LogFile;
import saslscope.source.Position;
import saslscope.syslog.Sample;
import saslscope.syslog.SyslogParser;
import saslscope.syslog.SyslogRecord;

/**
 * Lines in, attempts and incidents out. Called from one thread. Whole logs are read ahead on threads of their own, and diagnosed on
 * another one, on which the sinks are called then; it stands still while they pause or store.
 */
public final class Flow {
    /** How many records go by before sinks may store what they hold, while input does not pause by itself. */
    private static final int BATCH = 100_000;
    /** How many records go by before it is asked whether it is time to store although there is more to read. */
    private static final int LOOK = 1_000;

    private final PatternSet patterns;
    private final Dialogues dialogues = new Dialogues();
    private final Setup setup;
    private final Joiner joiner;
    private final Openings openings;
    private final Verdicts verdicts;
    /** In which everything that is asked of the verdicts is done. */
    private final InOrder order = new InOrder();
    /** What of the lines that an earlier run has counted is to be looked at again, by log and process. */
    private final Map<Process, Long> again = new HashMap<>();
    private final List<Feed> feeds = new ArrayList<>();
    private final Map<LogFile, Feed> byFile = new HashMap<>();
    /** Of the last line that was counted. */
    private LogFile latest;
    private long matched;
    private long unrecognised;
    private long letGo;
    private int sincePause;
    /** Whether the line looked at now was counted by an earlier run. */
    private boolean repeating;
    private boolean moreToCome;

    /**
     * What a run may differ in.
     *
     * @param within   attempts outside are not handed out ({@code --since}, {@code --until})
     * @param known    whether an attempt with that id was handed out and stored by an earlier run
     * @param earlier  where that run stopped
     * @param broken   takes what kept a log from being read on; the others are still read
     * @param unknown  takes lines about authentication that no pattern knows, secrets masked
     */
    public record Setup(Predicate<Attempt> within, Predicate<String> known, Resume earlier,
                        Consumer<String> broken, Consumer<Recognition.Unrecognised> unknown) {
        /** Everything, from the start. */
        public static final Setup PLAIN = new Setup(a -> true, id -> false, Resume.NONE, text -> { }, u -> { });
    }

    private record Process(long log, ProcessKey key) {
    }

    /** What it is time for. */
    public enum Due {
        NOTHING,
        /** A tick has passed: other processes have logged what they had to say of attempts that waited through it. */
        TICK,
        /** Also time to store. */
        STORE
    }

    /** Waits for input, and knows the time. */
    public interface Idle {
        /** Waits until there may be something to read, and says what it is time for. */
        Due await();

        /**
         * Asked now and then while there is always more to read: true if it is time to store. A run that is killed again and
         * again while it catches up must come further each time.
         */
        default boolean storesMeanwhile() {
            return false;
        }
    }

    /**
     * @param sinks called in this order
     */
    public Flow(PatternSet patterns, Causes causes, Diagnoser diagnoser, Setup setup, List<Sink> sinks) {
        this.patterns = patterns;
        this.setup = setup;
        this.verdicts = new Verdicts(causes, diagnoser, setup, sinks);
        this.openings = new Openings(patterns);
        setup.earlier().underWay().forEach(u -> again.put(new Process(u.file().fingerprint(), u.process()), u.offset()));
        this.joiner = new Joiner(JoinLimits.DEFAULT, this::told, this::attempt, this::again, this::letGo);
    }

    /** An attempt that an earlier run saw: evidence about those to come. To be called oldest first, after {@link #restore}. */
    public void remember(DiagnosedAttempt earlier) {
        verdicts.remember(earlier);
    }

    /** The same for an event. */
    public void remember(AuthEvent earlier) {
        switch (earlier) {
            case AuthEvent.ServiceChanged e -> verdicts.changed(e);
            case AuthEvent.ProcessStart e -> joiner.remember(e);
            case AuthEvent.RelayFailed e -> {
                if (setup.earlier().underWay().stream().noneMatch(u -> u.offset() <= e.origin().byteOffset() && u.file().path().equals(e.origin().file().path())
                    && u.process().equals(new ProcessKey(e.origin().host(), e.origin().tag(), e.origin().pid())))) {
                    joiner.remember(e);
                }
            }
            default -> { }
        }
    }

    /** Goes on with incidents of an earlier run. */
    public void restore(List<Incident> open) {
        verdicts.restore(open);
    }

    /**
     * Adds a log.
     *
     * @param parser  a parser of its own
     * @param samples lines from all over a file, for the year of stamps that carry none; empty lists will do
     * @param counted how far an earlier run counted this log; null if none did, or if its files are gone
     */
    public void add(LineStream stream, SyslogParser parser, Function<LogFile, List<Sample>> samples, Position counted) {
        feeds.add(new Feed(stream, parser, samples, counted));
    }

    /** Logs may be added while waiting for input: that all have ended is not the end. */
    public void expectMore() {
        moreToCome = true;
    }

    /** Adds a whole log, which ends; it is read on a thread of its own. */
    public void addWhole(LineStream stream, SyslogParser parser, Function<LogFile, List<Sample>> samples) {
        feeds.add(new Feed(stream, new ReadAhead(stream, parser, samples, patterns, openings)));
    }

    /**
     * Runs until every log has ended or {@code stop} says so.
     *
     * @param stop asked between records
     * @param idle called when there is nothing to read now
     * @return true if every log was read to its end
     */
    public boolean run(BooleanSupplier stop, Idle idle) {
        if (!moreToCome && feeds.stream().allMatch(Feed::whole)) {
            order.behind();
        }
        try {
            return read(stop, idle);
        } finally {
            order.end();
        }
    }

    private boolean read(BooleanSupplier stop, Idle idle) {
        while (!stop.getAsBoolean()) {
            Feed next = next();
            if (next != null) {
                SyslogRecord r = next.head;
                next.head = null;
                record(next, r, next.role == null ? openings.role(r) : next.role);
                if (++sincePause >= BATCH || sincePause % LOOK == 0 && idle.storesMeanwhile()) {
                    pause(true);
                    store(false);
                }
            } else if (!moreToCome && feeds.stream().allMatch(f -> f.broken || f.ended())) {
                joiner.drain();
                pause(true);
                store(true);
                return true;
            } else {
                Due due = idle.await();
                if (due != Due.NOTHING) {
                    joiner.tick();
                    pause(due == Due.STORE);
                }
                if (due == Due.STORE) {
                    store(false);
                }
            }
        }
        feeds.forEach(Feed::abandon);
        joiner.settle();
        pause(true);
        store(true);
        return false;
    }

    /** The log whose next record is the oldest; the first given of equally old ones. */
    private Feed next() {
        Feed oldest = null;
        for (Feed f : feeds) {
            if (f.head == null && !f.broken) {
                try {
                    f.fill();
                } catch (IOException e) {
                    f.broken = true;
                    setup.broken().accept(e.getMessage());
                }
            }
            if (f.head != null && (oldest == null || f.head.micros() < oldest.head.micros())) {
                oldest = f;
            }
        }
        return oldest;
    }

    private void record(Feed from, SyslogRecord r, Openings.Role role) {
        if (role == Openings.Role.OPENS && !joiner.follows(r.host(), r.tag(), r.pid())) {
            count(from, r);
            openings.hold(r);
            return;
        }
        if (role == Openings.Role.ENDS_PLAINLY && openings.forget(r)) {
            count(from, r);
            return;
        }
        switch (from.recognition != null ? from.recognition : patterns.recognise(r)) {
            case Match m -> {
                SyslogRecord opening = openings.opening(r);
                repeating = from.repeats(r.line().file(), r.line().offset());
                if (repeating && over(r)) {
                    repeating = false;
                    return;
                }
                if (opening != null && patterns.recognise(opening) instanceof Match first) {
                    event(first, null);
                }
                count(from, r);
                event(m, from.event);
                repeating = false;
            }
            case Recognition.Irrelevant i -> { }
            case Recognition.Unrecognised u -> {
                if (!from.repeats(r.line().file(), r.line().offset())) {
                    unrecognised++;
                    setup.unknown().accept(u);
                }
            }
        }
    }

    /** Whether an earlier run has told what this line, which it has counted, is about. */
    private boolean over(SyslogRecord r) {
        Long first = again.get(new Process(r.line().file().fingerprint(), new ProcessKey(r.host(), r.tag(), r.pid())));
        return first == null || r.line().offset() < first;
    }

    private void count(Feed from, SyslogRecord r) {
        matched += from.repeats(r.line().file(), r.line().offset()) ? 0 : 1;
        LogFile file = r.line().file();
        if (file != latest) {
            latest = file;
            byFile.putIfAbsent(file, from);
        }
    }

    /** @param made the event of the match, if it was made ahead; what a dialogue tells is not in it */
    private void event(Match m, AuthEvent made) {
        Match told = dialogues.follow(m);
        AuthEvent e = told == m && made != null ? made : Events.of(told);
        if (e != null) {
            order.add(new Told(verdicts, e));
            joiner.event(e);
        }
    }

    /** Whether an earlier run has handed out the nth attempt of that line: it has seen what completes it, and did not let it wait. */
    private boolean told(Origin o, int nth) {
        return repeating && !setup.earlier().waiting().contains(o.id(nth));
    }

    private void attempt(Attempt a) {
        Feed from = byFile.get(a.origin().file());
        boolean repeats = from != null && from.repeats(a.origin());
        order.add(new Joined(verdicts, a, repeats));
    }

    /** An event on its way to the sinks. A record and no lambda: see docs/RATIONALE.md, "Why are there so few lambdas where attempts pass?". */
    private record Told(Verdicts to, AuthEvent event) implements Runnable {
        @Override
        public void run() {
            to.event(event);
        }
    }

    /** An attempt on its way to its diagnosis. */
    private record Joined(Verdicts to, Attempt attempt, boolean repeats) implements Runnable {
        @Override
        public void run() {
            to.attempt(attempt, repeats);
        }
    }

    private void letGo(AuthEvent e) {
        Feed from = byFile.get(e.origin().file());
        letGo += from != null && from.repeats(e.origin()) ? 0 : 1;
    }

    /** A line of another process came after its attempt was handed out. */
    private void again(Attempt a) {
        order.add(() -> verdicts.again(a));
    }

    /** @param changes whether incidents that changed are told: each time anew, so not ten times a second; new ones are told at once */
    private void pause(boolean changes) {
        sincePause = 0;
        order.catchUp();
        if (changes) {
            verdicts.changes();
        }
        verdicts.pause();
    }

    private void store(boolean last) {
        order.catchUp();
        verdicts.store(last);
    }

    /** What was counted so far, earlier runs included. */
    public Ledger ledger() {
        long read = 0;
        long cut = 0;
        long bytes = 0;
        long unreadable = 0;
        for (Feed f : feeds) {
            read += f.fresh();
            cut += f.tally().cut();
            bytes += f.tally().bytes();
            unreadable += f.unreadable;
            // A record that was read but not yet looked at.
            read -= f.head == null ? 0 : 1;
        }
        return setup.earlier().ledger().plus(
            new Ledger(read, matched, read - matched - unrecognised - unreadable, unrecognised, unreadable, cut, bytes, letGo));
    }

    /** From where a later run must go on. */
    public Resume resume() {
        Map<LogFile, Position> low = new HashMap<>();
        List<Resume.UnderWay> underWay = new ArrayList<>();
        for (Origin o : joiner.underWay()) {
            underWay.add(new Resume.UnderWay(o.file(), new ProcessKey(o.host(), o.tag(), o.pid()), o.byteOffset()));
            lower(low, new Position(o.file(), o.byteOffset(), o.number()));
        }
        openings.forEach(r -> lower(low, new Position(r.line().file(), r.line().offset(), r.line().number())));
        List<Position> from = new ArrayList<>();
        List<Position> counted = new ArrayList<>();
        for (Feed f : feeds) {
            Position at = f.stream.position();
            if (at == null) {
                continue;
            }
            if (f.head != null) {
                at = new Position(f.head.line().file(), f.head.line().offset(), f.head.line().number());
            }
            Position start = at;
            for (Position p : low.values()) {
                if (byFile.get(p.file()) == f) {
                    boolean older = !p.file().equals(start.file()) && start.file().equals(at.file());
                    if (older || p.file().equals(start.file()) && p.offset() < start.offset()) {
                        start = p;
                    }
                }
            }
            from.add(start);
            counted.add(at);
        }
        return new Resume(from, counted, underWay, Set.copyOf(joiner.waiting()), ledger());
    }

    private static void lower(Map<LogFile, Position> low, Position p) {
        low.merge(p.file(), p, (a, b) -> a.offset() <= b.offset() ? a : b);
    }
}
