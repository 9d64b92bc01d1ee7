package saslscope.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import saslscope.diagnosis.Causes;
import saslscope.pattern.PatternInfo;
import saslscope.pattern.PatternSet;

/**
 * Labelled snapshots of hosts that were broken on purpose, which are not part of the sources: {@code -Dlab=FOLDER} names them,
 * {@code -Dlab.codes=FILE} the table from their labels to cause codes. The cause must be among what is faulty; where the snapshot
 * does not hold what would show it, doctor must say that it could not look. What came of each goes to target/lab-doctor.md.
 */
class LabSnapshotsTest {
    private static final Pattern CAUSE = Pattern.compile("\"outcome\":\\s*\"failure\"[^{}]*?\"cause\":\\s*\"([a-z_0-9]+)\"|\"cause\":\\s*\"([a-z_0-9]+)\"[^{}]*?\"outcome\":\\s*\"failure\"");
    private static final Set<String> HEALTHY = Set.of("01", "10h", "21g");
    /** Whose set-up is in order: what failed was a client's doing, or somebody else's, or is over. */
    private static final Map<String, String> ELSEWHERE = Map.of("04", "the client sends a realm that nobody has", "09a", "one client sends no realm",
        "21a", "the relay knows another password", "25a", "one client of many sends another realm", "31", "AUTH is off on port 25, as it should be, and on at submission",
        "34", "mended before the snapshot was taken", "47", "a few clients of many send another realm");

    private static Map<String, String> codes(Path table) throws IOException {
        Map<String, String> codes = new TreeMap<>();
        for (String line : Files.readAllLines(table)) {
            String[] f = line.split("\t");
            if (f.length > 3 && Set.of("configuration", "outage", "relay").contains(f[1])) {
                for (String label : f[3].split(" ")) {
                    codes.put(label, f[0]);
                }
            }
        }
        return codes;
    }

    @Test
    void theCauseIsAmongWhatIsFaulty() throws Exception {
        String lab = System.getProperty("lab");
        Assumptions.assumeTrue(lab != null, "-Dlab=FOLDER names the labelled snapshots");
        Map<String, String> codes = codes(Path.of(System.getProperty("lab.codes", lab + "/../catalogue/codes.tsv")));
        List<Path> folders = List.of(Path.of("patterns"));
        Findings definitions = Findings.load(folders, Causes.load(folders, PatternSet.load(folders).patterns().stream().map(PatternInfo::name).collect(Collectors.toSet())));
        List<String> rows = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of(lab))) {
            for (Path scenario : all.filter(p -> Files.exists(p.resolve("config"))).sorted().toList()) {
                String name = scenario.getFileName().toString();
                List<Finding> findings = Examination.of(Examination.root(scenario.resolve("config"), ZoneOffset.UTC), null).findings(definitions);
                Set<String> faulty = causes(findings, Finding.Status.FAULTY);
                Set<String> unseen = causes(findings, Finding.Status.COULD_NOT_LOOK);
                Set<String> truth = new TreeSet<>();
                Matcher m = CAUSE.matcher(Files.readString(scenario.resolve("label.json")));
                while (m.find()) {
                    String code = codes.get(m.group(1) == null ? m.group(2) : m.group(1));
                    if (code != null) {
                        truth.add(code);
                    }
                }
                if (HEALTHY.contains(name.split("-")[0])) {
                    long broken = findings.stream().filter(f -> f.status() == Finding.Status.FAULTY).count();
                    count(counts, broken == 0 ? "healthy, nothing faulty" : "healthy, called faulty");
                    if (broken > 0) {
                        wrong.add(name + " is healthy: " + faulty);
                    }
                }
                if (ELSEWHERE.containsKey(name.split("-")[0]) && truth.stream().noneMatch(faulty::contains)) {
                    count(counts, "not of this set-up");
                    truth.clear();
                }
                for (String code : truth) {
                    String said = faulty.contains(code) ? "faulty" : unseen.contains(code) ? "could-not-look" : "nothing";
                    count(counts, said);
                    rows.add("| " + name + " | " + code + " | " + said + " | " + String.join(", ", faulty) + " |");
                    if (said.equals("nothing")) {
                        wrong.add(name + ": " + code + " is in neither " + faulty + " nor " + unseen);
                    }
                }
            }
        }
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/lab-doctor.md"), counts + "\n\n| scenario | true cause | doctor | faulty |\n|---|---|---|---|\n" + String.join("\n", rows) + "\n");
        assertEquals("", String.join("\n", wrong), counts.toString());
    }

    private static void count(Map<String, Integer> counts, String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private static Set<String> causes(List<Finding> findings, Finding.Status status) {
        return findings.stream().filter(f -> f.status() == status && f.cause() != null).map(Finding::cause).collect(Collectors.toCollection(TreeSet::new));
    }
}
