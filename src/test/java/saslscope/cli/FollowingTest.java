package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.index.EventStore;
import saslscope.index.LuceneStore;

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
        assertTrue(told.contains("saslscope: SIGHUP: settings and definitions loaded anew"), told);
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
    void hupReadsTheSettingsAnewAndKeepsTheOldOnesIfTheNewOnesAreBad() throws IOException {
        Path settings = Files.writeString(folder.resolve("saslscope.conf"), "keep = 52w\n");
        runner.settings = List.of(settings);
        assertEquals(Exit.DONE, follow(LOG, "--from-start"), runner.err());
        String all = count();
        runner.now = Runner.NOW.plus(Duration.ofDays(100));
        for (String bad : List.of("keep = ever\n", "kept = 90d\n", "keep\n", "timezone = Nowhere\n", "host-root = " + folder.resolve("missing") + "\n")) {
            Files.writeString(settings, "keep = 52w\n");
            hup(settings, bad);
            assertEquals(Exit.DONE, follow(LOG), runner.err());
            assertTrue(runner.err().contains("SIGHUP: the settings have errors, the old ones stay in use: "), bad + runner.err());
            assertEquals(all, again(settings));
        }
        hup(settings, "keep = 90d\n");
        assertEquals(Exit.DONE, follow(LOG), runner.err());
        assertTrue(runner.err().contains("SIGHUP: settings and definitions loaded anew"), runner.err());
        assertEquals("0", again(settings));
    }

    private String again(Path settings) throws IOException {
        runner.requests = new Requests();
        Files.writeString(settings, "");
        return count();
    }

    /** The settings change after they were read, and then comes the signal, once. */
    private void hup(Path settings, String text) {
        boolean[] asked = {false};
        runner.requests = new Requests() {
            @Override
            boolean takeReload() {
                try {
                    Files.writeString(settings, text);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                boolean first = !asked[0];
                asked[0] = true;
                return first;
            }
        };
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

    @Test
    void aDamagedIndexThatCannotBeRenamedIsSetAsideInItsOwnFolder() throws IOException {
        Path index = folder.resolve("index");
        assertEquals(Exit.DONE, follow(LOG, "--from-start"));
        String whole = count();
        try (Stream<Path> files = Files.list(index)) {
            for (Path f : files.filter(f -> f.getFileName().toString().startsWith("segments_")).toList()) {
                byte[] bytes = Files.readAllBytes(f);
                bytes[0] ^= 1;
                Files.write(f, bytes);
            }
        }
        // The name that it would get is taken.
        Files.createDirectory(folder.resolve("index.damaged-20261122T180000Z"));
        assertEquals(Exit.DONE, follow(LOG), runner.err());
        assertTrue(runner.err().contains("it is kept as " + index.resolve("damaged-20261122T180000Z")), runner.err());
        assertTrue(Files.exists(index.resolve("damaged-20261122T180000Z")));
        assertEquals(whole, count());
        assertEquals(Exit.DONE, follow(LOG), runner.err());
        assertEquals(whole, count());
    }

    @Test
    void whileAnotherWriterHasTheIndexItShowsOnlyAndStoresLaterWhatCameMeanwhile() throws IOException {
        EventStore first = LuceneStore.write(folder.resolve("second"));
        showsUntilMended(folder.resolve("second"), "already being written by another saslscope", first::close);
    }

    @Test
    void besideAnIndexOfAnotherVersionItShowsOnlyAndStoresOnceThatIsMovedAway() throws IOException {
        Path index = folder.resolve("second");
        try (FSDirectory files = FSDirectory.open(index); IndexWriter writer = new IndexWriter(files, new IndexWriterConfig())) {
            writer.setLiveCommitData(Map.of("saslscope.schema", "99").entrySet());
            writer.commit();
        }
        showsUntilMended(index, "this index has format 99", () -> {
            try {
                Files.move(index, folder.resolve("aside"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertTrue(Files.exists(folder.resolve("aside/segments_1")), "nothing in it is touched");
    }

    private void showsUntilMended(Path index, String said, Runnable mend) throws IOException {
        List<String> lines = Files.readAllLines(LOG);
        assertEquals(Exit.DONE, follow(LOG, "--from-start"));
        String whole = count();
        Path log = Files.writeString(folder.resolve("maillog"), lines.getFirst() + "\n");
        int[] calls = {0};
        runner.requests = new Requests() {
            @Override
            boolean takeCounts() {
                try {
                    calls[0]++;
                    if (calls[0] == 1) {
                        Files.write(log, lines.subList(1, lines.size()), StandardOpenOption.APPEND);
                    } else if (runner.out().contains("saslauthd is not running") && calls[0] > 3 && calls[0] < 1_000_000) {
                        calls[0] = 1_000_000;
                        mend.run();
                    } else if (runner.err().contains("can be written again") && calls[0] > 1_000_050) {
                        runner.stop.ask(143);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return false;
            }
        };
        assertEquals(143, runner.run("follow", "--index=" + index, log.toString()), runner.err());
        assertTrue(runner.err().contains(said), runner.err());
        assertTrue(runner.err().contains("the index cannot be written; logs are read on, and what they tell is shown and stored later"), runner.err());
        runner.requests = new Requests();
        runner.stop = new Stop();
        runner.run("search", "--index=" + index, "--count", "outcome:failure");
        assertEquals(whole, runner.out().strip());
    }

    @Test
    void aFirstRunThatIsKilledBeforeItStoredAnythingHasLeftItsPosition() throws IOException {
        List<String> lines = Files.readAllLines(LOG);
        Path log = Files.writeString(folder.resolve("maillog"), lines.getFirst() + "\n");
        Path killed = folder.resolve("killed");
        runner.run("analyze", "--store", "--index=" + folder.resolve("whole"), LOG.toString());
        runner.run("search", "--index=" + folder.resolve("whole"), "--count", "outcome:failure");
        String whole = runner.out().strip();
        runner.requests = new Requests() {
            @Override
            boolean takeCounts() {
                try {
                    if (Files.notExists(killed)) {
                        Files.createDirectory(killed);
                        try (Stream<Path> files = Files.list(folder.resolve("index"))) {
                            for (Path f : files.toList()) {
                                Files.copy(f, killed.resolve(f.getFileName()));
                            }
                        }
                        Files.write(log, lines.subList(1, lines.size()), StandardOpenOption.APPEND);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return false;
            }
        };
        assertEquals(Exit.DONE, follow(log), runner.err());
        assertEquals(Exit.DONE, runner.run("follow", "--to-end", "-q", "--index=" + killed, log.toString()));
        runner.run("search", "--index=" + killed, "--count", "outcome:failure");
        assertEquals(whole, runner.out().strip());
    }

    @Test
    void aLinkInTheIndexIsNotFollowed() throws IOException {
        Path index = folder.resolve("index");
        Path other = Files.writeString(folder.resolve("other"), "precious");
        for (String name : List.of("writer.pid", "write.lock", "_0.si")) {
            Files.createDirectories(index);
            Path link = Files.createSymbolicLink(index.resolve(name), other);
            assertEquals(Exit.USAGE, follow(LOG, "--from-start"));
            assertTrue(runner.err().contains(link + ": is a symbolic link"), runner.err());
            assertEquals("precious", Files.readString(other));
            Files.delete(link);
        }
        assertEquals(Exit.DONE, follow(LOG, "--from-start"), runner.err());
        // The folder itself may be one: whoever names it chose so.
        Path link = Files.createSymbolicLink(folder.resolve("link"), index);
        assertEquals(Exit.DONE, runner.run("follow", "--to-end", "--index=" + link, LOG.toString()), runner.err());
    }

    @Test
    void whatIsOlderThanWantedIsDeletedFromTheIndex() {
        String index = "--index=" + folder.resolve("index");
        assertEquals(Exit.DONE, runner.run("analyze", "--store", index, LOG.toString()));
        int all = Integer.parseInt(count());
        assertEquals(Exit.DONE, runner.run("analyze", "--store", index, "--keep=52w", "--max-size=1G", LOG.toString()));
        assertEquals(all, Integer.parseInt(count()));
        assertFalse(runner.err().contains("--keep"), runner.err());
        runner.now = Runner.NOW.plus(Duration.ofDays(365));
        assertEquals(Exit.DONE, follow(LOG, "--keep=52w"));
        assertEquals(0, Integer.parseInt(count()));
        for (String wrong : List.of("--keep=0d", "--keep=90", "--keep=ever", "--max-size=1", "--max-size=0G", "--max-size=big")) {
            assertEquals(Exit.USAGE, follow(LOG, wrong));
            assertTrue(runner.err().startsWith("saslscope: " + wrong + ": not a s"), runner.err());
        }
    }

    @Test
    void logsThatMatchNowAndLaterAreFollowedAndRotatedOnesAreNotLogsOfTheirOwn() throws IOException {
        List<String> lines = Files.readAllLines(LOG);
        assertEquals(Exit.DONE, follow(LOG, "--from-start"));
        int whole = Integer.parseInt(count());
        Path logs = folder.resolve("later/logs");
        String pattern = logs.resolve("mail*.log").toString();
        int[] calls = {0};
        runner.requests = new Requests() {
            @Override
            boolean takeCounts() {
                calls[0]++;
                try {
                    if (calls[0] == 1) {
                        Files.createDirectories(logs);
                        Files.write(logs.resolve("mail.log"), lines);
                        Files.write(logs.resolve("mail.log.1"), lines);
                        Files.write(logs.resolve("auth.log"), lines);
                        Files.createSymbolicLink(logs.resolve("mail-again.log"), logs.resolve("mail.log"));
                    } else if (runner.err().contains("mail.log too")) {
                        runner.stop.ask(143);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return false;
            }
        };
        String index = "--index=" + folder.resolve("other");
        assertEquals(143, runner.run("follow", index, pattern), runner.err());
        assertTrue(runner.err().contains("matches no log yet"), runner.err());
        runner.requests = new Requests();
        runner.stop = new Stop();
        // One that came while nothing ran is new as well; what was read is not read again.
        Files.write(logs.resolve("mail-out.log"), lines.stream().map(l -> l.replace(" mail ", " out ")).toList());
        assertEquals(Exit.DONE, runner.run("follow", "--to-end", index, pattern), runner.err());
        runner.run("search", index, "--by=file", "outcome:failure");
        String byFile = runner.out();
        assertEquals(2, byFile.lines().filter(l -> l.matches(" *" + whole + " .*mail(-out)?\\.log *")).count(), byFile);
        assertFalse(byFile.contains("auth.log") || byFile.contains("log.1") || byFile.contains("again"), byFile);
    }

    @Test
    void whoWantsToKnowIsToldWhatBecameOfTheLines() throws IOException {
        long lines;
        try (Stream<String> all = Files.lines(LOG)) {
            lines = all.count();
        }
        assertEquals(Exit.DONE, follow(LOG, "--from-start", "-v"));
        assertTrue(runner.err().contains("saslscope: lines: " + lines + " read = "), runner.err());
        assertEquals(Exit.DONE, follow(LOG, "-v"));
        assertTrue(runner.err().contains("saslscope: lines: 0 read = "), "only this run's: " + runner.err());
        for (String command : List.of("search", "incidents")) {
            assertEquals(Exit.DONE, runner.run(command, "-v", "--index=" + folder.resolve("index")));
            assertTrue(runner.err().contains("saslscope: lines that were followed: " + lines + " read = "), "of all runs: " + runner.err());
        }
        runner.run("patterns", "unmatched", "-v", LOG.toString());
        assertTrue(runner.err().contains("saslscope: lines: " + lines + " read = "), runner.err());
        for (String command : List.of("analyze", "redact")) {
            assertEquals(Exit.DONE, runner.run(command, "-v", LOG.toString()));
            assertTrue(runner.err().contains("saslscope: lines: " + lines + " read = "), runner.err());
        }
    }
}
