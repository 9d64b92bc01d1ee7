package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import saslscope.Lines;
import saslscope.syslog.SyslogRecord;

/**
 * Recognising a line that tells of a failure (-Dbench.failures), and the same expressions run by {@code java.util.regex}: of the line's
 * program, in the same order, each tried only if the text holds a literal that all its matches hold. Both give the values of all captures.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(MatchBench.LINES)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 7, time = 2)
public class MatchBench {
    static final int LINES = 2000;

    /** Further patterns, of the same programs, none of which matches. */
    @Param({"0", "10", "100", "1000"})
    public int more;

    private PatternSet patterns;
    private final List<SyslogRecord> records = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final List<List<Rival>> rivals = new ArrayList<>();

    /** An expression of {@code java.util.regex}, and the texts of which each match holds one. */
    private record Rival(List<String> anchors, java.util.regex.Pattern expression) {
    }

    @Setup
    public void load() throws Exception {
        patterns = more == 0 ? Lines.patterns() : More.load(more);
        for (SyslogRecord r : Lines.records(patterns, Lines.file("bench.failures"), 400_000)) {
            if (records.size() < LINES && patterns.recognise(r) instanceof Match m && m.event().text().contains("fail")) {
                records.add(r);
            }
        }
        if (records.size() < LINES) {
            throw new IllegalStateException("only " + records.size() + " failures in it");
        }
        Map<String, List<Rival>> byTag = new HashMap<>();
        for (SyslogRecord r : records) {
            messages.add(new String(r.text(), r.from(), r.to() - r.from(), StandardCharsets.ISO_8859_1));
            rivals.add(byTag.computeIfAbsent(r.tag(), this::rivals));
        }
        for (int i = 0; i < LINES; i++) {
            if (regex(messages.get(i), rivals.get(i)) == null) {
                throw new IllegalStateException("java.util.regex finds nothing in " + messages.get(i));
            }
        }
    }

    private List<Rival> rivals(String tag) {
        List<Rival> out = new ArrayList<>();
        for (Pattern p : patterns.running()) {
            if (p.definition().event().isPresent() && (p.globs().isEmpty() || p.globs().stream().anyMatch(g -> g.matches(tag)))) {
                out.add(new Rival(List.copyOf(Literals.best(Literals.required(p.node()))), JavaRegex.compile(p.node())));
            }
        }
        return out;
    }

    private static List<String> regex(String message, List<Rival> rivals) {
        for (Rival r : rivals) {
            boolean present = r.anchors.isEmpty();
            for (int i = 0; i < r.anchors.size() && !present; i++) {
                present = message.contains(r.anchors.get(i));
            }
            if (present) {
                Matcher m = r.expression.matcher(message);
                if (m.find()) {
                    List<String> values = new ArrayList<>(m.groupCount());
                    for (int g = 1; g <= m.groupCount(); g++) {
                        values.add(m.group(g));
                    }
                    return values;
                }
            }
        }
        return null;
    }

    @Benchmark
    public int segments() {
        int found = 0;
        for (SyslogRecord r : records) {
            found += patterns.recognise(r) instanceof Match m ? m.fields().size() : 0;
        }
        return found;
    }

    @Benchmark
    public int javaRegex() {
        int found = 0;
        for (int i = 0; i < LINES; i++) {
            found += regex(messages.get(i), rivals.get(i)).size();
        }
        return found;
    }
}
