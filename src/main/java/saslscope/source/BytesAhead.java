package saslscope.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads other bytes ahead on a thread of its own, a few blocks far: to decompress is work that another processor can do. */
final class BytesAhead implements LineBuffer.Bytes, Closeable {
    private static final int BLOCKS = 4;

    private final LineBuffer.Bytes in;
    private final int size;
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS);
    /** Blocks to be filled again. */
    private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(BLOCKS);
    private volatile boolean closed;
    /** Null before the first read. */
    private Thread thread;
    /** What is being handed out; null if the next one is to be taken. */
    private Block current;
    private int at;

    /**
     * @param length  of the bytes; at most 0 at their end
     * @param failure what was thrown instead of bytes; null if nothing
     */
    private record Block(byte[] bytes, int length, Throwable failure) {
    }

    /** @param size of a block, in bytes */
    BytesAhead(LineBuffer.Bytes in, int size) {
        this.in = in;
        this.size = size;
    }

    /** Waits until there are bytes. What was thrown below is thrown in its place. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            if (thread == null) {
                thread = Thread.ofPlatform().daemon().name("decompress").start(this::work);
            }
            if (current == null) {
                current = full.take();
                at = 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading", e);
        }
        switch (current.failure) {
            case null -> { }
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
        if (current.length < 0) {
            return -1;
        }
        int n = Math.min(length, current.length - at);
        System.arraycopy(current.bytes, at, into, offset, n);
        at += n;
        if (at == current.length) {
            // There is room: no more blocks are made than fit.
            empty.add(current.bytes);
            current = null;
        }
        return n;
    }

    /** Nothing more is read from below when this returns. */
    @Override
    public void close() {
        closed = true;
        try {
            while (thread != null && thread.isAlive()) {
                full.clear();
                thread.join(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        int made = 0;
        boolean over = false;
        try {
            while (!over && !closed) {
                byte[] bytes = made < BLOCKS ? new byte[size] : empty.poll(100, TimeUnit.MILLISECONDS);
                made++;
                if (bytes == null) {
                    continue;
                }
                Block block;
                try {
                    int n = in.read(bytes, 0, size);
                    block = new Block(bytes, n, null);
                    over = n < 0;
                } catch (IOException | RuntimeException | Error e) {
                    block = new Block(bytes, 0, e);
                    over = true;
                }
                full.put(block);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
