package saslscope.pattern;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts how often patterns ran too long. */
final class Stopped {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String pattern) {
        counts.computeIfAbsent(pattern, p -> new LongAdder()).increment();
    }

    Map<String, Long> counts() {
        Map<String, Long> out = new TreeMap<>();
        counts.forEach((name, count) -> out.put(name, count.sum()));
        return out;
    }
}
