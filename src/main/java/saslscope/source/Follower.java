package saslscope.source;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Follows one log as {@code tail -F} does. First step: reads the live file to its end. */
public final class Follower implements LineStream {
    private final LogReader reader;

    private Follower(LogReader reader) {
        this.reader = reader;
    }

    /**
     * Follows the file of that name, whatever file that is at the time.
     *
     * @param file     the live file as given by the user, which need not exist yet; {@code -} for standard input
     * @param stdin    read by a thread of its own if {@code file} is {@code -}; may be compressed
     * @param start    where to begin; without meaning for a pipe
     * @param clock    tells {@link #modified()} of a pipe: now
     * @param problems told what could not be read, from {@link #next} or at once, always in the caller's thread
     */
    public static LineStream open(String file, InputStream stdin, Start start, LineSelector selector, Limits limits,
                                  InstantSource clock, Consumer<Problem> problems) {
        if (file.equals("-")) {
            return PipeFollower.open(file, stdin, selector, limits, clock, problems);
        }
        Log log = new Log(file, List.of(new Log.Part(file, Path.of(file))));
        return new Follower(LogReader.open(log, null, selector, limits, clock, problems));
    }

    @Override
    public Line next() {
        return reader.next();
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public Position position() {
        return reader.position();
    }

    @Override
    public Tally tally() {
        return reader.tally();
    }

    @Override
    public long modified() {
        return reader.modified();
    }

    @Override
    public void close() {
        reader.close();
    }
}
