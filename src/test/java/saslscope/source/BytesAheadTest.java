package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BytesAheadTest {
    /** Hands out bytes in pieces of any size, then what it is told. */
    private static LineBuffer.Bytes pieces(byte[] all, Random random, IOException end) {
        int[] at = new int[1];
        return (into, offset, length) -> {
            if (at[0] == all.length) {
                if (end != null) {
                    throw end;
                }
                return -1;
            }
            int n = Math.min(1 + random.nextInt(length), all.length - at[0]);
            System.arraycopy(all, at[0], into, offset, n);
            at[0] += n;
            return n;
        };
    }

    private static byte[] read(BytesAhead ahead, Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[300];
        while (true) {
            int n = ahead.read(part, 10, 1 + random.nextInt(290));
            if (n < 0) {
                return out.toByteArray();
            }
            out.write(part, 10, n);
        }
    }

    @Test
    void bytesComeInTheirOrder() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            byte[] all = new byte[random.nextInt(20_000)];
            random.nextBytes(all);
            try (BytesAhead ahead = new BytesAhead(pieces(all, new Random(seed + 1), null), 1 + random.nextInt(500))) {
                assertArrayEquals(all, read(ahead, random), "seed " + seed);
                assertEquals(-1, ahead.read(new byte[1], 0, 1), "and again");
            }
        }
    }

    @Test
    void anErrorComesBehindTheBytesBeforeIt() throws IOException {
        byte[] all = new byte[5_000];
        IOException damaged = new IOException("damaged");
        try (BytesAhead ahead = new BytesAhead(pieces(all, new Random(1), damaged), 64)) {
            for (int n = 0; n < all.length;) {
                n += ahead.read(new byte[300], 0, 300);
            }
            assertSame(damaged, assertThrows(IOException.class, () -> ahead.read(new byte[1], 0, 1)));
            assertSame(damaged, assertThrows(IOException.class, () -> ahead.read(new byte[1], 0, 1)));
        }
    }

    @Test
    void nothingIsReadOnceItIsClosedAndNotMuchAhead() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        BytesAhead ahead = new BytesAhead((into, offset, length) -> {
            reads.incrementAndGet();
            return length;
        }, 8);
        assertEquals(8, ahead.read(new byte[8], 0, 8));
        ahead.close();
        int then = reads.get();
        assertTrue(then <= 20, "read " + then + " blocks ahead of one");
        assertEquals(then, reads.get());
    }
}
