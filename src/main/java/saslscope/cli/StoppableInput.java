package saslscope.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Standard input that ends when a signal asks the run to end: reading it in the main thread would wait for whoever
 * writes. A thread of its own reads ahead, a bounded number of blocks.
 */
final class StoppableInput extends InputStream {
    private static final int BLOCK = 64 << 10;
    private static final int QUEUED = 8;
    private static final byte[] END = new byte[0];

    private final InputStream in;
    private final BooleanSupplier stop;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUED);
    private Thread reader;
    private volatile IOException error;
    private byte[] block = END;
    private int at;
    private boolean ended;

    StoppableInput(InputStream in, BooleanSupplier stop) {
        this.in = in;
        this.stop = stop;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == block.length && !next()) {
            return -1;
        }
        int n = Math.min(length, block.length - at);
        System.arraycopy(block, at, into, from, n);
        at += n;
        return n;
    }

    private boolean next() throws IOException {
        if (reader == null) {
            reader = Thread.ofPlatform().daemon().name("reads standard input").start(this::pump);
        }
        while (!ended && !stop.getAsBoolean()) {
            try {
                byte[] taken = queue.poll(100, TimeUnit.MILLISECONDS);
                if (taken == END) {
                    ended = true;
                    if (error != null) {
                        throw error;
                    }
                } else if (taken != null) {
                    block = taken;
                    at = 0;
                    return true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ended = true;
            }
        }
        return false;
    }

    private void pump() {
        byte[] buffer = new byte[BLOCK];
        try {
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (n > 0) {
                        queue.put(Arrays.copyOf(buffer, n));
                    }
                }
            } catch (IOException e) {
                error = e;
            }
            queue.put(END);
        } catch (InterruptedException e) {
            // Closed: nobody takes from the queue any more.
        }
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.interrupt();
        }
    }
}
