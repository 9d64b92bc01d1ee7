package saslscope.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
import saslscope.attempt.ProcessKey;
import saslscope.definition.DefinitionException;
import saslscope.diagnosis.Diagnoser;
import saslscope.diagnosis.HostFacts;
import saslscope.event.AuthEvent;
import saslscope.event.Client;
import saslscope.event.Origin;
import saslscope.flow.Flow;
import saslscope.flow.Sink;
import saslscope.incident.DiagnosedAttempt;
import saslscope.probe.Login;
import saslscope.probe.Trial;
import saslscope.source.Start;

/** Finds in the logs what a trial caused: reads what is appended while it goes on, and a little longer. */
final class Caused {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(3);
    /** Other processes write their lines a moment later; the joiner waits for them about as long. */
    private static final long AFTER = TimeUnit.MILLISECONDS.toNanos(400);
    private static final int MOST = 5_000;
    /** syslog's stamps have whole seconds, and it may have been a moment before. */
    private static final long SLACK = 2_000_000;

    private final Session session;
    private final List<String> logs;
    private final boolean journal;
    private final HostFacts host;
    private final boolean here;
    private final Login login;
    /** The same for all trials: that a user got in another way speaks about the next one. Null until it is needed. */
    private Diagnoser diagnoser;

    /**
     * @param trial   what was tried
     * @param attempt what the log says of it; null if nothing
     * @param lines   its lines, in the order of the log
     */
    record Found(Trial trial, DiagnosedAttempt attempt, List<Origin> lines) {
    }

    /**
     * @param logs    may be empty
     * @param journal beside them
     * @param here    the server is this host, so it has the same clock and sees our address as we do
     */
    Caused(Session session, List<String> logs, boolean journal, HostFacts host, boolean here, Login login) {
        this.session = session;
        this.logs = logs;
        this.journal = journal;
        this.host = host;
        this.here = here;
        this.login = login;
    }

    boolean reads() {
        return journal || !logs.isEmpty();
    }

    /** Makes the trial while the logs are followed. */
    Found watch(Supplier<Trial> trying) throws DefinitionException, IOException {
        if (!reads()) {
            return new Found(trying.get(), null, List.of());
        }
        Definitions definitions = session.definitions();
        diagnoser = diagnoser == null ? session.diagnoser(host) : diagnoser;
        Watching watching = new Watching(trying);
        try (Inputs inputs = new Inputs(session, definitions, () -> { })) {
            Flow flow = new Flow(definitions.patterns(), definitions.causes(), diagnoser, Flow.Setup.PLAIN, List.of(watching));
            logs.forEach(log -> inputs.follow(flow, log, new Start.End(), null));
            if (journal) {
                // It takes a moment to start, and could miss what is written meanwhile; older lines are told apart by their time.
                inputs.journal(flow, new Journal(List.of("journalctl")), true, new Start.LastLines(50), null);
            }
            Pulse pulse = new Pulse(inputs::read, System::nanoTime, LockSupport::parkNanos);
            flow.run(watching::over, () -> watching.tried() ? pulse.await() : watching.begin());
            inputs.report(definitions.patterns(), flow.ledger());
        }
        return watching.found();
    }

    private final class Watching implements Sink {
        private final Supplier<Trial> trying;
        private Trial trial;
        private long until;
        private final List<DiagnosedAttempt> attempts = new ArrayList<>();
        private final List<Lines> sessions = new ArrayList<>();
        private final Map<ProcessKey, Lines> open = new HashMap<>();
        private int events;

        Watching(Supplier<Trial> trying) {
            this.trying = trying;
        }

        boolean tried() {
            return trial != null;
        }

        /** Comes when all that was in the logs before is read. */
        Flow.Due begin() {
            attempts.clear();
            sessions.clear();
            open.clear();
            trial = trying.get();
            until = System.nanoTime() + LONGEST;
            return Flow.Due.NOTHING;
        }

        boolean over() {
            return session.surroundings().stop().getAsBoolean() || trial != null && System.nanoTime() - until > 0;
        }

        @Override
        public void attempt(DiagnosedAttempt attempt) {
            if (attempts.size() < MOST) {
                attempts.add(attempt);
            }
        }

        @Override
        public void revised(DiagnosedAttempt attempt) {
            attempts.replaceAll(a -> a.attempt().id().equals(attempt.attempt().id()) ? attempt : a);
        }

        @Override
        public void event(AuthEvent event) {
            if (++events > MOST) {
                return;
            }
            Origin o = event.origin();
            ProcessKey key = new ProcessKey(o.host(), o.tag(), o.pid());
            if (event instanceof AuthEvent.Connected c || !open.containsKey(key)) {
                Lines lines = new Lines(event instanceof AuthEvent.Connected c ? c.client() : null, new ArrayList<>());
                open.put(key, lines);
                sessions.add(lines);
            }
            open.get(key).origins().add(o);
            if (event instanceof AuthEvent.Disconnected d) {
                open.remove(key);
                if (trial != null && score(d.client()) > 0) {
                    until = Math.min(until, System.nanoTime() + AFTER);
                }
            }
        }

        Found found() {
            if (trial == null) {
                // Stopped before it began.
                return new Found(trying.get(), null, List.of());
            }
            DiagnosedAttempt best = attempts.stream().filter(a -> score(a.attempt()) > 0)
                .max(Comparator.comparingInt((DiagnosedAttempt a) -> score(a.attempt()))).orElse(null);
            Lines own = sessions.stream().filter(s -> best == null ? score(s.client()) > 0 : s.origins().contains(best.attempt().origin()))
                .findFirst().orElse(new Lines(null, List.of()));
            Map<String, Origin> lines = new LinkedHashMap<>();
            List<Origin> all = new ArrayList<>(own.origins());
            if (best != null) {
                best.attempt().lines().forEach(e -> all.add(e.origin()));
            }
            all.stream().sorted(Comparator.comparingLong(Origin::micros)).forEach(o -> lines.putIfAbsent(o.file().path() + ":" + o.byteOffset(), o));
            return new Found(trial, best, List.copyOf(lines.values()));
        }

        /** How well a client fits; below 0 it is somebody else, 0 says nothing. */
        private int score(Client c) {
            if (c == null || c.address() == null || trial.local() == null) {
                return 0;
            }
            boolean same = same(c.address(), trial.local().getAddress());
            if (c.port() >= 0 && same && c.port() != trial.local().getPort()) {
                return -1;
            }
            return same ? c.port() >= 0 ? 8 : 4 : here ? -1 : 0;
        }

        private int score(Attempt a) {
            if (a.outbound() || here && a.origin().micros() + SLACK < TimeUnit.MILLISECONDS.toMicros(trial.began().toEpochMilli())) {
                return 0;
            }
            if (a.ending() == Ending.SETUP) {
                // The service died of its set-up before it knew the client.
                return trial.outcome() == Trial.Outcome.NO_CONNECTION || trial.code() == 421 ? 1 : 0;
            }
            int client = score(a.client());
            String mechanism = trial.mechanism() == null ? null : trial.mechanism().text();
            boolean other = mechanism != null && a.mechanism() != null && !a.mechanism().equals(mechanism) || a.login() != null && !login(a.login());
            if (client < 0 || other) {
                return 0;
            }
            int named = (a.mechanism() != null && mechanism != null ? 1 : 0) + (a.login() != null ? 2 : 0);
            // Behind a gateway the server sees another address; then both name and mechanism must fit.
            return client > 0 ? client + named : named == 3 ? named : 0;
        }

        private boolean login(String logged) {
            String mine = login.name();
            String name = logged.toLowerCase(Locale.ROOT);
            return mine != null && (name.equals(mine.toLowerCase(Locale.ROOT)) || name.startsWith(mine.toLowerCase(Locale.ROOT) + "@"));
        }
    }

    /** The lines of one session of one process. */
    private record Lines(Client client, List<Origin> origins) {
    }

    private static boolean same(String logged, InetAddress local) {
        try {
            return logged.matches("[0-9A-Fa-f:.]{2,45}") && (logged.indexOf(':') >= 0 || logged.indexOf('.') >= 0) && InetAddress.getByName(logged).equals(local);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
