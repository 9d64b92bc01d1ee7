package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NewlinesTest {
    /** Bytes that differ from a newline in one bit, or only in the top bit, are where such tricks go wrong. */
    private static final byte[] TRICKY = {'\n', '\n' ^ 1, (byte) ('\n' | 0x80), 0, (byte) 0x80, (byte) 0xff, 'a', 0x09, 0x0b};

    @Test
    void agreesWithLookingAtEveryByte() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(90)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = TRICKY[random.nextInt(TRICKY.length)];
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int count = 0;
            int first = -1;
            int last = -1;
            for (int i = from; i < to; i++) {
                if (bytes[i] == '\n') {
                    count++;
                    first = first < 0 ? i : first;
                    last = i;
                }
            }
            assertEquals(count, Newlines.count(bytes, from, to));
            assertEquals(first, Newlines.first(bytes, from, to));
            assertEquals(last, Newlines.last(bytes, from, to));
        }
    }
}
