package saslscope.source;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Follows a pipe without ever waiting for it, until its writer closes it.
 *
 * <p>A thread of its own reads the pipe: {@link InputStream#available} cannot tell a pipe at its end from one that is
 * silent, and reading would block the other logs. The queue between is bounded; when it is full the thread waits, then
 * the pipe fills, then the writer waits.
 */
final class PipeFollower implements LineStream {
    private static final int QUEUED = 8;
    private static final int PIECE = 64 << 10;
    private static final byte[] END = new byte[0];

    /** Opened in the reading thread: opening a named pipe waits for a writer. */
    interface Opener {
        InputStream open() throws IOException;
    }

    private final String name;
    private final InstantSource clock;
    private final Consumer<Problem> problems;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUED);
    private final Reading reading;
    private final Thread thread;
    private volatile IOException error;
    private volatile long raw;
    private byte[] piece = END;
    private int at;
    private boolean ended;

    private PipeFollower(String name, Opener opener, LineSelector selector, Limits limits, InstantSource clock,
                         Consumer<Problem> problems) {
        this.name = name;
        this.clock = clock;
        this.problems = problems;
        this.reading = new Reading(name, this::take, new LineBuffer(selector, limits, 0, 1), new LogFile(name, 0));
        this.thread = Thread.ofPlatform().daemon().name("reads " + name).unstarted(() -> pump(opener));
    }

    /**
     * Follows a stream such as standard input; it may be compressed.
     *
     * @param name to show to people: {@code -}
     */
    static PipeFollower open(String name, InputStream pipe, LineSelector selector, Limits limits,
                                    InstantSource clock, Consumer<Problem> problems) {
        return open(name, () -> pipe, selector, limits, clock, problems);
    }

    static PipeFollower open(String name, Opener opener, LineSelector selector, Limits limits, InstantSource clock,
                             Consumer<Problem> problems) {
        PipeFollower follower = new PipeFollower(name, opener, selector, limits, clock, problems);
        follower.thread.start();
        return follower;
    }

    @Override
    public Line next() throws IOException {
        if (ended) {
            return null;
        }
        Line line = reading.over() ? null : reading.next();
        if (line == null && reading.over()) {
            line = reading.rest();
            if (line == null) {
                ended = true;
                if (error != null) {
                    problems.accept(Problem.of(name, error));
                }
            }
        }
        return line;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public Position position() {
        return reading.buffer().received() == 0 ? null : reading.position();
    }

    @Override
    public Tally tally() {
        LineBuffer b = reading.buffer();
        return new Tally(b.lines(), b.read(), b.cut(), raw, -1);
    }

    /** Now: what comes out of a pipe is being written. */
    @Override
    public long modified() {
        return clock.millis();
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
    }

    private int take(byte[] into, int to, int length) {
        if (at == piece.length) {
            byte[] next = queue.poll();
            if (next == null) {
                return 0;
            }
            if (next.length == 0) {
                return -1;
            }
            piece = next;
            at = 0;
        }
        int n = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, into, to, n);
        at += n;
        return n;
    }

    private void pump(Opener opener) {
        byte[] buffer = new byte[PIECE];
        try {
            try (PartInput in = PartInput.open(opener.open())) {
                int n;
                while ((n = in.read(buffer, 0, buffer.length)) >= 0) {
                    raw = in.raw();
                    queue.put(Arrays.copyOf(buffer, n));
                }
            } catch (IOException e) {
                error = e;
            } catch (RuntimeException e) {
                error = new IOException("unexpected " + e, e);
            }
            queue.put(END);
        } catch (InterruptedException e) {
            // Closed: nobody takes from the queue any more.
            Thread.currentThread().interrupt();
        }
    }
}
