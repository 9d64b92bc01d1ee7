package saslscope.pattern;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import saslscope.definition.DefinitionException;
import saslscope.syslog.SyslogRecord;

/**
 * How long loading takes in a fresh JVM, and recognising a line once warm, both as CPU time of the thread; run by hand:
 * {@code java -cp target/test-classes:target/classes saslscope.pattern.PatternBench patterns LOG...}. Logs must be in the traditional format.
 */
final class PatternBench {
    private PatternBench() {
    }

    public static void main(String[] args) throws IOException, DefinitionException {
        long start = cpu();
        PatternSet set = PatternSet.load(List.of(Path.of(args[0])));
        long loaded = cpu();
        int needles = set.needles().size();
        long needled = cpu();
        System.out.printf("load %.1f ms, %d needles %.1f ms, %d patterns%n", (loaded - start) / 1e6, needles, (needled - loaded) / 1e6, set.patterns().size());
        int problems = set.check().size();
        System.out.printf("check %.1f ms, %d problems%n", (cpu() - needled) / 1e6, problems);
        if (args.length == 1) {
            return;
        }
        List<SyslogRecord> records = new ArrayList<>();
        for (String log : Arrays.asList(args).subList(1, args.length)) {
            for (String line : Files.readAllLines(Path.of(log), StandardCharsets.ISO_8859_1)) {
                SyslogRecord r = record(line);
                if (r != null) {
                    records.add(r);
                }
            }
        }
        Map<String, List<SyslogRecord>> groups = new TreeMap<>();
        for (SyslogRecord r : records) {
            String key = switch (set.recognise(r)) {
                case Match m -> m.event().text();
                case Recognition.Irrelevant i -> "(irrelevant)";
                case Recognition.Unrecognised u -> "(unrecognised)";
            };
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(r);
        }
        groups.put("(all)", records);
        groups.forEach((key, list) -> System.out.printf("%-20s %7d lines %7.0f ns/line%n", key, list.size(), time(set, list)));
    }

    private static double time(PatternSet set, List<SyslogRecord> records) {
        int rounds = Math.max(1, 400_000 / records.size());
        double best = Double.MAX_VALUE;
        for (int k = 0; k < 4; k++) {
            long from = cpu();
            int matched = 0;
            for (int i = 0; i < rounds; i++) {
                for (SyslogRecord r : records) {
                    matched += set.recognise(r) instanceof Match ? 1 : 0;
                }
            }
            best = Math.min(best, (cpu() - from) / (double) rounds / records.size());
            if (matched < 0) {
                throw new IllegalStateException();
            }
        }
        return best;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static SyslogRecord record(String line) {
        int tag = line.indexOf(' ', 16) + 1;
        int end = line.indexOf(": ", Math.max(0, tag));
        if (tag < 1 || end < 0) {
            return null;
        }
        String name = line.substring(tag, end).replaceAll("\\[\\d+\\]$", "");
        byte[] text = line.getBytes(StandardCharsets.ISO_8859_1);
        return new SyslogRecord(null, 0, ZoneOffset.UTC, "mail", name, 1, text, end + 2, text.length, 1);
    }
}
