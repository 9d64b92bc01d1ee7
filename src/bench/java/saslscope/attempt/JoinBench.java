package saslscope.attempt;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import saslscope.Lines;
import saslscope.event.AuthEvent;

/** Joining the events of a log (-Dbench.failures) to attempts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(JoinBench.EVENTS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 7, time = 2)
public class JoinBench {
    static final int EVENTS = 20_000;

    private List<AuthEvent> events;

    @Setup
    public void load() {
        events = Lines.events(Lines.patterns(), Lines.file("bench.failures"), 400_000);
        if (events.size() < EVENTS) {
            throw new IllegalStateException("only " + events.size() + " events in it");
        }
        events = events.subList(0, EVENTS);
    }

    @Benchmark
    public int join() {
        int[] attempts = {0};
        Joiner joiner = new Joiner(JoinLimits.DEFAULT, (o, nth) -> false, a -> attempts[0]++, a -> attempts[0]++, e -> { });
        events.forEach(joiner::event);
        joiner.drain();
        return attempts[0];
    }
}
