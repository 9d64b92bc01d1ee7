package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that lasts does about signals and a damaged index. */
class FollowingTest {
    private static final Path LOG = Path.of("sample-logs/02-saslauthd-down.log");

    @TempDir
    Path folder;
    private final Runner runner = new Runner();

    private String count() {
        runner.run("search", "--index=" + folder.resolve("index"), "--count", "outcome:failure");
        return runner.out().strip();
    }

    private int follow(Path log, String... more) {
        return runner.run(Stream.concat(Stream.of("follow", "--to-end", "-q", "--index=" + folder.resolve("index"), log.toString()),
            Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void hupLoadsTheDefinitionsAndUsr1TellsTheCounts() {
        assertEquals(Exit.DONE, follow(LOG, "--from-start"));
        String once = count();
        runner.requests.counts();
        runner.requests.reload();
        assertEquals(Exit.DONE, follow(LOG, "--from-start"));
        String told = runner.err();
        assertTrue(told.contains("saslscope: lines: ") && told.contains(" read = "), told);
        assertTrue(told.contains("saslscope: SIGHUP: definitions loaded anew"), told);
        assertEquals(once, count(), "nothing counts twice");
    }

    @Test
    void whatIsReadOnceMoreFromTheStartDoesNotCountTwiceInItsIncident() {
        follow(LOG, "--from-start");
        runner.run("export", "incidents", "--index=" + folder.resolve("index"));
        String once = runner.out();
        assertTrue(once.contains("saslauthd-not-running"), once);
        follow(LOG, "--from-start");
        runner.run("export", "incidents", "--index=" + folder.resolve("index"));
        assertEquals(once, runner.out());
    }

    @Test
    void badDefinitionsLeaveTheOldOnesInUse() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        Path file = Files.writeString(own.resolve("mine.grok"), "MINE ^mine$\n");
        runner.requests = new Requests() {
            @Override
            boolean takeReload() {
                try {
                    Files.writeString(file, "MINE ^(mine$\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return true;
            }
        };
        assertEquals(Exit.DONE, follow(LOG, "--from-start", "--patterns=" + own), runner.err());
        assertTrue(runner.err().contains("SIGHUP: the definitions have errors, the old ones stay in use"), runner.err());
        assertTrue(runner.err().contains("mine.grok:1"), runner.err());
        runner.requests = new Requests();
        assertEquals(Exit.USAGE, follow(LOG, "--from-start", "--patterns=" + own), "at the start they must be good");
        assertTrue(runner.err().contains("mine.grok:1"), runner.err());
    }

    @Test
    void aDamagedIndexIsSetAsideAndMadeAnewFromRotatedLogsToo() throws IOException {
        List<String> lines = Files.readAllLines(LOG);
        int half = lines.size() / 2;
        Path log = folder.resolve("maillog");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve("maillog.2.gz")))) {
            packed.write((String.join("\n", lines.subList(0, half / 2)) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("maillog.1"), lines.subList(half / 2, half));
        Files.write(log, lines.subList(half, lines.size()));
        assertEquals(Exit.DONE, follow(LOG, "--from-start"));
        String whole = count();
        Path index = folder.resolve("index");
        try (Stream<Path> files = Files.list(index)) {
            Path segments = files.filter(f -> f.getFileName().toString().startsWith("segments_")).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(segments);
            bytes[bytes.length / 2] ^= 1;
            Files.write(segments, bytes);
        }
        assertEquals(Exit.DONE, follow(log));
        assertTrue(runner.err().contains("the index is damaged; it is kept as"), runner.err());
        assertEquals(whole, count());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.filter(f -> f.getFileName().toString().startsWith("index.damaged-")).count());
        }
    }
}
