package saslscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import saslscope.servers.Programs;

/** {@code follow -o jsonl} in a thread of its own, which has read what was there before it can be asked. */
final class LiveFollow implements AutoCloseable {
    /** A line that it printed, and when. */
    record Said(String text, Instant when) {
        /** The value of a key; empty if it has none. */
        String value(String key) {
            int at = text.indexOf("\"" + key + "\":\"");
            return at < 0 ? "" : text.substring(at + key.length() + 4, text.indexOf('"', at + key.length() + 4));
        }

        boolean failure() {
            return value("event.outcome").equals("failure");
        }
    }

    private final List<Said> said = new ArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Stop stop = new Stop();
    private final Runner runner = new Runner();
    private final Thread thread;

    LiveFollow(String... args) throws InterruptedException {
        runner.stop = stop;
        runner.now = Instant.now();
        runner.host = Path.of("/");
        runner.to = new Lines();
        runner.requests = new Requests() {
            @Override
            boolean takeCounts() {
                // It is asked when all that was there is read.
                ready.countDown();
                return super.takeCounts();
            }
        };
        String[] all = Stream.concat(Stream.of("follow", "--no-index", "-o", "jsonl"), Stream.of(args)).toArray(String[]::new);
        thread = new Thread(() -> {
            runner.run(all);
            ready.countDown();
        }, "follow");
        thread.start();
        if (!ready.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("follow does not begin: " + runner.err());
        }
    }

    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (b != '\n') {
                part.write(b);
                return;
            }
            synchronized (said) {
                said.add(new Said(part.toString(StandardCharsets.UTF_8), Instant.now()));
            }
            part.reset();
        }
    }

    /** What it printed so far. */
    List<Said> said() {
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    List<Said> failures() {
        return said().stream().filter(Said::failure).toList();
    }

    /** Its messages. */
    String err() {
        return runner.err();
    }

    @Override
    public void close() {
        end();
    }

    /** Ends it as SIGTERM does: what is open is told first. */
    void end() {
        stop.ask(143);
        Programs.await("the end of follow", () -> !thread.isAlive());
    }
}
