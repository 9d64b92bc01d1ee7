package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogReaderTest {
    @TempDir
    Path dir;
    private final List<Problem> problems = new ArrayList<>();

    @Test
    void readsThePartsOfALogOldestFirst() throws IOException {
        Files.writeString(dir.resolve("maillog"), "three\nfour\n");
        Files.writeString(dir.resolve("maillog.1"), "one\r\ntwo");
        Log log = Discovery.logs(List.of(dir.toString()), problems::add).getFirst();
        LogReader reader = LogReader.open(log, null, LineSelector.ALL, Limits.STANDARD, Logs.CLOCK, problems::add);
        assertNull(reader.position());
        List<String> lines = new ArrayList<>();
        for (Line line = reader.next(); line != null; line = reader.next()) {
            lines.add(line.number() + " " + line.offset() + " " + Logs.text(line));
        }
        assertEquals(List.of("1 0 one", "2 5 two", "1 0 three", "2 6 four"), lines);
        assertEquals(List.of(), problems);
        assertTrue(reader.ended());
        assertEquals(new LineStream.Tally(4, 19, 0, 19, 19), reader.tally());
        assertEquals(11, reader.position().offset());
        assertEquals(3, reader.position().number());
        assertEquals(dir.resolve("maillog").toString(), reader.position().file().path());
    }

    @Test
    void numberAndOffsetOfASelectedLineAreExact() throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 50_000; i++) {
            if (i % 997 == 0) {
                expected.add(i + " " + text.length());
                text.append("warning: SASL\n");
            } else {
                text.append("some other line ").append(i).append('\n');
            }
        }
        Path file = Files.writeString(dir.resolve("maillog"), text);
        LogReader reader = LogReader.open(new Log("maillog", List.of(new Log.Part("maillog", file))), null,
            LineSelectors.of(List.of(Logs.bytes("SASL"))), Limits.STANDARD, Logs.CLOCK, problems::add);
        assertEquals(expected, Logs.drain(reader).stream().map(l -> l.number() + " " + l.offset()).toList());
        assertEquals(50_000, reader.tally().lines());
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void readsEveryCompressionWhateverTheName(Compression how) throws IOException {
        String text = Logs.many(5_000);
        Path file = Files.write(dir.resolve("maillog.1"), Logs.packed(how, text));
        List<Line> lines = Logs.read(file, problems);
        assertEquals(List.of(text.split("\n")), Logs.texts(lines));
        assertEquals(List.of(), problems);
        assertEquals(Fingerprint.of(Logs.bytes(text), 0, text.length(), true), lines.getFirst().file().fingerprint());
        assertEquals(lines.getLast().file(), lines.getFirst().file());
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void readsCompressedPipes(Compression how) throws IOException {
        List<Line> lines = Logs.pipe(Logs.packed(how, Logs.many(5_000)), problems);
        assertEquals(List.of(Logs.many(5_000).split("\n")), Logs.texts(lines));
        assertEquals(List.of(), problems);
        assertEquals(new LogFile("-", 0), lines.getFirst().file());
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void readsSeveralCompressedStreamsInOneFile(Compression how) throws IOException {
        byte[] one = Logs.packed(how, "one\ntw");
        byte[] nothing = Logs.packed(how, "");
        byte[] two = Logs.packed(how, "o\nthree\n");
        byte[] all = new byte[one.length + nothing.length + two.length];
        System.arraycopy(one, 0, all, 0, one.length);
        System.arraycopy(nothing, 0, all, one.length, nothing.length);
        System.arraycopy(two, 0, all, one.length + nothing.length, two.length);
        assertEquals(List.of("one", "two", "three"), Logs.texts(Logs.read(Files.write(dir.resolve("x"), all), problems)));
        assertEquals(List.of("one", "two", "three"), Logs.texts(Logs.pipe(all, problems)));
        assertEquals(List.of(), problems);
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void deliversWhatIsReadableOfATruncatedFileAndReportsItOnce(Compression how) throws IOException {
        // bzip2 gives whole blocks of 100 kB only.
        String text = Logs.many(10_000);
        byte[] whole = Logs.packed(how, text);
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length * 3 / 4);
        Path file = Files.write(dir.resolve("maillog.1.gz"), cut);
        Path next = Files.writeString(dir.resolve("maillog"), "next\n");
        Log log = new Log("maillog", List.of(new Log.Part("old", file), new Log.Part("new", next)));
        List<String> lines = Logs.texts(Logs.read(log, problems));
        assertEquals("next", lines.getLast());
        String got = String.join("\n", lines.subList(0, lines.size() - 1));
        assertTrue(text.startsWith(got));
        assertTrue(got.length() > text.length() / 3, got.length() + " of " + text.length());
        assertEquals(1, problems.size(), problems.toString());
        assertEquals("old", problems.getFirst().file());
        assertTrue(problems.getFirst().toString().contains("damaged"), problems.toString());
        assertEquals(got.length(), readableBytes(how, cut));
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void damagedArchivesNeverFail(Compression how) throws IOException {
        byte[] whole = Logs.packed(how, Logs.many(1_000));
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            for (int i = 0; i < 3; i++) {
                damaged[Compression.HEAD + random.nextInt(whole.length - Compression.HEAD)] ^= (byte) (1 << random.nextInt(8));
            }
            problems.clear();
            Path file = Files.write(dir.resolve("damaged" + seed), damaged);
            Logs.read(file, problems);
            Logs.pipe(damaged, problems);
            assertEquals(2, problems.size(), "seed " + seed + problems);
        }
    }

    @Test
    void saysThatBytesBehindGzipDataAreNone() throws IOException {
        byte[] gzip = Logs.packed(Compression.GZIP, "one\n");
        byte[] padded = java.util.Arrays.copyOf(gzip, gzip.length + 512);
        assertEquals(List.of("one"), Logs.texts(Logs.pipe(padded, problems)));
        assertEquals(List.of(), problems);
        padded[gzip.length + 100] = 'x';
        assertEquals(List.of("one"), Logs.texts(Logs.pipe(padded, problems)));
        assertEquals(1, problems.size());
    }

    @Test
    void readsGzipHeadersWithAllTheirFields() throws IOException {
        byte[] gzip = Logs.packed(Compression.GZIP, "one\n");
        byte[] fields = {3, 0, 'a', 'b', 'c', 'n', 'a', 'm', 'e', 0, 'n', 'o', 't', 'e', 0, 1, 2};
        byte[] all = new byte[gzip.length + fields.length];
        System.arraycopy(gzip, 0, all, 0, 10);
        System.arraycopy(fields, 0, all, 10, fields.length);
        System.arraycopy(gzip, 10, all, 10 + fields.length, gzip.length - 10);
        all[3] = 2 | 4 | 8 | 16;
        assertEquals(List.of("one"), Logs.texts(Logs.pipe(all, problems)));
        assertEquals(List.of(), problems);
    }

    @Test
    void badFilesAreProblemsAndTheOthersAreRead() throws IOException {
        Files.createDirectory(dir.resolve("folder"));
        Files.createSymbolicLink(dir.resolve("loop"), dir.resolve("loop"));
        List<Log.Part> parts = new ArrayList<>();
        Files.write(dir.resolve("journal"), Logs.bytes("LPKSHHRH\0\0\0\0"));
        Files.write(dir.resolve("zip"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0});
        Files.write(dir.resolve("stump.gz"), new byte[] {0x1f, (byte) 0x8b, 8});
        Files.writeString(dir.resolve("good"), "good\n");
        for (String name : List.of("missing", "folder", "loop", "journal", "zip", "stump.gz", "good")) {
            parts.add(new Log.Part(name, dir.resolve(name)));
        }
        assertEquals(List.of("good"), Logs.texts(Logs.read(new Log("x", parts), problems)));
        assertEquals("""
            missing: does not exist; check the name
            folder: is a directory; name the files in it, or a file
            loop: cannot be read: Too many levels of symbolic links or unable to access attributes of symbolic link
            journal: is a journal of systemd; pipe it: journalctl --file=FILE -o short-iso | saslscope analyze -
            zip: is packed in a way that is not read here (.zip, .Z, .lz4, .7z or .lz); unpack it first
            stump.gz: the compressed data is damaged or incomplete; what could be read of it was used; get a complete copy
            """.strip(), String.join("\n", problems.stream().map(Problem::toString).toList()));
    }

    @Test
    void anEmptyFileHasNoLinesAndIsNoProblem() throws IOException {
        assertEquals(List.of(), Logs.read(Files.createFile(dir.resolve("empty")), problems));
        assertEquals(List.of(), Logs.pipe(new byte[0], problems));
        assertEquals(List.of(), problems);
    }

    @Test
    void anyBytesAreLines() throws IOException {
        byte[] junk = new byte[300_000];
        new Random(3).nextBytes(junk);
        junk[0] = 0;
        List<Line> lines = Logs.read(Files.write(dir.resolve("junk"), junk), problems);
        assertEquals(List.of(), problems);
        assertEquals(Newlines.count(junk, 0, junk.length) + (junk[junk.length - 1] == '\n' ? 0 : 1), lines.size());
    }

    @Test
    void deliversTheBeginningOfAHugeLine() throws IOException {
        byte[] text = Logs.bytes("first\n" + "SASL ".repeat(400_000) + "\nlast\n");
        Path file = Files.write(dir.resolve("maillog"), text);
        LogReader reader = LogReader.open(new Log("x", List.of(new Log.Part("x", file))), null,
            LineSelectors.of(List.of(Logs.bytes("SASL"), Logs.bytes("last"))), Limits.STANDARD, Logs.CLOCK, problems::add);
        Line huge = reader.next();
        assertEquals(64 << 10, huge.bytes().length);
        assertTrue(huge.cut());
        Line last = reader.next();
        assertEquals(3, last.number());
        assertEquals(text.length - 5, last.offset());
        assertNull(reader.next());
        assertEquals(1, reader.tally().cut());
    }

    @Test
    void neverAssumesThatAReadReturnsAWholeLine() {
        String text = Logs.many(300);
        ByteArrayInputStream drops = new ByteArrayInputStream(Logs.bytes(text)) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
                return super.read(into, at, Math.min(1, length));
            }
        };
        Log log = new Log("-", List.of(new Log.Part("-", null)));
        LogReader reader = LogReader.open(log, drops, LineSelector.ALL, Limits.STANDARD, Logs.CLOCK, problems::add);
        assertEquals(List.of(text.split("\n")), Logs.texts(Logs.drain(reader)));
    }

    @Test
    void tellsHowFarItIsAndHowOldTheFileIs() throws IOException {
        byte[] gzip = Logs.packed(Compression.GZIP, Logs.many(1_000));
        Path old = Files.write(dir.resolve("maillog.1.gz"), gzip);
        Path live = Files.writeString(dir.resolve("maillog"), "one\n");
        Files.setLastModifiedTime(old, FileTime.fromMillis(1_000_000));
        Files.setLastModifiedTime(live, FileTime.fromMillis(2_000_000));
        LogReader reader = LogReader.open(new Log("x", List.of(new Log.Part("1", old), new Log.Part("0", live))), null,
            LineSelector.ALL, Limits.STANDARD, Logs.CLOCK, problems::add);
        assertEquals(1_000_000, reader.modified());
        assertEquals(gzip.length + 4, reader.tally().rawTotal());
        for (int i = 0; i < 1_000; i++) {
            reader.next();
        }
        assertEquals(1_000_000, reader.modified());
        assertEquals(gzip.length, reader.tally().rawBytes());
        reader.next();
        assertEquals(2_000_000, reader.modified());
        assertNull(reader.next());
        assertEquals(gzip.length + 4, reader.tally().rawBytes());
    }

    @Test
    void aPipeHasNoTotalAndIsWrittenNow() {
        LogReader reader = LogReader.open(new Log("-", List.of(new Log.Part("-", null))),
            new ByteArrayInputStream(Logs.bytes("one\n")), LineSelector.ALL, Limits.STANDARD, Logs.CLOCK, problems::add);
        assertEquals(-1, reader.tally().rawTotal());
        reader.next();
        assertEquals(Logs.CLOCK.millis(), reader.modified());
    }

    @Test
    void filesWithDifferentFirstLinesDifferInIdentity() throws IOException {
        Path one = Files.writeString(dir.resolve("one"), "a\nb\n", StandardCharsets.UTF_8);
        Path two = Files.writeString(dir.resolve("two"), "c\nb\n", StandardCharsets.UTF_8);
        assertNotEquals(Logs.read(one, problems).getLast().file().fingerprint(),
            Logs.read(two, problems).getLast().file().fingerprint());
    }

    /** Length of the complete text that the decoder gives byte by byte. */
    private static long readableBytes(Compression how, byte[] packed) {
        long n = 0;
        try (var in = how.over(new ByteArrayInputStream(packed))) {
            while (in.read() >= 0) {
                n++;
            }
        } catch (IOException e) {
            return n;
        }
        return n;
    }
}
