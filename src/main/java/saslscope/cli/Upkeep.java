package saslscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import saslscope.definition.DefinitionException;
import saslscope.definition.Problem;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Cause;
import saslscope.diagnosis.Diagnosis;
import saslscope.export.DocumentWriter;
import saslscope.export.JsonLines;
import saslscope.export.Shape;
import saslscope.flow.Flow;
import saslscope.flow.Resume;
import saslscope.incident.DiagnosedAttempt;
import saslscope.live.Printable;
import saslscope.pattern.EventKind;
import saslscope.pattern.PatternInfo;
import saslscope.pattern.Recognition;
import saslscope.pattern.Suggestions;

/** Looks after the definitions: lists, checks and tries them, and finds what they miss. */
final class Upkeep {
    /** Different kinds of unknown lines that are kept apart. */
    private static final int KINDS = 10_000;
    /** UTF-16 units of a line that are kept; one that somebody wrote a pattern for is shorter. */
    private static final int LONGEST = 2_000;

    private final Session session;

    Upkeep(Session session) {
        this.session = session;
    }

    int list() throws DefinitionException, IOException {
        List<PatternInfo> patterns = session.definitions().patterns().patterns();
        Plan.Output output = session.plan().output();
        if (output == null || output == Plan.Output.TEXT) {
            Table table = new Table(session.plan().look(), 44);
            patterns.forEach(p -> table.row(p.name(), event(p), String.join(" ", p.programs())));
            table.lines().forEach(session::say);
            return Exit.DONE;
        }
        List<String> columns = List.of("name", "event", "programs", "from", "file", "line", "samples", "matcher");
        try (DocumentWriter writer = output == Plan.Output.JSONL ? new JsonLines(session.out()) : Shape.csv(session.out(), columns)) {
            for (PatternInfo p : patterns) {
                Map<String, Object> d = new LinkedHashMap<>();
                d.put("name", p.name());
                d.put("event", event(p));
                d.put("programs", p.programs());
                d.put("from", p.from());
                d.put("file", p.at().file().toString());
                d.put("line", (long) p.at().line());
                d.put("samples", (long) p.samples());
                d.put("matcher", p.matcher().name().toLowerCase(Locale.ROOT));
                writer.write(d);
            }
        }
        return Exit.DONE;
    }

    /** Writes the strings by which lines are chosen. Every line that a pattern can match holds one of them. */
    int needles() throws DefinitionException {
        List<byte[]> needles = session.definitions().needles();
        if (needles.isEmpty()) {
            // grep with an empty list would pick nothing.
            throw new Refusal(Exit.NO, "patterns needles: a pattern has no fixed text, so every line is looked at; 'saslscope patterns lint' names it");
        }
        needles.forEach(n -> session.say(new String(n, StandardCharsets.UTF_8)));
        return Exit.DONE;
    }

    private static String event(PatternInfo p) {
        return p.event().map(EventKind::text).orElse(p.about().isEmpty() ? "" : "about " + p.about());
    }

    /** Runs all samples. */
    int test() throws DefinitionException, IOException {
        Definitions definitions = session.definitions();
        List<String> failed = new ArrayList<>();
        for (Problem p : definitions.patterns().check()) {
            if (p.grade() == Problem.Grade.ERROR) {
                failed.add(p.render());
            }
        }
        int samples = 0;
        for (Cause cause : definitions.causes().all()) {
            for (Cause.Sample sample : cause.samples()) {
                samples++;
                String wrong = sample(definitions, sample);
                if (wrong != null) {
                    failed.add(cause.file() + ":" + sample.line() + ": error: this sample " + wrong);
                }
            }
        }
        failed.forEach(session::say);
        int patterns = definitions.patterns().patterns().stream().mapToInt(PatternInfo::samples).sum();
        session.say(patterns + " samples of patterns, " + samples + " of causes: " + (failed.isEmpty() ? "all pass" : failed.size() + " failed"));
        return failed.isEmpty() ? Exit.DONE : Exit.NO;
    }

    /** What is wrong with it; null if it ends where its file says. */
    private String sample(Definitions definitions, Cause.Sample sample) throws IOException, DefinitionException {
        List<DiagnosedAttempt> failures = Excerpts.failures(session, definitions, sample.log());
        if (failures.isEmpty()) {
            return "holds no failed attempt";
        }
        Diagnosis d = failures.getLast().diagnosis();
        List<String> candidates = d.candidates().stream().map(Candidate::cause).toList();
        boolean right = d.certainty() == sample.certainty() && String.valueOf(d.cause()).equals(String.valueOf(sample.cause()))
            && (sample.candidates() == null || sample.candidates().equals(candidates));
        return right ? null : "ends in " + d.cause() + ", " + d.certainty().name().toLowerCase(Locale.ROOT) + " " + candidates
            + "; the file says " + sample.cause() + ", " + sample.certainty().name().toLowerCase(Locale.ROOT)
            + (sample.candidates() == null ? "" : " " + sample.candidates());
    }

    /** Checks the definitions together with further folders. */
    int lint(List<String> folders) {
        List<Path> all = new ArrayList<>(session.plan().definitions());
        for (String name : folders) {
            if (!Files.isDirectory(Path.of(name))) {
                throw new Refusal("patterns lint " + Shown.of(name) + ": "
                    + (Files.exists(Path.of(name)) ? "not a directory" : "no such directory") + "; name a folder with definitions");
            }
            all.add(Path.of(name));
        }
        List<Problem> problems;
        int patterns = 0;
        int causes = 0;
        try {
            Definitions definitions = Definitions.load(all);
            problems = definitions.patterns().check();
            patterns = definitions.patterns().patterns().size();
            causes = definitions.causes().all().size();
        } catch (DefinitionException e) {
            problems = e.problems();
        }
        problems.forEach(p -> session.say(p.render()));
        long errors = problems.stream().filter(p -> p.grade() == Problem.Grade.ERROR).count();
        if (errors == 0) {
            session.say(patterns + " patterns, " + causes + " causes: no error" + (problems.isEmpty() ? "" : ", " + problems.size() + " to look at"));
        } else {
            session.say(errors + (errors == 1 ? " error" : " errors"));
        }
        return errors == 0 ? Exit.DONE : Exit.NO;
    }

    /** A kind of unknown line. */
    private static final class Kind {
        private final String tag;
        private final String sample;
        private long count;

        Kind(String tag, String sample) {
            this.tag = tag;
            this.sample = sample;
        }
    }

    /** Counts lines about authentication that no pattern knows; numbers and addresses in them make no difference. */
    int unmatched(List<String> files, boolean suggest) throws DefinitionException, IOException {
        if (files.isEmpty()) {
            throw new Refusal("patterns unmatched: FILE is missing; name a log, or - for standard input");
        }
        if (suggest && session.plan().output() != null && session.plan().output() != Plan.Output.TEXT) {
            throw new Refusal("--suggest writes a pattern file; leave out --output");
        }
        Definitions definitions = session.definitions();
        Map<String, Kind> kinds = new LinkedHashMap<>();
        Suggestions suggestions = suggest ? new Suggestions(definitions.patterns()) : null;
        try (Inputs inputs = new Inputs(session, definitions, () -> { })) {
            Flow flow = new Flow(definitions.patterns(), definitions.causes(),
                session.diagnoser(),
                new Flow.Setup(a -> true, id -> false, Resume.NONE, inputs::broken, u -> {
                    count(kinds, u);
                    if (suggest) {
                        suggestions.add(u);
                    }
                }), List.of());
            inputs.read(flow, files);
            if (inputs.streams().isEmpty()) {
                return Exit.USAGE;
            }
            flow.run(session.surroundings().stop(), () -> Flow.Due.NOTHING);
            inputs.report(definitions.patterns(), flow.ledger());
            if (suggest && !kinds.isEmpty()) {
                suggestions.text().lines().forEach(session::say);
            } else if (inputs.complete() || !kinds.isEmpty()) {
                show(kinds);
            }
            return !inputs.complete() ? Exit.USAGE : kinds.isEmpty() ? Exit.NO : Exit.DONE;
        }
    }

    private static void count(Map<String, Kind> kinds, Recognition.Unrecognised u) {
        String tag = u.record().tag();
        String text = u.text().length() > LONGEST ? u.text().substring(0, LONGEST) + "\u2026" : u.text();
        String shape = tag + " " + text.replaceAll("[0-9a-fA-F]*\\d[0-9a-fA-F]*", "#");
        Kind kind = kinds.get(shape);
        if (kind == null && kinds.size() < KINDS) {
            kind = new Kind(tag, text);
            kinds.put(shape, kind);
        }
        if (kind != null) {
            kind.count++;
        }
    }

    private void show(Map<String, Kind> kinds) throws IOException {
        List<Kind> ordered = kinds.values().stream().sorted(Comparator.comparingLong((Kind k) -> k.count).reversed()).toList();
        if (ordered.isEmpty()) {
            session.hint("every line about authentication is known");
            return;
        }
        Plan.Output output = session.plan().output();
        if (output == null || output == Plan.Output.TEXT) {
            ordered.forEach(k -> session.say(String.format(Locale.ROOT, "%6d  %s: %s", k.count, Printable.of(k.tag), Printable.of(k.sample))));
            return;
        }
        try (DocumentWriter writer = output == Plan.Output.JSONL ? new JsonLines(session.out())
            : Shape.csv(session.out(), List.of("count", "service.name", "message"))) {
            for (Kind k : ordered) {
                Map<String, Object> d = new LinkedHashMap<>();
                d.put("count", k.count);
                d.put("service.name", k.tag);
                d.put("message", k.sample);
                writer.write(d);
            }
        }
    }
}
