package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineBufferTest {
    private static final LogFile FILE = new LogFile("f", 7);

    @Test
    void cutsTheSameLinesHoweverTheBytesCome() throws IOException {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(2_000)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(1 + random.nextInt(60)) == 0 ? '\n' : "abc\r".charAt(random.nextInt(4)));
            }
            int longest = 1 + random.nextInt(60);
            boolean all = random.nextBoolean();
            LineSelector selector = all ? LineSelector.ALL
                : LineSelectors.of(List.of("abc".getBytes(StandardCharsets.US_ASCII)));
            LineBuffer buffer = new LineBuffer(selector, new Limits(longest, 1 + random.nextInt(300)), 0, 1);
            int most = 1 + random.nextInt(random.nextBoolean() ? 1 : 500);
            List<String> got = new ArrayList<>();
            ByteArrayInputStream in = new ByteArrayInputStream(bytes);
            do {
                for (Line line = buffer.next(FILE); line != null; line = buffer.next(FILE)) {
                    got.add(shown(line));
                }
            } while (buffer.fill((into, at, length) -> in.read(into, at, Math.min(length, most))) > 0);
            Line last = buffer.last(FILE);
            if (last != null) {
                got.add(shown(last));
            }
            assertNull(buffer.last(FILE));
            Expected expected = naive(bytes, longest, all);
            assertEquals(expected.lines, got, "seed " + seed);
            assertEquals(expected.all, buffer.lines(), "seed " + seed);
            assertEquals(expected.cut, buffer.cut(), "seed " + seed);
            assertEquals(bytes.length, buffer.read());
            assertEquals(bytes.length, buffer.offset());
            assertEquals(expected.all + 1, buffer.number());
        }
    }

    @Test
    void keepsTheBeginningOfALineThatIsTooLongAndPointsAtItsStartUntilItsEnd() throws IOException {
        LineBuffer buffer = new LineBuffer(LineSelector.ALL, new Limits(4, 100), 0, 1);
        feed(buffer, "ab\n0123456789");
        assertEquals("ab", text(buffer.next(FILE)));
        Line cut = buffer.next(FILE);
        assertEquals("0123", text(cut));
        assertTrue(cut.cut());
        assertNull(buffer.next(FILE));
        assertEquals(3, buffer.offset());
        assertEquals(2, buffer.number());
        feed(buffer, "01234567890123456789");
        assertNull(buffer.next(FILE));
        assertEquals(3, buffer.offset());
        feed(buffer, "x\nnext\n");
        Line next = buffer.next(FILE);
        assertEquals("next", text(next));
        assertFalse(next.cut());
        assertEquals(3, next.number());
        assertEquals(35, next.offset());
        assertEquals(1, buffer.cut());
    }

    @Test
    void aLineOfExactlyTheLimitIsWhole() throws IOException {
        LineBuffer buffer = new LineBuffer(LineSelector.ALL, new Limits(4, 100), 0, 1);
        feed(buffer, "0123\n01234\n");
        assertFalse(buffer.next(FILE).cut());
        Line cut = buffer.next(FILE);
        assertTrue(cut.cut());
        assertEquals("0123", text(cut));
        assertNull(buffer.next(FILE));
    }

    @Test
    void aLineOfManyMegabytesIsReadInBoundedMemory() throws IOException {
        Limits limits = new Limits(1_000, 4_096);
        LineBuffer buffer = new LineBuffer(LineSelector.ALL, limits, 0, 1);
        byte[] nuls = new byte[4_096];
        int lines = 0;
        for (int i = 0; i < 20_000; i++) {
            buffer.fill((into, at, length) -> {
                int n = Math.min(length, nuls.length);
                System.arraycopy(nuls, 0, into, at, n);
                return n;
            });
            for (Line line = buffer.next(FILE); line != null; line = buffer.next(FILE)) {
                lines++;
            }
        }
        assertEquals(1, lines);
        assertEquals(1, buffer.lines());
        buffer.last(FILE);
        assertEquals(1, buffer.lines());
    }

    @Test
    void copiesTheBytesOfALine() throws IOException {
        LineBuffer buffer = new LineBuffer(LineSelector.ALL, new Limits(100, 100), 0, 1);
        feed(buffer, "first\n");
        Line first = buffer.next(FILE);
        assertNull(buffer.next(FILE));
        feed(buffer, "other\n");
        buffer.next(FILE);
        assertArrayEquals("first".getBytes(StandardCharsets.US_ASCII), first.bytes());
    }

    private static void feed(LineBuffer buffer, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertEquals(bytes.length, buffer.fill((into, at, length) -> {
            System.arraycopy(bytes, 0, into, at, bytes.length);
            return bytes.length;
        }));
    }

    private static String text(Line line) {
        return new String(line.bytes(), StandardCharsets.US_ASCII);
    }

    private static String shown(Line line) {
        return line.number() + " " + line.offset() + " " + line.cut() + " "
            + new String(line.bytes(), StandardCharsets.US_ASCII).replace('\r', '~');
    }

    private record Expected(List<String> lines, long all, long cut) {
    }

    private static Expected naive(byte[] bytes, int longest, boolean all) {
        List<String> lines = new ArrayList<>();
        long number = 1;
        long cut = 0;
        for (int start = 0; start < bytes.length; number++) {
            int stop = start;
            while (stop < bytes.length && bytes[stop] != '\n') {
                stop++;
            }
            boolean tooLong = stop - start > longest;
            int end = tooLong ? start + longest : stop > start && bytes[stop - 1] == '\r' ? stop - 1 : stop;
            Line line = new Line(FILE, start, number, Arrays.copyOfRange(bytes, start, end), tooLong);
            if (all || text(line).contains("abc")) {
                lines.add(shown(line));
            }
            cut += tooLong ? 1 : 0;
            start = stop + 1;
        }
        return new Expected(lines, number - 1, cut);
    }
}
