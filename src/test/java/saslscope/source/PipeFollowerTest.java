package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PipeFollowerTest {
    private final List<Problem> problems = new ArrayList<>();

    @Test
    void deliversLinesAsTheyComeAndEndsWithThePipe() throws IOException {
        Pipe pipe = new Pipe();
        LineStream follower = follow(pipe);
        assertNull(follower.next());
        assertNull(follower.position());
        pipe.write("one\ntw");
        assertEquals("one", await(follower));
        assertNull(follower.next());
        assertFalse(follower.ended());
        pipe.write("o\nthree");
        assertEquals("two", await(follower));
        assertNull(follower.next());
        pipe.end();
        assertEquals("three", await(follower));
        assertNull(await(follower));
        assertTrue(follower.ended());
        assertEquals(new LineStream.Tally(3, 13, 0, 13, -1), follower.tally());
        assertEquals(new Position(new LogFile("-", 0), 13, 4), follower.position());
        assertEquals(List.of(), problems);
    }

    @Test
    void aSilentPipeDoesNotHoldUpTheCaller() throws IOException {
        LineStream follower = follow(new Pipe());
        for (int i = 0; i < 1_000; i++) {
            assertNull(follower.next());
        }
        assertFalse(follower.ended());
        follower.close();
        assertTrue(follower.ended());
    }

    @Test
    void aPipeThatIsFasterThanTheReaderIsReadWhole() throws IOException {
        String text = Logs.many(100_000);
        LineStream follower = follow(new ByteArrayInputStream(Logs.bytes(text)));
        List<String> lines = new ArrayList<>();
        for (String line = await(follower); line != null; line = await(follower)) {
            lines.add(line);
        }
        assertEquals(List.of(text.split("\n")), lines);
    }

    @Test
    void aCompressedPipeIsUnpackedAndDamageIsReportedAfterTheLines() throws IOException {
        byte[] gzip = Logs.packed(Compression.GZIP, Logs.many(2_000));
        LineStream follower = follow(new ByteArrayInputStream(gzip, 0, gzip.length - 100));
        int lines = 0;
        for (String line = await(follower); line != null; line = await(follower)) {
            assertEquals(List.of(), problems);
            lines++;
        }
        assertTrue(lines > 1_500);
        assertEquals(1, problems.size());
        assertNull(follower.next());
        assertEquals(1, problems.size());
    }

    private LineStream follow(InputStream pipe) {
        return Follower.open("-", pipe, new Start.End(), LineSelector.ALL, Limits.STANDARD, Logs.CLOCK, problems::add);
    }

    /** The next line; null at the end. */
    private static String await(LineStream follower) throws IOException {
        while (true) {
            Line line = follower.next();
            if (line != null) {
                return Logs.text(line);
            }
            if (follower.ended()) {
                return null;
            }
            Thread.onSpinWait();
        }
    }

    /** A pipe whose reader waits for its writer. */
    private static final class Pipe extends InputStream {
        private static final byte[] END = new byte[0];
        private final BlockingQueue<byte[]> written = new LinkedBlockingQueue<>();

        void write(String text) {
            written.add(Logs.bytes(text));
        }

        void end() {
            written.add(END);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            byte[] next;
            try {
                next = written.take();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (next == END) {
                return -1;
            }
            int n = Math.min(length, next.length);
            System.arraycopy(next, 0, into, at, n);
            if (n < next.length) {
                throw new UnsupportedOperationException("the reader asks for less than was written");
            }
            return n;
        }
    }
}
