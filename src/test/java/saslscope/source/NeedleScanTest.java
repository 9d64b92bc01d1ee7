package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedleScanTest {
    @Test
    void findsExactlyTheLinesThatANaiveSearchFinds() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            // Few different bytes: many partial matches and overlaps.
            int letters = 1 + random.nextInt(6);
            List<byte[]> needles = new ArrayList<>();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                needles.add(text(random, 2 + random.nextInt(random.nextBoolean() ? 4 : 20), letters, false));
            }
            byte[] bytes = text(random, random.nextInt(300), letters, true);
            for (int i = random.nextInt(4); i > 0; i--) {
                byte[] needle = needles.get(random.nextInt(needles.size()));
                if (needle.length < bytes.length) {
                    System.arraycopy(needle, 0, bytes, random.nextInt(bytes.length - needle.length), needle.length);
                }
            }
            int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            int to = from + random.nextInt(bytes.length - from + 1);
            assertEquals(naive(bytes, from, to, needles), scanned(bytes, from, to, LineSelectors.of(needles)), "seed " + seed);
        }
    }

    @Test
    void findsANeedleAtEveryOffsetOfABlockAndAcrossNoLineEnd() {
        for (String text : List.of("ab", "SASL", "authentication failed", "warning: SASL: Connect to ")) {
            byte[] needle = text.getBytes(StandardCharsets.US_ASCII);
            LineSelector selector = LineSelectors.of(List.of(needle));
            for (int length = needle.length; length < needle.length + 70; length++) {
                for (int at = 0; at + needle.length <= length; at++) {
                    byte[] block = ".".repeat(length).getBytes(StandardCharsets.US_ASCII);
                    System.arraycopy(needle, 0, block, at, needle.length);
                    int hit = selector.next(block, 0, length);
                    assertTrue(hit >= at && hit < at + needle.length, text + " at " + at + " of " + length);
                    // Cut at either side: not in the range any more.
                    assertEquals(-1, selector.next(block, at + 1, length));
                    assertEquals(-1, selector.next(block, 0, at + needle.length - 1));
                    block[at + needle.length / 2] = '\n';
                    assertEquals(-1, selector.next(block, 0, length));
                }
            }
        }
    }

    @Test
    void comparesBytesAboveAscii() {
        byte[] needle = {(byte) 0xc3, (byte) 0xa4, (byte) 0xff, 0};
        byte[] block = {1, 2, (byte) 0xc3, (byte) 0xa4, (byte) 0xff, 0, 3};
        assertTrue(LineSelectors.of(List.of(needle)).next(block, 0, block.length) >= 2);
    }

    @Test
    void aNeedleTooShortToSearchForSelectsEverything() {
        assertSame(LineSelector.ALL, LineSelectors.of(List.of(new byte[] {'x'}, "SASL".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void noNeedlesSelectNothing() {
        assertEquals(-1, LineSelectors.of(List.of()).next("abc\n".getBytes(StandardCharsets.US_ASCII), 0, 4));
        assertEquals(-1, LineSelectors.of(List.of("b\nc".getBytes(StandardCharsets.US_ASCII)))
            .next("ab\nc\n".getBytes(StandardCharsets.US_ASCII), 0, 5));
    }

    private static byte[] text(Random random, int length, int letters, boolean lines) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = lines && random.nextInt(12) == 0 ? (byte) '\n' : (byte) ('a' + random.nextInt(letters));
        }
        return text;
    }

    /** Starts of the lines that hold a needle. */
    private static List<Integer> naive(byte[] bytes, int from, int to, List<byte[]> needles) {
        List<Integer> lines = new ArrayList<>();
        for (int start = from; start < to;) {
            int stop = start;
            while (stop < to && bytes[stop] != '\n') {
                stop++;
            }
            String line = new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
            if (needles.stream().anyMatch(n -> line.contains(new String(n, StandardCharsets.ISO_8859_1)))) {
                lines.add(start);
            }
            start = stop + 1;
        }
        return lines;
    }

    private static List<Integer> scanned(byte[] bytes, int from, int to, LineSelector selector) {
        List<Integer> lines = new ArrayList<>();
        int pos = from;
        while (pos < to) {
            int hit = selector.next(bytes, pos, to);
            if (hit < 0) {
                break;
            }
            int start = Math.max(pos, Newlines.last(bytes, pos, hit) + 1);
            lines.add(start);
            int newline = Newlines.first(bytes, hit, to);
            pos = newline < 0 ? to : newline + 1;
        }
        return lines;
    }
}
