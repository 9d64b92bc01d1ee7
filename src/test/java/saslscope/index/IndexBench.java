package saslscope.index;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

/**
 * Measures the store; not a test. Arguments: a file that {@code analyze -o jsonl} wrote, how many documents, and
 * {@code wide} to give them tens of thousands of users and addresses. Prints documents per second, of wall clock and of
 * CPU time, bytes a document by kind of file, and the CPU time of searches.
 */
final class IndexBench {
    private IndexBench() {
    }

    public static void main(String[] args) throws IOException {
        int wanted = Integer.parseInt(args[1]);
        boolean wide = args.length > 2 && args[2].equals("wide");
        List<Map<String, Object>> documents = load(Path.of(args[0]), wanted, wide);
        long raw = documents.stream().mapToLong(d -> ((String) d.get("event.original")).length()).sum();
        System.out.printf("%d documents, raw line %d bytes%n", documents.size(), raw / documents.size());
        for (int round = 0; round < 3; round++) {
            Path folder = Files.createTempDirectory("index-bench");
            long start = System.nanoTime();
            long cpu = cpu();
            try (EventStore store = LuceneStore.write(folder)) {
                documents.forEach(store::put);
                store.commit(Checkpoint.NONE);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf("%.0f documents/s wall, %.0f a CPU second%n", documents.size() / seconds,
                    documents.size() / ((cpu() - cpu) / 1e9));
            }
            sizes(folder, documents.size());
            if (round == 2) {
                merged(folder, documents.size());
                searches(folder);
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path f : files.toList()) {
                    Files.delete(f);
                }
            }
            Files.delete(folder);
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static List<Map<String, Object>> load(Path file, int wanted, boolean wide) throws IOException {
        List<Map<String, Object>> out = new ArrayList<>();
        Map<Object, Object> same = new HashMap<>();
        Random random = new Random(1);
        for (int round = 0; out.size() < wanted; round++) {
            try (BufferedReader in = Files.newBufferedReader(file)) {
                for (String line = in.readLine(); line != null && out.size() < wanted; line = in.readLine()) {
                    out.add(document(Json.read(line), round, wide ? random : null, out.size(), same));
                }
            }
        }
        return out;
    }

    private static Map<String, Object> document(Map<String, Object> read, int round, Random wide, int n, Map<Object, Object> same) {
        Map<String, String> swaps = new LinkedHashMap<>();
        if (wide != null) {
            if (read.get("user.name") instanceof String user) {
                // A few names often, many rarely.
                swaps.put(user, "u" + (int) (30_000 * Math.pow(wide.nextDouble(), 3)) + user);
            }
            if (read.get("source.ip") instanceof String ip) {
                int a = (int) (400_000 * Math.pow(wide.nextDouble(), 2));
                swaps.put(ip, (11 + a % 200) + "." + a / 7 % 256 + "." + a / 300 % 256 + "." + a % 253);
            }
        }
        OffsetDateTime time = OffsetDateTime.parse((String) read.get("@timestamp"));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("doc.type", "attempt");
        read.forEach((k, v) -> out.put(k, same.size() < 3_000_000 ? swapped(v, swaps, same) : v));
        if (round > 0) {
            OffsetDateTime later = time.plusHours(3L * round);
            out.put("@timestamp", later.toString());
            Stamp was = Stamp.parse(time.toString());
            Stamp is = Stamp.parse(later.toString());
            out.put("event.original", ((String) out.get("event.original")).replace(was.bsd(), is.bsd()));
            out.put("log.offset", (Long) out.get("log.offset") + 120_000_000L * round);
        }
        out.put("event.id", Docs.id(n));
        return out;
    }

    private static Object swapped(Object value, Map<String, String> swaps, Map<Object, Object> same) {
        return switch (value) {
            case String s -> {
                String t = s;
                for (Map.Entry<String, String> e : swaps.entrySet()) {
                    t = t.replace(e.getKey(), e.getValue());
                }
                yield same.computeIfAbsent(t, k -> k);
            }
            case List<?> list -> list.stream().map(o -> swapped(o, swaps, same)).toList();
            case Map<?, ?> map -> {
                Map<String, Object> m = new LinkedHashMap<>();
                map.forEach((k, v) -> m.put((String) swapped(k, Map.of(), same), swapped(v, swaps, same)));
                yield m;
            }
            default -> value;
        };
    }

    /** As one segment, with a file for each kind of data. */
    private static void merged(Path folder, int count) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(Documents.analyzer()).setUseCompoundFile(false).setIndexSort(LuceneEvents.NEWEST);
        config.getMergePolicy().setNoCFSRatio(0);
        try (FSDirectory files = FSDirectory.open(folder); IndexWriter writer = new IndexWriter(files, config)) {
            writer.forceMerge(1);
        }
        sizes(folder, count);
    }

    private static void sizes(Path folder, int count) throws IOException {
        Map<String, Long> byKind = new TreeMap<>();
        long sum = 0;
        int segments = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path f : files.toList()) {
                String name = f.getFileName().toString();
                byKind.merge(name.substring(name.lastIndexOf('.') + 1), Files.size(f), Long::sum);
                sum += Files.size(f);
                segments += name.endsWith(".si") ? 1 : 0;
            }
        }
        System.out.printf("%.1f bytes a document, %d segments:", sum / (double) count, segments);
        byKind.forEach((k, v) -> System.out.printf(" %s %.1f", k, v / (double) count));
        System.out.println();
    }

    private static void searches(Path folder) {
        try (StoredEvents events = LuceneStore.read(folder)) {
            for (String text : List.of("", "user:alice*", "ip:198.18.0.0/16", "cause:password-mismatch", "\"authentication failed\"", "mech:PLAIN host:mail")) {
                Search search = Search.of(QueryText.parse(text, java.time.Instant.now(), ZoneOffset.UTC));
                time("newest 100 of '" + text + "'", () -> events.search(search, 100));
                time("count of '" + text + "'", () -> events.count(search));
            }
            time("by user", () -> events.by(Search.of(QueryText.ALL), Schema.USER, 10));
            time("by ip", () -> events.by(Search.of(QueryText.ALL), Schema.IP, 10));
            time("by hour", () -> events.histogram(Search.of(QueryText.ALL), Interval.of("1h"), ZoneOffset.UTC));
            time("hand over all", () -> events.each(Search.of(QueryText.ALL), d -> true));
        }
    }

    private static void time(String what, Runnable run) {
        java.lang.management.ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            long start = threads.getCurrentThreadCpuTime();
            run.run();
            micros.add((threads.getCurrentThreadCpuTime() - start) / 1000);
        }
        long first = micros.getFirst();
        micros.sort(null);
        System.out.printf("%-40s %8.2f ms, first %.2f%n", what, micros.get(3) / 1000.0, first / 1000.0);
    }
}
