package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import saslscope.storm.HostileLoad;
import saslscope.storm.HostileLoad.Kind;

/** Logs that an enemy wrote: what is true in them is still found, and nothing of them acts on the reader. */
class HostileLoadTest {
    @TempDir
    private Path folder;
    private final Runner runner = new Runner();

    private int failures(String... command) {
        assertEquals(Exit.DONE, runner.run(command), runner.err());
        return (int) runner.out().lines().filter(l -> l.contains("\"event.outcome\":\"failure\"")).count();
    }

    /** Failures that the generator wrote, its last line included; -1: only that one must be found. */
    @ParameterizedTest
    @CsvSource({"DISTINCT,3000,3001", "ENDLESS,1000,1001", "LONG_FIELDS,60,61", "LONG_LINES,2,3", "ZEROS,4,-1", "NOISE,4,-1", "FORGED,340,341",
        "HEADERS,500,-1", "HELPERS,500,-1",
        "LONG_HELPERS,200,51", "VERIFIED,500,501"})
    void whatIsTrueIsStillFound(Kind kind, int count, int failures) throws IOException {
        Path log = folder.resolve("mail.log");
        HostileLoad.write(kind, count, 7, log);
        int found = failures("analyze", "-o", "jsonl", "--year=2026", log.toString());
        assertTrue(runner.out().contains("the-last"), "the last line is lost");
        if (failures >= 0) {
            assertEquals(failures, found);
        }
        assertEquals(found, failures("follow", "--from-start", "--to-end", "--index=" + folder.resolve("index"), "-o", "jsonl", "--year=2026", log.toString()));
        assertEquals(0, failures("follow", "--to-end", "--index=" + folder.resolve("index"), "-o", "jsonl", "--year=2026", log.toString()), "told twice");
        runner.run("search", "--index=" + folder.resolve("index"), "--count", "outcome:failure");
        assertEquals(found, Integer.parseInt(runner.out().strip()));
    }

    /** Without a bound in bytes of what waits for a verdict this takes several times the heap. */
    @Test
    void linesThatWaitForAVerdictFitIntoTheHeapOfTheLauncherHoweverLongTheyAre() throws IOException, InterruptedException {
        Path log = folder.resolve("mail.log");
        HostileLoad.write(Kind.LONG_HELPERS, 2_500, 7, log);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process analyze = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseParallelGC", "-XX:ParallelGCThreads=2",
            "-XX:-UseAdaptiveSizePolicy", "-XX:TieredStopAtLevel=1", "-Xmx176m", "-Xmn88m", "--enable-native-access=ALL-UNNAMED", "-Djava.util.logging.config.file=/dev/null", "-Dsaslscope.home=" + Path.of("").toAbsolutePath(),
            "-cp", System.getProperty("java.class.path"), "saslscope.cli.Main", "analyze", "-v", "-o", "jsonl", "--year=2026", log.toString())
            .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        int exit = analyze.waitFor();
        String said = Files.readString(err);
        assertEquals(Exit.DONE, exit, said);
        assertEquals(2_500 / 4 + 1, Files.readAllLines(out).size());
        assertTrue(said.matches("(?s).*lines: 80,627 read = .* let go before their login ended\\R.*"), said);
    }

    @Test
    void nothingThatAttacksTheReaderComesOut() throws IOException {
        Path log = folder.resolve("mail.log");
        HostileLoad.write(Kind.FORGED, 170, 7, log);
        for (List<String> command : List.of(List.of("analyze", "--color=never", log.toString()), List.of("analyze", "-o", "csv", log.toString()),
            List.of("follow", "--from-start", "--to-end", "--no-index", "--color=never", log.toString()))) {
            assertEquals(Exit.DONE, runner.run(command.toArray(String[]::new)), runner.err());
            String out = runner.out();
            assertFalse(out.codePoints().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t' || c >= 0x7f && c < 0xa0 || c >= 0x202a && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069), command.toString());
            if (command.contains("csv")) {
                assertFalse(out.lines().anyMatch(l -> l.matches(".*(^|,)\"?[=+@-](HYPER|SUM|1\\+1|2\\+3).*")), "a formula");
            }
        }
    }

    @Test
    void aLogOfOneLineHasNothingToTell() throws IOException {
        Path log = folder.resolve("mail.log");
        HostileLoad.write(Kind.ONE_LINE, 3, 7, log);
        assertEquals(0, failures("analyze", "-o", "jsonl", log.toString()));
    }

    @Test
    void aPatternThatWouldTakeForEverIsStoppedAndNamed() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.writeString(own.resolve("own.grok"), """
            ENDLESS_ONE  ^warning: SASL (?<reason>(?:(?:x|xx)+)+)y?!$
              program  postfix/smtpd
              event    auth-detail
              from     somebody's own
              sample   warning: SASL xy!
                reason x
            """);
        Path log = folder.resolve("mail.log");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            lines.append("Nov 20 03:00:00 mail postfix/smtpd[5]: warning: SASL ").append("x".repeat(300)).append("\n");
        }
        lines.append("Nov 20 03:00:01 mail postfix/smtpd[5]: warning: unknown[192.0.2.1]: SASL PLAIN authentication failed: authentication failure, sasl_username=the-last\n");
        Files.writeString(log, lines);
        assertEquals(1, failures("analyze", "-o", "jsonl", "--year=2026", "--patterns=" + own, log.toString()));
        assertTrue(runner.err().matches("(?s).*a pattern took too long on some lines and was stopped: ENDLESS_ONE [0-9]+ times;.*"), runner.err());
    }
}
