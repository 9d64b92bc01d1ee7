package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoppableInputTest {
    @Test
    void deliversEverythingInOrder() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(11).nextBytes(bytes);
        try (InputStream in = new StoppableInput(new ByteArrayInputStream(bytes), () -> false)) {
            assertArrayEquals(bytes, in.readAllBytes());
        }
    }

    @Test
    void endsWhenAskedThoughNobodyWrites() throws IOException {
        Stop stop = new Stop();
        try (PipedOutputStream writer = new PipedOutputStream();
             InputStream in = new StoppableInput(new PipedInputStream(writer), stop)) {
            writer.write('x');
            writer.flush();
            assertEquals('x', in.read());
            stop.ask(130);
            assertEquals(-1, in.read());
        }
    }

    @Test
    void aFailureOfTheReaderIsThrownAfterWhatCameBefore() throws IOException {
        InputStream failing = new InputStream() {
            private boolean read;

            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (read) {
                    throw new IOException("gone");
                }
                read = true;
                into[from] = 'x';
                return 1;
            }
        };
        try (InputStream in = new StoppableInput(failing, () -> false)) {
            assertEquals('x', in.read());
            assertEquals("gone", assertThrows(IOException.class, in::read).getMessage());
        }
    }
}
