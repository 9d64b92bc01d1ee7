package saslscope.source;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import saslscope.Lines;

/**
 * Reads a whole file (-Dbench.log) and looks for lines that matter, as {@code analyze} does. Each operation is one reading of the
 * file by one thread: its bytes divided by the time are the rate, to be compared with that of {@code rg -c} on the same file.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 7, time = 3)
public class ScanBench {
    private Path file;
    private LineSelector selector;

    @Setup
    public void load() {
        file = Lines.file("bench.log");
        selector = LineSelectors.of(Lines.patterns().needles());
    }

    @Benchmark
    @Threads(1)
    public long oneThread() {
        return scan(selector);
    }

    @Benchmark
    @Threads(2)
    public long twoThreads() {
        return scan(selector);
    }

    /** What is left if nothing is looked for: reading, and counting lines. */
    @Benchmark
    @Threads(1)
    public long readOnly() {
        return scan((bytes, from, to) -> -1);
    }

    private long scan(LineSelector chosen) {
        long lines = 0;
        try (LogReader reader = Lines.open(file, chosen)) {
            while (reader.next() != null) {
                lines++;
            }
            return lines + reader.tally().lines();
        }
    }
}
