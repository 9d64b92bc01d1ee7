package saslscope.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import saslscope.definition.DefinitionException;
import saslscope.definition.Nearest;
import saslscope.diagnosis.Cause;
import saslscope.export.DocumentWriter;
import saslscope.export.JsonLines;
import saslscope.export.Shape;
import saslscope.flow.Flow;
import saslscope.flow.Resume;
import saslscope.flow.Sink;
import saslscope.live.Summary;
import saslscope.live.Tallies;

/** Reads whole logs once, and shows what was found. */
final class Analysis {
    private static final String UNKNOWN = "unknown";

    private final Session session;
    private final AnalyzeCommand options;
    private final Tallies tallies = new Tallies();

    Analysis(Session session, AnalyzeCommand options) {
        this.session = session;
        this.options = options;
    }

    int run() throws DefinitionException, IOException {
        if (options.files.isEmpty()) {
            throw new Refusal("analyze: FILE is missing; name a log, or - for standard input");
        }
        Plan plan = session.plan();
        Plan.Output output = plan.output() == null ? options.events ? Plan.Output.JSONL : Plan.Output.TEXT : plan.output();
        if (options.events && output == Plan.Output.TEXT) {
            throw new Refusal("--events makes one line an event; choose --output=jsonl or --output=csv");
        }
        Definitions definitions = session.definitions();
        List<String> failOn = failOn(definitions);
        List<Sink> sinks = new ArrayList<>(List.of(tallies));
        DocumentWriter writer = switch (output) {
            case TEXT -> null;
            case JSONL -> new JsonLines(session.out());
            case CSV -> (options.events ? Shape.EVENTS : Shape.ATTEMPTS).csv(session.out());
        };
        Predicate<Instant> within = within(plan);
        if (writer != null) {
            sinks.add(new DocumentSink(writer, options.events, within));
        }
        Progress progress = new Progress(session.err(), System::nanoTime);
        boolean shows = plan.errLook().inPlace() && !plan.quiet();
        try (Storage storage = options.store ? Storage.open(session, options.retention.bounds()) : null;
             Inputs inputs = new Inputs(session, definitions, shows ? progress : () -> { })) {
            if (storage != null) {
                sinks.add(storage);
            }
            Flow flow = new Flow(definitions.patterns(), definitions.causes(),
                session.diagnoser(options.host.facts(session, options.hostRoot, null)),
                new Flow.Setup(a -> within.test(a.origin().time().toInstant()), id -> false, Resume.NONE,
                    inputs::broken, u -> { }), sinks);
            inputs.read(flow, options.files);
            progress.watch(inputs.streams());
            if (inputs.streams().isEmpty()) {
                // What is wrong with each was told.
                return Exit.USAGE;
            }
            flow.run(session.surroundings().stop(), () -> Flow.Due.NOTHING);
            progress.clear();
            inputs.report(definitions.patterns(), flow.ledger());
            if (writer != null) {
                writer.close();
            } else {
                text(flow, definitions);
            }
            return inputs.complete() ? failed(failOn) ? Exit.NO : Exit.DONE : Exit.USAGE;
        }
    }

    private void text(Flow flow, Definitions definitions) {
        new Findings(session, definitions).blocks(tallies);
        new Summary(session.plan().look(), definitions::title).lines(tallies, flow.ledger()).forEach(session::say);
        if (flow.ledger().unrecognised() > 0) {
            session.hint("some lines about authentication are not known yet: 'saslscope patterns unmatched FILE' shows them");
        }
    }

    static Predicate<Instant> within(Plan plan) {
        return t -> (plan.since() == null || !t.isBefore(plan.since())) && (plan.until() == null || t.isBefore(plan.until()));
    }

    private List<String> failOn(Definitions definitions) {
        List<String> known = definitions.causes().all().stream().map(Cause::code).collect(Collectors.toCollection(ArrayList::new));
        known.add("any");
        known.add(UNKNOWN);
        List<String> wanted = options.failOn.stream().map(String::strip).filter(c -> !c.isEmpty()).toList();
        for (String cause : wanted) {
            if (!known.contains(cause)) {
                String near = Nearest.to(cause, known);
                throw new Refusal("--fail-on=" + Shown.of(cause) + ": no such cause; "
                    + (near.isEmpty() ? "write any, or codes of causes with commas between" : "did you mean " + near + "?"));
            }
        }
        return wanted;
    }

    private boolean failed(List<String> failOn) {
        Map<String, Long> causes = tallies.failuresByCause();
        return failOn.contains("any") && tallies.failures() > 0 || failOn.stream().anyMatch(causes::containsKey);
    }
}
