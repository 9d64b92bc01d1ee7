package saslscope.source;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {
    @TempDir
    Path dir;
    private Path log;
    private LineStream follower;
    private final List<Problem> problems = new ArrayList<>();

    @BeforeEach
    void names() {
        log = dir.resolve("maillog");
    }

    @AfterEach
    void close() throws IOException {
        if (follower != null) {
            follower.close();
        }
    }

    @Test
    void deliversLinesAsTheyAreWritten() throws IOException {
        write(log, "one\ntwo\n");
        follow(new Start.Beginning());
        assertEquals(List.of("one", "two"), lines());
        assertEquals(List.of(), lines());
        write(log, "three\n");
        assertEquals(List.of("three"), lines());
        assertFalse(follower.ended());
    }

    @Test
    void completesAHalfLineLater() throws IOException {
        write(log, "one\ntw");
        follow(new Start.Beginning());
        assertEquals(List.of("one"), lines());
        assertEquals(4, follower.position().offset());
        write(log, "o");
        assertEquals(List.of(), lines());
        write(log, "\nthr");
        assertEquals(List.of("two"), lines());
        write(log, "ee\n");
        assertEquals(List.of("three"), lines());
    }

    @Test
    void waitsForAFileAndItsDirectoryThatAreNotThereYet() throws IOException {
        log = dir.resolve("later/maillog");
        follow(new Start.End());
        assertEquals(List.of(), lines());
        assertEquals(new Position(new LogFile(log.toString(), 0), 0, 1), follower.position());
        assertEquals(List.of(), lines());
        assertEquals(List.of(new Problem(log.toString(), "does not exist", "waiting for it to appear", true)), problems);
        Files.createDirectory(dir.resolve("later"));
        assertEquals(List.of(), lines());
        write(log, "one\n");
        assertEquals(List.of("one"), lines());
        assertEquals(1, problems.size());
    }

    @Test
    void whatCameAfterAnEmptyLogWasFollowedIsReadEvenIfItWasRotatedMeanwhile() throws IOException {
        for (boolean there : new boolean[] {true, false}) {
            for (String older : new String[] {"", "old\nolder\n"}) {
                log = Files.createTempDirectory(dir, "x").resolve("maillog");
                if (!older.isEmpty()) {
                    write(Path.of(log + ".1"), older);
                }
                if (there) {
                    write(log, "");
                }
                follow(new Start.End());
                assertEquals(List.of(), lines());
                Position at = follower.position();
                close();
                write(log, "one\ntwo\n");
                if (!older.isEmpty()) {
                    Files.move(Path.of(log + ".1"), Path.of(log + ".2"));
                }
                Files.move(log, Path.of(log + ".1"));
                write(log, "three\n");
                follow(new Start.At(at));
                assertEquals(List.of("one", "two", "three"), lines(), there + " " + older);
            }
        }
    }

    @Test
    void startsAtTheEndOrSomeLinesBeforeWithExactNumbers() throws IOException {
        write(log, "one\ntwo\nthree\nfour\nfi");
        follow(new Start.End());
        assertEquals(List.of(), lines());
        write(log, "ve\n");
        Line five = follower.next();
        assertEquals("five", Logs.text(five));
        assertEquals(5, five.number());
        assertEquals(19, five.offset());
        follow(new Start.LastLines(2));
        Line four = follower.next();
        assertEquals("four", Logs.text(four));
        assertEquals(4, four.number());
        assertEquals(14, four.offset());
        assertEquals(List.of("five"), lines());
        follow(new Start.LastLines(5));
        assertEquals(5, lines().size());
        follow(new Start.LastLines(99));
        assertEquals(5, lines().size());
        follow(new Start.LastLines(0));
        assertEquals(List.of(), lines());
    }

    @Test
    void theLastLinesMayBeFarFromTheEnd() throws IOException {
        write(log, Logs.many(30_000));
        follow(new Start.LastLines(20_000));
        Line line = follower.next();
        assertEquals(10_001, line.number());
        assertTrue(Logs.text(line).startsWith("line 10000 "));
        assertEquals(19_999, lines().size());
    }

    @Test
    void readsLateLinesOfTheRenamedFileBeforeTheNewOne() throws IOException {
        write(log, "one\n");
        follow(new Start.Beginning());
        assertEquals(List.of("one"), lines());
        Path old = rename(log, "maillog.1");
        assertEquals(List.of(), lines());
        Files.createFile(log);
        write(old, "late\n");
        assertEquals(List.of("late"), lines());
        write(old, "later\n");
        write(log, "new\n");
        assertEquals(List.of("later", "new"), lines());
        assertEquals(log.toString(), follower.position().file().path());
    }

    @Test
    void aDaemonThatWasNotToldKeepsTheOldFile() throws IOException {
        write(log, "one\n");
        follow(new Start.Beginning());
        lines();
        Path old = rename(log, "maillog.1");
        Files.createFile(log);
        for (int i = 0; i < 10; i++) {
            write(old, "late " + i + "\n");
            assertEquals(List.of("late " + i), lines());
        }
    }

    @Test
    void linesThatComeIntoTheOldFileAfterTheNewOneBeganAreReadToo() throws IOException {
        write(log, "one\n");
        follow(new Start.Beginning());
        lines();
        Path old = rename(log, "maillog.1");
        write(log, "new\n");
        assertEquals(List.of("new"), lines());
        write(old, "late\n");
        write(log, "newer\n");
        assertEquals(List.of("newer", "late"), lines());
        // Compressed and gone: let go of.
        Files.write(dir.resolve("maillog.1.gz"), Logs.packed(Compression.GZIP, "one\nlate\n"));
        Files.delete(old);
        assertEquals(List.of(), lines());
        write(log, "newest\n");
        assertEquals(List.of("newest"), lines());
        assertEquals(new LineStream.Tally(5, 26, 0, 26, 26), follower.tally());
    }

    @Test
    void deliversALastLineWithoutNewlineWhenTheFileIsLeft() throws IOException {
        write(log, "one\ntwo");
        follow(new Start.Beginning());
        assertEquals(List.of("one"), lines());
        rename(log, "maillog.1");
        assertEquals(List.of(), lines());
        write(log, "three\n");
        assertEquals(List.of("two", "three"), lines());
    }

    @Test
    void readsWhatWasRotatedTwiceBetweenTwoLooks() throws IOException {
        write(log, "one\n");
        follow(new Start.Beginning());
        lines();
        write(log, "two\n");
        rename(log, "maillog.1");
        write(log, "three\n");
        rename(dir.resolve("maillog.1"), "maillog.2");
        Files.write(dir.resolve("maillog.1.gz"), Logs.packed(Compression.GZIP, "three\nthree and a half\n"));
        Files.delete(log);
        Files.createFile(log);
        // The new file is empty: what lies between must come all the same.
        assertEquals(List.of("two", "three", "three and a half"), lines());
        write(log, "four\n");
        assertEquals(List.of("four"), lines());
        assertEquals(List.of(), problems);
    }

    @Test
    void readsWhatWasRotatedMeanwhileEvenIfTheOldFileIsGone() throws IOException {
        write(dir.resolve("maillog.1"), "zero\n");
        write(log, "one\n");
        follow(new Start.Beginning());
        assertEquals(List.of("one"), lines());
        Files.delete(log);
        Files.delete(dir.resolve("maillog.1"));
        write(dir.resolve("maillog.1"), "two\n");
        write(log, "three\n");
        assertEquals(List.of("two", "three"), lines());
    }

    @Test
    void comesBackAfterADeletion() throws IOException {
        write(log, "one\n");
        follow(new Start.Beginning());
        lines();
        Files.delete(log);
        assertEquals(List.of(), lines());
        write(log, "two\n");
        assertEquals(List.of("two"), lines());
        assertEquals(List.of(), problems);
    }

    @Test
    void startsAnewAfterATruncation() throws IOException {
        write(log, "one\ntwo\n");
        follow(new Start.Beginning());
        lines();
        truncate(log);
        assertEquals(List.of(), lines());
        write(log, "three\n");
        Line three = follower.next();
        assertEquals("three", Logs.text(three));
        assertEquals(0, three.offset());
        assertEquals(1, three.number());
    }

    @Test
    void noticesATruncationAfterWhichMoreWasWrittenThanBefore() throws IOException {
        write(log, "one\ntwo\n");
        follow(new Start.Beginning());
        lines();
        truncate(log);
        write(log, "three\nfour\nfive\n");
        assertEquals(List.of("three", "four", "five"), lines());
        truncate(log);
        write(log, "thre2\nfour\nfive\n");
        assertEquals(List.of("thre2", "four", "five"), lines());
    }

    @Test
    void deliversTheHalfLineThatATruncationLeft() throws IOException {
        write(log, "one\ntwo");
        follow(new Start.Beginning());
        assertEquals(List.of("one"), lines());
        truncate(log);
        write(log, "new\n");
        assertEquals(List.of("two", "new"), lines());
    }

    @Test
    void readsTheRestFromTheCopyOfCopytruncate() throws IOException {
        write(log, "one\ntw");
        follow(new Start.Beginning());
        assertEquals(List.of("one"), lines());
        write(log, "o\nthree\nfo");
        Files.copy(log, dir.resolve("maillog.1"));
        truncate(log);
        write(log, "new\n");
        assertEquals(List.of("two", "three", "fo", "new"), lines());
        assertEquals(List.of(), problems);
    }

    @Test
    void readsTheRestFromACompressedCopyAndWhatWasCopiedAfterIt() throws IOException {
        write(log, "one\n");
        follow(new Start.Beginning());
        lines();
        Files.write(dir.resolve("maillog.2.gz"), Logs.packed(Compression.GZIP, "one\ntwo\n"));
        Files.writeString(dir.resolve("maillog.1"), "three\n");
        truncate(log);
        write(log, "four\nfour and more\n");
        assertEquals(List.of("two", "three", "four", "four and more"), lines());
    }

    @Test
    void followsASymbolicLinkThatIsSwitchedAndSwitchedBack() throws IOException {
        Path a = dir.resolve("a");
        Path b = dir.resolve("b");
        write(a, "one\n");
        write(b, "two\n");
        Files.createSymbolicLink(log, a);
        follow(new Start.Beginning());
        assertEquals(List.of("one"), lines());
        relink(b);
        assertEquals(List.of("two"), lines());
        write(a, "three\n");
        relink(a);
        assertEquals(List.of("three"), lines());
        write(a, "four\n");
        assertEquals(List.of("four"), lines());
    }

    @Test
    void followsALinkToDatedFiles() throws IOException {
        write(dir.resolve("maillog-20261120"), "one\n");
        Files.createSymbolicLink(log, dir.resolve("maillog-20261120"));
        follow(new Start.Beginning());
        assertEquals(List.of("one"), lines());
        write(dir.resolve("maillog-20261121"), "two\n");
        write(dir.resolve("maillog-20261122"), "three\n");
        relink(dir.resolve("maillog-20261122"));
        assertEquals(List.of("two", "three"), lines());
    }

    @Test
    void aFileThatIsReplacedByACopyOfItselfIsNotReadAgain() throws IOException {
        write(log, "one\ntwo\n");
        follow(new Start.Beginning());
        lines();
        Files.writeString(dir.resolve("new"), "one\ntwo\nthree\n");
        Files.move(dir.resolve("new"), log, StandardCopyOption.REPLACE_EXISTING);
        Line three = follower.next();
        assertEquals("three", Logs.text(three));
        assertEquals(3, three.number());
        assertNull(follower.next());
    }

    @Test
    void aNewFileWithTheSameFirstLineButOtherContentIsReadWhole() throws IOException {
        write(log, "header\ntwo\n");
        follow(new Start.Beginning());
        lines();
        rename(log, "maillog.1");
        write(log, "header\nthree\nfour\n");
        assertEquals(List.of("header", "three", "four"), lines());
    }

    @Test
    void goesOnWhereItStopped() throws IOException {
        write(log, "one\ntwo\n");
        follow(new Start.Beginning());
        follower.next();
        Position position = follower.position();
        assertEquals(4, position.offset());
        assertEquals(2, position.number());
        follow(new Start.At(position));
        assertEquals(position, follower.position());
        Line two = follower.next();
        assertEquals("two", Logs.text(two));
        assertEquals(2, two.number());
        assertEquals(position.file(), two.file());
    }

    @Test
    void goesOnInRotatedAndCompressedPartsThenInTheLiveFile() throws IOException {
        write(log, "one\ntwo\n");
        follow(new Start.Beginning());
        follower.next();
        Position position = follower.position();
        follower.close();
        Files.write(dir.resolve("maillog-20261119.gz"), Logs.packed(Compression.GZIP, "zero\n"));
        Files.write(dir.resolve("maillog-20261120.gz"), Logs.packed(Compression.GZIP, "one\ntwo\nthree\n"));
        Files.write(dir.resolve("maillog-20261121.zst"), Logs.packed(Compression.ZSTD, "four\n"));
        Files.writeString(dir.resolve("maillog-20261122"), "five\nsix");
        Files.writeString(log, "seven\n");
        follow(new Start.At(position));
        List<Line> lines = all();
        assertEquals(List.of("two", "three", "four", "five", "six", "seven"), Logs.texts(lines));
        assertEquals(2, lines.getFirst().number());
        assertEquals(4, lines.getFirst().offset());
        assertEquals(position.file().fingerprint(), lines.getFirst().file().fingerprint());
        assertEquals(List.of(), problems);
        LineStream.Tally tally = follower.tally();
        assertEquals(6, tally.lines());
    }

    @Test
    void goesOnInARenamedFileThatIsStillBeingWritten() throws IOException {
        write(log, "one\n");
        follow(new Start.Beginning());
        lines();
        Position position = follower.position();
        follower.close();
        Path old = rename(log, "maillog.1");
        write(old, "two\n");
        follow(new Start.At(position));
        assertEquals(List.of("two"), lines());
        write(old, "three\n");
        assertEquals(List.of("three"), lines());
        write(old, "four\n");
        write(log, "five\n");
        assertEquals(List.of("four", "five"), lines());
    }

    @Test
    void aPositionInTheCopyAndTheFileIsSoughtInTheFileFirst() throws IOException {
        write(log, "one\ntwo\n");
        follow(new Start.Beginning());
        lines();
        Position position = follower.position();
        Files.copy(log, dir.resolve("maillog.1"));
        write(log, "three\n");
        follow(new Start.At(position));
        assertEquals(List.of("three"), lines());
        assertEquals(log.toString(), follower.position().file().path());
    }

    @Test
    void goesOnInTheCopyIfTheFileWasTruncatedMeanwhile() throws IOException {
        write(log, "one\n");
        follow(new Start.Beginning());
        lines();
        Position position = follower.position();
        write(log, "two\n");
        Files.copy(log, dir.resolve("maillog.1"));
        truncate(log);
        write(log, "three\n");
        follow(new Start.At(position));
        assertEquals(List.of("two", "three"), lines());
    }

    @Test
    void readsWhatIsThereAndSaysSoIfTheFileOfThePositionIsGone() throws IOException {
        write(dir.resolve("maillog.1"), "five\n");
        write(log, "six\n");
        follow(new Start.At(new Position(new LogFile("maillog", 42), 400, 9)));
        assertEquals(List.of("five", "six"), lines());
        assertEquals(1, problems.size());
        assertEquals("the file where reading stopped last time is gone", problems.getFirst().what());
    }

    @Test
    void aPositionWaitsForItsFile() throws IOException {
        write(log, "one\ntwo\n");
        follow(new Start.Beginning());
        follower.next();
        Position position = follower.position();
        Path away = Files.move(log, dir.resolve("elsewhere"));
        follow(new Start.At(position));
        assertEquals(List.of(), lines());
        Files.move(away, log);
        assertEquals(List.of("two"), lines());
    }

    @Test
    void aLastLineReadWithoutItsNewlineComesAgainWhole() throws IOException {
        write(log, "one\ntw");
        LogReader reader = LogReader.open(new Log("maillog", List.of(new Log.Part("maillog", log))), null, LineSelector.ALL,
            Limits.STANDARD, Logs.CLOCK, problems::add);
        assertEquals(2, Logs.drain(reader).size());
        assertEquals(6, reader.position().offset());
        write(log, "o\nthree\n");
        follow(new Start.At(reader.position()));
        Line two = follower.next();
        assertEquals("two", Logs.text(two));
        assertEquals(2, two.number());
        assertEquals(4, two.offset());
        assertEquals(List.of("three"), lines());
    }

    @Test
    void theFirstLinesIdentityIsTheSameHoweverItCame() throws IOException {
        write(log, "on");
        follow(new Start.Beginning());
        assertEquals(List.of(), lines());
        assertEquals(new Position(new LogFile(log.toString(), 0), 0, 1), follower.position());
        write(log, "e\ntwo\n");
        Line one = follower.next();
        assertEquals(Siblings.fingerprint(log), one.file().fingerprint());
        assertNotEquals(0, one.file().fingerprint());
    }

    @Test
    void aDamagedPartIsAProblemAndTheRestIsRead() throws IOException {
        write(log, "one\n");
        follow(new Start.Beginning());
        lines();
        Position position = follower.position();
        byte[] gzip = Logs.packed(Compression.GZIP, "one\n" + Logs.many(2_000));
        Files.write(dir.resolve("maillog.1.gz"), java.util.Arrays.copyOf(gzip, gzip.length / 2));
        Files.delete(log);
        write(log, "new\n");
        follow(new Start.At(position));
        List<String> lines = lines();
        assertEquals("new", lines.getLast());
        assertTrue(lines.size() > 500);
        assertEquals(1, problems.size());
    }

    @Test
    void aDirectoryIsAProblemOnce() throws IOException {
        Files.createDirectory(log);
        follow(new Start.Beginning());
        assertEquals(List.of(), lines());
        assertEquals(List.of(), lines());
        assertEquals(1, problems.size());
        Files.delete(log);
        write(log, "one\n");
        assertEquals(List.of("one"), lines());
    }

    @Test
    void countsWhatItReads() throws IOException {
        write(log, "one\ntwo\nhalf");
        follow(new Start.Beginning());
        assertEquals(new LineStream.Tally(0, 0, 0, 0, 12), follower.tally());
        lines();
        assertEquals(new LineStream.Tally(2, 8, 0, 12, 12), follower.tally());
        assertEquals(Files.getLastModifiedTime(log).toMillis(), follower.modified());
        follower.close();
        assertEquals(new LineStream.Tally(2, 8, 0, 12, 12), follower.tally());
        assertNull(follower.next());
        assertTrue(follower.ended());
        assertEquals(8, follower.position().offset());
    }

    private void follow(Start start) throws IOException {
        close();
        follower = Follower.open(log.toString(), null, start, LineSelector.ALL, new Limits(1 << 10, 1 << 10), Logs.CLOCK,
            problems::add);
    }

    /** All that is there now. */
    private List<Line> all() {
        List<Line> lines = new ArrayList<>();
        try {
            for (Line line = follower.next(); line != null; line = follower.next()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private List<String> lines() {
        return Logs.texts(all());
    }

    private Path rename(Path file, String name) throws IOException {
        return Files.move(file, dir.resolve(name));
    }

    private void relink(Path target) throws IOException {
        Files.delete(log);
        Files.createSymbolicLink(log, target);
    }

    private static void write(Path file, String text) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, CREATE, APPEND)) {
            out.write(Logs.bytes(text));
        }
    }

    private static void truncate(Path file) throws IOException {
        FileChannel.open(file, StandardOpenOption.WRITE).truncate(0).close();
    }
}
