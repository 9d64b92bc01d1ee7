package saslscope.report;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts by time and name. Begins with minutes and goes on with longer spans as the time covered grows. */
final class Timeline {
    private static final int MOST = 4_096;

    private TreeMap<Long, Map<String, Long>> spans = new TreeMap<>();
    private long seconds = 60;

    void count(long second, String name) {
        spans.computeIfAbsent(Math.floorDiv(second, seconds), k -> new HashMap<>()).merge(name, 1L, Long::sum);
        while (spans.size() > MOST) {
            spans = coarser(2);
            seconds *= 2;
        }
    }

    private TreeMap<Long, Map<String, Long>> coarser(long factor) {
        TreeMap<Long, Map<String, Long>> fewer = new TreeMap<>();
        spans.forEach((at, counts) -> {
            Map<String, Long> to = fewer.computeIfAbsent(Math.floorDiv(at, factor), k -> new HashMap<>());
            counts.forEach((name, n) -> to.merge(name, n, Long::sum));
        });
        return fewer;
    }

    boolean empty() {
        return spans.isEmpty();
    }

    long first() {
        return spans.firstKey() * seconds;
    }

    /** Where the last span ends. */
    long end() {
        return (spans.lastKey() + 1) * seconds;
    }

    /** What was counted from one second on and before another, by name. */
    Map<String, Long> between(long from, long to) {
        Map<String, Long> sum = new HashMap<>();
        spans.subMap(Math.ceilDiv(from, seconds), Math.ceilDiv(to, seconds)).values()
            .forEach(counts -> counts.forEach((name, n) -> sum.merge(name, n, Long::sum)));
        return sum;
    }
}
