package saslscope.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Reads a log once, its parts in order, and ends. Whatever is wrong with a part becomes a {@link Problem}; what can be
 * read of it and of the other parts is delivered. Memory is bounded by {@link Limits} whatever the files hold.
 */
public final class LogReader implements LineStream {
    private final Deque<Log.Part> parts;
    private final InputStream stdin;
    private final LineSelector selector;
    private final Limits limits;
    private final InstantSource clock;
    private final Consumer<Problem> problems;
    private Log.Part part;
    private PartInput input;
    /** Null unless the part is decompressed on a thread of its own. */
    private BytesAhead ahead;
    private Reading reading;
    private Position position;
    private long modified;
    private long lines;
    private long bytes;
    private long cut;
    private long rawBytes;
    private long rawTotal;
    private boolean ended;

    private LogReader(Log log, InputStream stdin, LineSelector selector, Limits limits, InstantSource clock,
                      Consumer<Problem> problems) {
        this.parts = new ArrayDeque<>(log.parts());
        this.stdin = stdin;
        this.selector = selector;
        this.limits = limits;
        this.clock = clock;
        this.problems = problems;
        for (Log.Part p : parts) {
            long size = size(p.path());
            rawTotal = size < 0 || rawTotal < 0 ? -1 : rawTotal + size;
        }
        if (!parts.isEmpty()) {
            modified = modified(parts.getFirst().path());
        }
    }

    /**
     * Reads a log as it is now. Never throws {@link IOException} from {@link #next}.
     *
     * @param stdin    read if the log has a part without a path; may be compressed; closed with the stream
     * @param clock    tells {@link #modified()} of a pipe: now
     * @param problems told at once what could not be read
     */
    public static LogReader open(Log log, InputStream stdin, LineSelector selector, Limits limits, InstantSource clock,
                                 Consumer<Problem> problems) {
        return new LogReader(log, stdin, selector, limits, clock, problems);
    }

    @Override
    public Line next() {
        while (!ended) {
            if (reading == null && !nextPart()) {
                ended = true;
                return null;
            }
            Line line = null;
            try {
                line = reading.over() ? null : reading.next();
            } catch (IOException e) {
                problems.accept(Problem.of(part.name(), e));
            }
            if (line == null) {
                line = reading.rest();
            }
            if (reading.file() != null) {
                position = reading.position();
            }
            if (line != null) {
                return line;
            }
            finishPart();
        }
        return null;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public Position position() {
        return position;
    }

    @Override
    public Tally tally() {
        if (reading == null) {
            return new Tally(lines, bytes, cut, rawBytes, rawTotal);
        }
        LineBuffer b = reading.buffer();
        return new Tally(lines + b.lines(), bytes + b.read(), cut + b.cut(), rawBytes + input.raw(), rawTotal);
    }

    @Override
    public long modified() {
        return modified;
    }

    @Override
    public void close() {
        if (reading != null) {
            finishPart();
        }
        parts.clear();
        ended = true;
    }

    private boolean nextPart() {
        while (!parts.isEmpty()) {
            part = parts.removeFirst();
            try {
                input = part.path() == null ? PartInput.open(stdin) : PartInput.open(part.path());
                modified = modified(part.path());
                LogFile file = pipe(part.path()) ? new LogFile(part.name(), 0) : null;
                ahead = file == null && input.compression() != Compression.NONE ? new BytesAhead(input, limits.block()) : null;
                reading = new Reading(part.name(), ahead == null ? input : ahead, new LineBuffer(selector, limits, 0, 1), file);
                return true;
            } catch (IOException e) {
                problems.accept(Problem.of(part.name(), e));
                rawBytes += Math.max(0, size(part.path()));
            }
        }
        return false;
    }

    private void finishPart() {
        Tally all = tally();
        lines = all.lines();
        bytes = all.bytes();
        cut = all.cut();
        rawBytes = all.rawBytes();
        reading = null;
        if (ahead != null) {
            ahead.close();
        }
        try {
            input.close();
        } catch (IOException e) {
            problems.accept(Problem.of(part.name(), e));
        }
    }

    private static boolean pipe(Path path) {
        return path == null || Files.exists(path) && !Files.isRegularFile(path);
    }

    private static long size(Path path) {
        try {
            return pipe(path) ? -1 : Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }

    private long modified(Path path) {
        try {
            return pipe(path) ? clock.millis() : Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            return clock.millis();
        }
    }
}
