package saslscope.index;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.FSDirectory;

/**
 * Measures the store. {@code bench/run --index} calls it.
 *
 * <pre>
 * write SAMPLE COUNT         writes COUNT documents, three times: documents per second, bytes a document, cost of a commit
 * make  SAMPLE COUNT FOLDER  makes an index to be searched
 * search FOLDER              CPU time of the calling thread, warm and the first time, for searches, counts and tables
 * </pre>
 * SAMPLE is a file that {@code analyze -o jsonl} wrote. Its documents are repeated with later times, 30,000 users (a few
 * often, many rarely) and some hundred thousand addresses. One in four is stored as an event, as {@code follow} does.
 */
final class IndexBench {
    private static final int USERS = 30_000;
    private static final int ADDRESSES = 400_000;
    private static final int ROUNDS = 11;
    /** Nanoseconds of work after which a search is compiled as well as it will be. */
    private static final long WARM = 2_000_000_000L;

    private final List<Pick> sample = new ArrayList<>();
    private final Random random = new Random(1);

    /** A document, and which of its values hold its user's name or address. */
    private record Pick(Map<String, Object> document, List<String> varying, String user, String ip, Stamp time) {
    }

    private IndexBench(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                sample.add(pick(Json.read(line)));
            }
        }
    }

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "write" -> new IndexBench(Path.of(args[1])).write(Integer.parseInt(args[2]));
            case "make" -> new IndexBench(Path.of(args[1])).make(Integer.parseInt(args[2]), Path.of(args[3]));
            case "search" -> search(Path.of(args[1]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static Pick pick(Map<String, Object> read) {
        String user = read.get("user.name") instanceof String u && u.length() > 2 ? u : null;
        String ip = (String) read.get("source.ip");
        List<String> varying = new ArrayList<>();
        read.forEach((k, v) -> {
            if (user != null && v.toString().contains(user) || ip != null && v.toString().contains(ip)) {
                varying.add(k);
            }
        });
        return new Pick(read, varying, user, ip, Stamp.parse((String) read.get("@timestamp")));
    }

    /** Document number n. */
    private Map<String, Object> document(int n) {
        Pick pick = sample.get(n % sample.size());
        int round = n / sample.size();
        String user = "u" + (int) (USERS * Math.pow(random.nextDouble(), 3));
        int a = (int) (ADDRESSES * Math.pow(random.nextDouble(), 2));
        String ip = (11 + a % 200) + "." + a / 7 % 256 + "." + a / 300 % 256 + "." + (1 + a % 253);
        Map<String, Object> out = LinkedHashMap.newLinkedHashMap(pick.document.size() + 1);
        out.put("doc.type", n % 4 == 3 ? "event" : "attempt");
        out.putAll(pick.document);
        for (String key : pick.varying) {
            out.put(key, swapped(out.get(key), pick, user, ip));
        }
        Stamp was = pick.time;
        Stamp is = new Stamp(was.micros() + 600_000_000L * round, was.offset());
        out.put("@timestamp", is.iso() + "." + is.fraction(6) + ((String) out.get("@timestamp")).substring(((String) out.get("@timestamp")).length() - 6));
        out.put("event.original", ((String) out.get("event.original")).replace(was.bsd(), is.bsd()));
        out.put("log.offset", (Long) out.get("log.offset") + 120_000_000L * round);
        out.put("event.id", String.format("%016x", n * 0x9E3779B97F4A7C15L));
        return out;
    }

    private static Object swapped(Object value, Pick pick, String user, String ip) {
        return switch (value) {
            case String s -> {
                String t = pick.user == null ? s : s.replace(pick.user, user);
                yield pick.ip == null ? t : t.replace(pick.ip, ip);
            }
            case List<?> list -> list.stream().map(o -> swapped(o, pick, user, ip)).toList();
            case Map<?, ?> map -> {
                Map<String, Object> m = new LinkedHashMap<>();
                map.forEach((k, v) -> m.put((String) k, swapped(v, pick, user, ip)));
                yield m;
            }
            default -> value;
        };
    }

    private void write(int count) throws IOException {
        long raw = 0;
        long made = cpu();
        for (int n = 0; n < count; n++) {
            raw += ((String) document(n).get("event.original")).length();
        }
        double making = (cpu() - made) / 1e9;
        System.out.printf(Locale.ROOT, "%d documents, raw line %d bytes; making them up takes %.1f s of CPU, which is not counted below%n", count, raw / count, making);
        for (int round = 0; round < 3; round++) {
            Path folder = Files.createTempDirectory("index-bench");
            long start = System.nanoTime();
            long cpu = cpu();
            long mine = thread();
            double commits;
            try (EventStore store = LuceneStore.write(folder)) {
                long making2 = 0;
                for (int n = 0; n < count; n++) {
                    long before = System.nanoTime();
                    Map<String, Object> document = document(n);
                    making2 += System.nanoTime() - before;
                    store.put(document);
                }
                store.commit(Checkpoint.NONE);
                double wall = (System.nanoTime() - start - making2) / 1e9;
                double all = (cpu() - cpu) / 1e9;
                System.out.printf(Locale.ROOT, "%.0f documents/s wall, %.0f a CPU second, %.0f a CPU second of the calling thread%n", count / wall,
                    count / (all - making), count / ((thread() - mine) / 1e9));
                commits = commits(store, count);
            }
            System.out.printf(Locale.ROOT, "commit of 200 documents: median %.1f ms%n", commits);
            sizes(folder, count);
            if (round == 2) {
                merged(folder);
                sizes(folder, count);
            }
            remove(folder);
        }
    }

    private double commits(EventStore store, int from) {
        double[] times = new double[15];
        for (int i = 0; i < times.length; i++) {
            for (int n = 0; n < 200; n++) {
                store.put(document(from + i * 200 + n));
            }
            long start = System.nanoTime();
            store.commit(Checkpoint.NONE);
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private void make(int count, Path folder) {
        try (EventStore store = LuceneStore.write(folder)) {
            for (int n = 0; n < count; n++) {
                store.put(document(n));
                if (n % 500_000 == 499_999) {
                    store.commit(Checkpoint.NONE);
                }
            }
            store.commit(Checkpoint.NONE);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path f : files.toList()) {
                Files.delete(f);
            }
        }
        Files.delete(folder);
    }

    /** As one segment, with a file for each kind of data. */
    private static void merged(Path folder) throws IOException {
        TieredMergePolicy policy = new TieredMergePolicy();
        policy.setNoCFSRatio(0);
        IndexWriterConfig config = new IndexWriterConfig(Documents.analyzer()).setUseCompoundFile(false).setIndexSort(LuceneEvents.NEWEST).setMergePolicy(policy);
        try (FSDirectory files = FSDirectory.open(folder); IndexWriter writer = new IndexWriter(files, config)) {
            writer.forceMerge(1);
        }
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
        System.out.printf(Locale.ROOT, "%.1f bytes a document, %d segments:", sum / (double) count, segments);
        byKind.forEach((k, v) -> System.out.printf(Locale.ROOT, " %s %.1f", k, v / (double) count));
        System.out.println();
    }

    private static void search(Path folder) throws IOException {
        sizes(folder, 10_000_000);
        try (StoredEvents events = LuceneStore.read(folder)) {
            Search all = Search.of(QueryText.ALL);
            String user = events.by(all, Schema.USER, 1).top().getFirst().value();
            String ip = events.by(all, Schema.IP, 1).top().getFirst().value();
            String pid = events.by(all, Schema.PID, 1).top().getFirst().value();
            Map<String, String> queries = new LinkedHashMap<>();
            for (String text : List.of("", "user:" + user, "user:u29999", "user:u12*", "ip:" + ip, "ip:" + ip.replaceAll("\\.\\d+\\.\\d+$", ".0.0/16"), "mech:PLAIN",
                "outcome:failure", "cause:password-mismatch", "cause:saslauthd-not-running", "host:mail", "pid:" + pid, "pid:[2000 TO 3000]", "\"authentication failed\"", "\"no mechanism\"")) {
                queries.put(text, text);
            }
            for (String text : queries.values()) {
                Search search = Search.of(QueryText.parse(text, Instant.EPOCH, ZoneOffset.UTC));
                time("newest 100 of '" + text + "'", () -> events.search(search, 100).size() + " found");
                time("count of '" + text + "'", () -> events.count(search) + "");
            }
            for (Schema field : List.of(Schema.USER, Schema.IP, Schema.MECHANISM, Schema.CAUSE)) {
                time("--by " + field.field(), () -> events.by(all, field, 10).distinct() + " values");
            }
            for (String interval : List.of("1h", "1d")) {
                time("--histogram " + interval, () -> events.histogram(all, Interval.of(interval), ZoneOffset.UTC).size() + " bars");
            }
            Search some = Search.of(QueryText.parse("mech:PLAIN", Instant.EPOCH, ZoneOffset.UTC));
            time("--by user of 'mech:PLAIN'", () -> events.by(some, Schema.USER, 10).distinct() + " values");
        }
    }

    private static void time(String what, java.util.function.Supplier<String> run) {
        List<Long> micros = new ArrayList<>();
        long begun = thread();
        String said = run.get();
        long first = (thread() - begun) / 1000;
        while (thread() - begun < WARM) {
            run.get();
        }
        for (int i = 0; i < ROUNDS; i++) {
            long start = thread();
            run.get();
            micros.add((thread() - start) / 1000);
        }
        micros.sort(null);
        System.out.printf(Locale.ROOT, "%-45s median %8.2f ms, range %.2f to %.2f, first %.2f; %s%n", what, micros.get(ROUNDS / 2) / 1000.0, micros.getFirst() / 1000.0,
            micros.getLast() / 1000.0, first / 1000.0, said);
    }

    private static long thread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadCpuTime();
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
