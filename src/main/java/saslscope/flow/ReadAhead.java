package saslscope.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import saslscope.event.AuthEvent;
import saslscope.event.Events;
import saslscope.pattern.Match;
import saslscope.pattern.PatternSet;
import saslscope.pattern.Recognition;
import saslscope.source.Line;
import saslscope.source.LineStream;
import saslscope.source.LogFile;
import saslscope.syslog.Sample;
import saslscope.syslog.SyslogParser;
import saslscope.syslog.SyslogRecord;

/**
 * Reads a whole log on a thread of its own: finding, parsing and recognising lines is most of the work, needs nothing of
 * what follows, and so can use another core. The order stays that of the log.
 */
final class ReadAhead implements Runnable {
    private static final int BATCH = 128;
    /** Bytes of lines after which a batch is full all the same. */
    private static final int BATCH_BYTES = 256 << 10;
    private static final int BATCHES = 8;

    private final LineStream stream;
    private final SyslogParser parser;
    private final Function<LogFile, List<Sample>> samples;
    private final PatternSet patterns;
    private final Openings openings;
    private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(BATCHES);
    private volatile boolean abandoned;
    private boolean started;
    private Batch current = new Batch(List.of(), 0, new LineStream.Tally(0, 0, 0, 0, 0), false, null);
    private int next;

    /**
     * A record.
     *
     * @param role        what it is for its session
     * @param recognition what it is; null where that is left to the taker (lines of every session, or no time lost by it)
     * @param event       what it means, if that is known and no dialogue adds to it
     */
    record Seen(SyslogRecord record, Openings.Role role, Recognition recognition, AuthEvent event) {
    }

    /** @param tally what was read once these records were */
    private record Batch(List<Seen> seen, long unreadable, LineStream.Tally tally, boolean last, Throwable failure) {
    }

    ReadAhead(LineStream stream, SyslogParser parser, Function<LogFile, List<Sample>> samples, PatternSet patterns,
              Openings openings) {
        this.stream = stream;
        this.parser = parser;
        this.samples = samples;
        this.patterns = patterns;
        this.openings = openings;
    }

    /** The next record; null at the end. To be called by one thread. */
    Seen take(Feed feed) throws IOException {
        if (!started) {
            started = true;
            Thread.ofPlatform().daemon().name("read-ahead").start(this);
        }
        while (next >= current.seen.size()) {
            if (current.last) {
                return null;
            }
            try {
                current = queue.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while reading", e);
            }
            next = 0;
            feed.unreadable += current.unreadable;
            switch (current.failure) {
                case null -> { }
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
        return current.seen.get(next++);
    }

    /** What was read up to the record that was taken last; what nobody took may be more. */
    LineStream.Tally tally() {
        LineStream.Tally t = current.tally;
        return new LineStream.Tally(t.lines() - (current.seen.size() - next), t.bytes(), t.cut(), t.rawBytes(), t.rawTotal());
    }

    boolean ended() {
        return current.last && next >= current.seen.size();
    }

    /** Nobody will take more. */
    void abandon() {
        abandoned = true;
        queue.clear();
    }

    @Override
    public void run() {
        LogFile file = null;
        boolean last = false;
        while (!last && !abandoned) {
            List<Seen> seen = new ArrayList<>(BATCH);
            long unreadable = 0;
            int bytes = 0;
            Throwable failure = null;
            try {
                while (seen.size() < BATCH && bytes < BATCH_BYTES && !last) {
                    Line line = stream.next();
                    if (line == null) {
                        last = true;
                        continue;
                    }
                    if (!line.file().equals(file)) {
                        file = line.file();
                        parser.part(stream::modified, samples.apply(file));
                    }
                    bytes += line.bytes().length;
                    SyslogRecord r = parser.parse(line);
                    if (r == null) {
                        unreadable++;
                    } else {
                        // Whoever takes the records recognises them, if there is nothing else to do.
                        Openings.Role role = openings.role(r);
                        boolean later = queue.isEmpty() || role != Openings.Role.OTHER;
                        Recognition known = later ? null : patterns.recognise(r);
                        seen.add(new Seen(r, role, known, known instanceof Match m ? Events.of(m) : null));
                    }
                }
            } catch (Exception | Error e) {
                failure = e;
                last = true;
            }
            hand(new Batch(seen, unreadable, stream.tally(), last, failure));
        }
    }

    private void hand(Batch b) {
        try {
            while (!abandoned && !queue.offer(b, 100, TimeUnit.MILLISECONDS)) {
                // Whoever takes them is behind.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandoned = true;
        }
    }
}
