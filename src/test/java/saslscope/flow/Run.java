package saslscope.flow;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import saslscope.definition.DefinitionException;
import saslscope.diagnosis.Causes;
import saslscope.diagnosis.Diagnoser;
import saslscope.diagnosis.History;
import saslscope.diagnosis.HostFacts;
import saslscope.event.AuthEvent;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;
import saslscope.pattern.PatternInfo;
import saslscope.pattern.PatternSet;
import saslscope.pattern.Recognition;
import saslscope.syslog.SyslogParser;

/** The whole pipeline on text, with the built-in definitions. */
final class Run implements Sink {
    /** 2026-11-22T23:00:00Z: lab lines are of that day. */
    static final long MODIFIED = 1_795_388_400_000L;
    private static Definitions builtIn;

    final List<DiagnosedAttempt> attempts = new ArrayList<>();
    final List<DiagnosedAttempt> revised = new ArrayList<>();
    /** What a store would hold of events and attempts. */
    final List<Map<String, Object>> stored = new ArrayList<>();
    final Map<String, Incident> incidents = new LinkedHashMap<>();
    final List<Recognition.Unrecognised> unknown = new ArrayList<>();
    final Flow flow;

    record Definitions(PatternSet patterns, Causes causes) {
    }

    static synchronized Definitions builtIn() throws DefinitionException {
        if (builtIn == null) {
            PatternSet p = PatternSet.load(List.of(Path.of("patterns")));
            builtIn = new Definitions(p, Causes.load(List.of(Path.of("patterns")),
                p.patterns().stream().map(PatternInfo::name).collect(Collectors.toSet())));
        }
        return builtIn;
    }

    Run(Resume earlier, java.util.function.Predicate<String> known, Sink... more) throws DefinitionException {
        List<Sink> sinks = new ArrayList<>(List.of(more));
        sinks.add(this);
        Definitions d = builtIn();
        flow = new Flow(d.patterns(), d.causes(), new Diagnoser(d.causes(), HostFacts.NONE, new History(1_000), "debian"),
            new Flow.Setup(a -> true, known, earlier, text -> { }, unknown::add), sinks);
    }

    Run() throws DefinitionException {
        this(Resume.NONE, id -> false);
    }

    static Run of(String... logs) throws DefinitionException {
        Run r = new Run();
        for (int i = 0; i < logs.length; i++) {
            r.add(new TextStream("log" + i, MODIFIED, logs[i]));
        }
        r.run();
        return r;
    }

    void run() {
        flow.run(() -> false, () -> Flow.Due.NOTHING);
    }

    Run add(TextStream s) {
        flow.add(s, new SyslogParser(ZoneOffset.UTC, OptionalInt.empty()), f -> List.of(), null);
        return this;
    }

    @Override
    public void event(AuthEvent e) {
        stored.add(Fields.of(e));
    }

    @Override
    public void attempt(DiagnosedAttempt a) {
        attempts.add(a);
        stored.add(Fields.of(a));
    }

    @Override
    public void revised(DiagnosedAttempt a) {
        revised.add(a);
    }

    @Override
    public void incident(Incident i) {
        incidents.put(i.id(), i);
    }

    List<DiagnosedAttempt> failures() {
        return attempts.stream().filter(a -> a.diagnosis() != null).toList();
    }
}
