package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineSamplesTest {
    @TempDir
    Path dir;

    @Test
    void givesTheFirstLineAndTheFirstWholeOneAfterEveryDistance() throws IOException {
        // Lines start at 0, 4, 8, ...
        assertEquals(List.of("aaa", "ddd", "fff"), of("aaa\nbbb\nccc\nddd\neee\nfff\n", 10));
        assertEquals(List.of("aaa", "bbb", "ccc"), of("aaa\nbbb\nccc\n", 4));
        assertEquals(List.of("aaa"), of("aaa\nbbb\n", 100));
    }

    @Test
    void givesTheFirstLineOfACompressedFile() throws IOException {
        Path file = Files.write(dir.resolve("x.gz"), Logs.packed(Compression.GZIP, Logs.many(9_000)));
        assertEquals(1, LineSamples.of(file, 1_000).size());
    }

    @Test
    void neverGivesMoreThanItsBound() throws IOException {
        List<String> samples = of(Logs.many(20_000), 1);
        assertTrue(samples.size() <= LineSamples.MOST && samples.size() > LineSamples.MOST / 2, "" + samples.size());
        for (int i = 1; i < samples.size(); i++) {
            assertTrue(number(samples.get(i)) > number(samples.get(i - 1)));
        }
    }

    @Test
    void hasNothingToSayOfOtherThings() throws IOException {
        assertEquals(List.of(), LineSamples.of(null, 10));
        assertEquals(List.of(), LineSamples.of(dir, 10));
        assertEquals(List.of(), LineSamples.of(dir.resolve("missing"), 10));
        assertEquals(List.of(), of("", 10));
        assertEquals(List.of("x".repeat(8 << 10)), of("x".repeat(100_000), 10_000));
    }

    private static int number(String line) {
        return Integer.parseInt(line.split(" ")[1]);
    }

    private List<String> of(String text, int distance) throws IOException {
        Path file = Files.writeString(dir.resolve("maillog"), text);
        return LineSamples.of(file, distance).stream().map(sample -> {
            String line = new String(sample.bytes(), StandardCharsets.UTF_8);
            assertTrue(text.startsWith(line, (int) sample.offset()));
            return line;
        }).toList();
    }
}
