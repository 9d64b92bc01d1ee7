package saslscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import saslscope.definition.DefinitionException;
import saslscope.export.DocumentWriter;
import saslscope.export.JsonLines;
import saslscope.export.Shape;
import saslscope.flow.Flow;
import saslscope.flow.Ledger;
import saslscope.flow.Resume;
import saslscope.flow.Sink;
import saslscope.incident.Incident;
import saslscope.live.LiveView;
import saslscope.live.Summary;
import saslscope.live.Tallies;
import saslscope.source.Discovery;
import saslscope.source.JournalStream;
import saslscope.source.Position;
import saslscope.source.Start;
import saslscope.source.Wildcard;

/** Follows logs and shows what happens. */
final class Following {
    /** In this order; the first that exists is taken. */
    static final List<String> USUAL = List.of("/var/log/maillog", "/var/log/mail.log", "/var/log/all.log");
    private static final Duration STILL = Duration.ofMinutes(5);

    /** Files that are open at a time, should wildcards match more. */
    private static final int MOST_LOGS = 200;

    private final Session session;
    private final FollowCommand options;

    Following(Session session, FollowCommand options) {
        this.session = session;
        this.options = options;
    }

    int run() throws DefinitionException, IOException {
        int lines = Numbers.of("--lines", options.lines, -1);
        if (lines >= 0 && options.fromStart) {
            throw new Refusal("--lines and --from-start contradict each other; choose one");
        }
        return follow(files(), lines);
    }

    private int follow(List<String> files, int lines) throws DefinitionException, IOException {
        Plan plan = session.plan();
        Plan.Output output = plan.output() == null ? Plan.Output.TEXT : plan.output();
        Tallies tallies = new Tallies();
        List<Sink> shown = new ArrayList<>(List.of(tallies));
        LiveView view = null;
        DocumentWriter writer = null;
        if (output == Plan.Output.TEXT) {
            session.definitions();
            view = new LiveView(session.out(), plan.look(), session::title, STILL, System::nanoTime, plan.quiet());
            shown.add(view);
        } else {
            writer = output == Plan.Output.JSONL ? new JsonLines(session.out()) : Shape.ATTEMPTS.csv(session.out());
            shown.add(new DocumentSink(writer, false, Analysis.within(plan)));
        }
        Round round = new Round(files, lines, shown, view);
        while (round.run()) {
            // Goes on where the last commit stopped, as after a crash: what was told already is known by its id.
            round.again = true;
        }
        if (view != null) {
            view.close();
            if (!plan.quiet()) {
                new Summary(plan.look(), session::title).lines(tallies, since(round.before, round.after)).forEach(session::say);
            }
        } else {
            writer.close();
        }
        return round.complete ? Exit.DONE : Exit.USAGE;
    }

    /**
     * Following until the end, or until reading is to begin anew from what is stored: the definitions are others, or the
     * index, which could not be written, can be.
     */
    private final class Round {
        private final List<String> files;
        private final int lines;
        private final List<Sink> shown;
        private final LiveView view;
        private boolean again;
        private boolean complete = true;
        /** The index was found to be damaged in the round before. */
        private boolean damaged;
        private final List<String> followed = new ArrayList<>();
        /** What was counted when the first round began, and when the last one ended. */
        private Ledger before;
        private Ledger after;

        Round(List<String> files, int lines, List<Sink> shown, LiveView view) {
            this.files = files;
            this.lines = lines;
            this.shown = shown;
            this.view = view;
        }

        /** True if another round is to follow. */
        boolean run() throws DefinitionException, IOException {
            Definitions definitions = session.definitions();
            Predicate<Instant> within = Analysis.within(session.plan());
            Retention.Bounds keep = options.retention.bounds();
            boolean begins = !again && (options.fromStart || lines >= 0);
            try (Storage storage = options.noIndex ? null : Storage.follow(session, keep, !files.contains("-"), !options.toEnd, damaged);
                 Inputs inputs = new Inputs(session, definitions, () -> { })) {
                Resume earlier = storage == null || begins ? Resume.NONE : storage.earlier();
                before = before == null ? earlier.ledger() : before;
                Predicate<String> known = storage == null ? id -> false : storage::knows;
                Flow flow = new Flow(definitions.patterns(), definitions.causes(),
                    session.diagnoser(options.host.facts(session, options.hostRoot, session.surroundings().host())),
                    new Flow.Setup(a -> within.test(a.origin().time().toInstant()), known, earlier, inputs::broken, u -> { }), sinks(shown, storage));
                if (storage != null) {
                    storage.follows(flow::resume);
                    // What is read once more from the start would count twice.
                    List<Incident> open = begins ? List.of() : storage.open();
                    flow.restore(open);
                    if (!begins) {
                        storage.remember(flow);
                    }
                    if (view != null && !again) {
                        view.begin(open);
                    }
                }
                open(flow, inputs, earlier, storage);
                if (storage != null) {
                    storage.begin();
                }
                boolean another = follow(flow, inputs, storage);
                damaged = storage != null && storage.damaged();
                inputs.report(definitions.patterns(), since(earlier.ledger(), flow.ledger()));
                complete &= inputs.complete();
                after = flow.ledger();
                return another;
            }
        }

        private void open(Flow flow, Inputs inputs, Resume earlier, Storage storage) {
            Start otherwise = storage != null && storage.renewed() ? new Start.Oldest() : new Start.End();
            followed.clear();
            for (String file : files) {
                if (!Wildcard.in(file)) {
                    follow(flow, inputs, file, start(file, earlier, otherwise), earlier);
                    continue;
                }
                flow.expectMore();
                List<String> logs = Wildcard.logs(file);
                // What came while nobody looked is new as well.
                boolean before = logs.stream().anyMatch(l -> position(l, earlier.from()) != null);
                for (String log : logs) {
                    follow(flow, inputs, log, start(log, earlier, before ? new Start.Beginning() : otherwise), earlier);
                }
                if (logs.isEmpty() && !again) {
                    session.hint(Shown.of(file) + ": matches no log yet; waiting for one to appear");
                }
            }
            if (options.journal) {
                inputs.journal(flow, new Journal(List.of("journalctl")), !options.toEnd,
                    start(JournalStream.NAME, earlier, otherwise), counted(JournalStream.NAME, earlier));
            }
            if (!again && !session.plan().quiet() && !files.equals(List.of("-"))) {
                session.note("following " + String.join(", ", named(files))
                    + (storage == null ? "" : ", storing in " + Shown.of(session.plan().index().toString())));
            }
        }

        private void follow(Flow flow, Inputs inputs, String file, Start start, Resume earlier) {
            if (isNew(file)) {
                followed.add(file);
                inputs.follow(flow, file, start, counted(file, earlier));
            }
        }

        /** Whether no other name leads to the same log. */
        private boolean isNew(String file) {
            return followed.size() < MOST_LOGS && !followed.contains(file) && followed.stream().noneMatch(f -> same(f, file));
        }

        /** Follows logs that match by now. */
        private void look(Flow flow, Inputs inputs) {
            for (String pattern : files) {
                if (Wildcard.in(pattern)) {
                    for (String log : Wildcard.logs(pattern)) {
                        if (isNew(log)) {
                            follow(flow, inputs, log, new Start.Beginning(), Resume.NONE);
                            session.hint("following " + Shown.of(log) + " too");
                        }
                    }
                }
            }
        }

        private Start start(String file, Resume earlier, Start otherwise) {
            if (!again && options.fromStart) {
                return new Start.Beginning();
            }
            if (!again && lines >= 0) {
                return new Start.LastLines(lines);
            }
            Position from = position(file, earlier.from());
            return from != null ? new Start.At(from) : otherwise;
        }

        private boolean follow(Flow flow, Inputs inputs, Storage storage) {
            BooleanSupplier stop = session.surroundings().stop();
            AtomicBoolean end = new AtomicBoolean();
            AtomicBoolean reloaded = new AtomicBoolean();
            boolean toEnd = options.toEnd && !files.contains("-");
            Pulse pulse = new Pulse(inputs::read, System::nanoTime, nanos -> {
                if (!stop.getAsBoolean()) {
                    LockSupport.parkNanos(nanos);
                }
            });
            flow.run(() -> stop.getAsBoolean() || end.get() || reloaded.get() || storage != null && storage.mended(), new Flow.Idle() {
                @Override
                public Flow.Due await() {
                    requests();
                    if (toEnd && !inputs.journalComes()) {
                        // What there is is told in one go, however long it took to read.
                        end.set(true);
                        return Flow.Due.NOTHING;
                    }
                    Flow.Due due = pulse.await();
                    if (due == Flow.Due.STORE) {
                        look(flow, inputs);
                    }
                    return due;
                }

                @Override
                public boolean storesMeanwhile() {
                    requests();
                    return pulse.storesMeanwhile();
                }

                private void requests() {
                    if (session.surroundings().requests().takeCounts()) {
                        session.note("lines: " + Summary.account(flow.ledger()));
                    }
                    if (session.surroundings().requests().takeReload()) {
                        reloaded.set(reload(storage));
                    }
                }
            });
            return !stop.getAsBoolean() && (reloaded.get() || storage != null && storage.mended());
        }

        /** Reads settings and definitions anew; true if they are good and are to be used. */
        private boolean reload(Storage storage) {
            if (storage == null || files.contains("-")) {
                session.note("SIGHUP: standard input and --no-index leave nothing to go on from; start again to use other settings and definitions");
                return false;
            }
            try {
                Session.Given given = session.given();
                FollowCommand next = (FollowCommand) given.task();
                if (!given.plan().index().equals(session.plan().index())) {
                    throw new Refusal("another index takes a restart");
                }
                next.retention.bounds();
                next.host.facts(session, next.hostRoot, session.surroundings().host());
                session.reload(given.plan());
                options.retention = next.retention;
                options.host = next.host;
                options.hostRoot = next.hostRoot;
                session.note("SIGHUP: settings and definitions loaded anew");
                return true;
            } catch (Refusal e) {
                session.note("SIGHUP: the settings have errors, the old ones stay in use: " + Shown.of(e.getMessage()));
                return false;
            } catch (DefinitionException e) {
                session.note("SIGHUP: the definitions have errors, the old ones stay in use; 'saslscope patterns lint' shows all of them: "
                    + Shown.of(e.problems().getFirst().toString().lines().findFirst().orElse("")));
                return false;
            }
        }
    }

    /** What this run counted. */
    private static Ledger since(Ledger before, Ledger now) {
        return new Ledger(now.read() - before.read(), now.matched() - before.matched(), now.irrelevant() - before.irrelevant(),
            now.unrecognised() - before.unrecognised(), now.unreadable() - before.unreadable(), now.cut() - before.cut(),
            now.bytes() - before.bytes(), now.letGo() - before.letGo());
    }

    private static List<Sink> sinks(List<Sink> shown, Storage storage) {
        List<Sink> all = new ArrayList<>();
        if (storage != null) {
            // First: what is shown is stored.
            all.add(storage);
        }
        all.addAll(shown);
        return all;
    }

    private List<String> named(List<String> files) {
        List<String> names = new ArrayList<>(files.stream().map(Shown::of).toList());
        if (options.journal) {
            names.add("the journal");
        }
        return names;
    }

    /** The files to follow; none if the journal is to be read instead. */
    private List<String> files() {
        if (!options.files.isEmpty() || options.journal) {
            for (String file : options.files) {
                if (!file.equals("-") && Files.isDirectory(Path.of(file))) {
                    throw new Refusal(Shown.of(file) + ": is a directory; name the log in it, or use 'saslscope analyze' for all of them");
                }
            }
            return options.files.stream().distinct().toList();
        }
        if (!session.surroundings().inTty()) {
            return List.of("-");
        }
        List<String> usual = USUAL.stream().filter(f -> Files.exists(Path.of(f))).limit(1).toList();
        options.journal = usual.isEmpty();
        return usual;
    }

    private static boolean same(String a, String b) {
        try {
            return !a.equals("-") && !b.equals("-") && Files.isSameFile(Path.of(a), Path.of(b));
        } catch (IOException e) {
            return false;
        }
    }

    private static Position counted(String file, Resume earlier) {
        Position counted = position(file, earlier.from()) == null ? null : position(file, earlier.counted());
        // Of a log that had no line yet nothing was counted.
        return counted == null || counted.file().fingerprint() == 0 ? null : counted;
    }

    private static Position position(String file, List<Position> positions) {
        // A pipe has no position that means anything later.
        return file.equals("-") ? null : positions.stream().filter(p -> p.file().path().startsWith(JournalStream.NAME)
            ? file.equals(JournalStream.NAME) : Discovery.isPartOf(p.file().path(), file)).findFirst().orElse(null);
    }
}
