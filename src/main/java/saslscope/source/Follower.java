package saslscope.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Follows one log as {@code tail -F} does: whatever file has that name, and everything that was written in between.
 *
 * <p>Renamed away: the old file is read on until the daemon has begun to write to a new one, then the new one is read;
 * parts that came and went meanwhile come first. The old one stays open beside the new one as long as it exists and no
 * further rotation comes, for a writer that was late. Truncated: what was not read of it yet is sought in a copy that
 * rotation made (copytruncate), then the file is read from its beginning. A last line without newline is delivered when
 * its file is left.
 *
 * <p>What is lost all the same: bytes written between the copying and the truncating of copytruncate, which no reader
 * can have; bytes of a deleted file that a stopped follower had not read; lines that are written late into the file
 * before the one a position stands in, between a crash and the next start. A file that is truncated and written anew
 * with the same first KiB and no shorter than before looks unchanged.
 */
public final class Follower implements LineStream {
    private final String name;
    private final Consumer<Problem> problems;
    private final Succession succession;
    private OpenPart current;
    /** Nothing was delivered of the current file, and it was not known when it was opened. */
    private boolean fresh;
    /** The rest of the current file is being handed out, then it is left. */
    private boolean leaving;
    /** The current file was truncated and is not to be returned to. */
    private boolean truncated;
    /** The file before, should somebody still write to it, and where it is now. */
    private OpenPart late;
    private Path latePath;
    /** A late file whose rest is being handed out. */
    private OpenPart closing;
    /** Of the file before, as long as the current one has no complete line. */
    private Position position;
    private Problem complaint;
    private Tally done = new Tally(0, 0, 0, 0, 0);
    /** The last read of a file that may grow failed. */
    private boolean failed;
    private boolean closed;

    private Follower(String name, Succession succession, Consumer<Problem> problems) {
        this.name = name;
        this.succession = succession;
        this.problems = problems;
    }

    /**
     * Follows the file of that name, whatever file that is at the time. A named pipe is followed until its end.
     *
     * @param file     the live file as given by the user, which need not exist yet; {@code -} for standard input
     * @param stdin    read by a thread of its own if {@code file} is {@code -}; may be compressed; may be null otherwise
     * @param start    where to begin; without meaning for a pipe
     * @param clock    tells {@link #modified()} of a pipe and of a file that is not there: now
     * @param problems told what cannot be read, once until it changes; called in the caller's thread. A file that is not
     *                 there yet is a passing problem
     */
    public static LineStream open(String file, InputStream stdin, Start start, LineSelector selector, Limits limits,
                                  InstantSource clock, Consumer<Problem> problems) {
        if (file.equals("-")) {
            return PipeFollower.open(file, stdin, selector, limits, clock, problems);
        }
        Path path;
        try {
            path = Path.of(file);
        } catch (InvalidPathException e) {
            problems.accept(new Problem(file, "is not a file name", "check the name"));
            return PipeFollower.open(file, InputStream.nullInputStream(), selector, limits, clock, problems);
        }
        if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
            return PipeFollower.open(file, () -> Files.newInputStream(path), selector, limits, clock, problems);
        }
        Succession succession = new Succession(file, path, start, selector, limits, clock.millis(), problems);
        Follower follower = new Follower(file, succession, problems);
        follower.openNext();
        return follower;
    }

    @Override
    public Line next() {
        while (!closed) {
            if (closing != null) {
                Line line = read(closing);
                line = line != null ? line : closing.reading().rest();
                if (line != null) {
                    return line;
                }
                finish(closing);
                closing = null;
            }
            if (current == null && !openNext()) {
                return lateLine();
            }
            Line line = leaving ? current.reading().rest() : read(current);
            if (fresh && (current.reading().file() != null || current.reading().over())) {
                fresh = false;
                if (takeBack()) {
                    continue;
                }
            }
            if (line != null) {
                return line;
            }
            if (leaving) {
                leave();
            } else if (current.reading().over()) {
                leaving = current.tail() == null || !continueInCopy();
            } else if (failed) {
                // Tried again from the same place at the next call.
                drop();
                return null;
            } else if (succession.isOver(current)) {
                if (fresh && takeBack()) {
                    continue;
                }
                // One more look: the daemon wrote its last line here before its first one there.
                line = read(current);
                if (line != null) {
                    return line;
                }
                leaving = !current.reading().over() && !failed;
            } else {
                return lateLine();
            }
        }
        return null;
    }

    @Override
    public boolean ended() {
        return closed;
    }

    @Override
    public Position position() {
        Position now = current == null ? null : current.reading().position();
        return now != null ? now : position != null ? position : succession.before();
    }

    @Override
    public Tally tally() {
        Tally all = done;
        for (OpenPart part : new OpenPart[] {current, late, closing}) {
            all = part == null ? all : add(all, part);
        }
        return new Tally(all.lines(), all.bytes(), all.cut(), all.rawBytes(),
            all.rawTotal() + (closed ? 0 : succession.rawAhead()));
    }

    @Override
    public long modified() {
        return succession.modified();
    }

    @Override
    public void close() {
        position = position();
        for (OpenPart part : new OpenPart[] {current, late, closing}) {
            if (part != null) {
                finish(part);
            }
        }
        current = null;
        late = null;
        closing = null;
        closed = true;
    }

    private boolean openNext() {
        try {
            current = succession.open();
            fresh = current != null && current.reading().file() == null;
        } catch (IOException e) {
            complain(e instanceof NoSuchFileException
                ? new Problem(name, "does not exist", "waiting for it to appear", true) : Problem.of(name, e));
        }
        return current != null;
    }

    /**
     * True if the current file is not to be read yet: it had no complete line when it was opened, and since then it was
     * filled, copied and truncated.
     */
    private boolean takeBack() {
        boolean early = succession.takeBack(current);
        if (early) {
            shut(current);
            current = null;
        }
        return early;
    }

    /** After a truncation: true if a copy made by rotation holds what was not read yet; it is current then. */
    private boolean continueInCopy() {
        OpenPart copy = succession.copy(current);
        truncated = copy == null;
        if (copy != null) {
            finish(current);
            current = copy;
        }
        return copy != null;
    }

    private void leave() {
        OpenPart part = current;
        current = null;
        leaving = false;
        succession.left(part, part.reading().position(), !truncated);
        rememberPosition(part);
        closing = late;
        latePath = part.tail() == null || truncated ? null : succession.whereIs(part);
        late = latePath == null ? null : part;
        if (late == null) {
            finish(part);
        } else {
            part.reading().goOn();
        }
        truncated = false;
    }

    /** Gives up a file that cannot be read at the moment. */
    private void drop() {
        OpenPart part = current;
        current = null;
        if (part.reading().position() != null) {
            succession.left(part, part.reading().position(), true);
            rememberPosition(part);
        }
        finish(part);
    }

    /** A position in a file without any complete line would say nothing. */
    private void rememberPosition(OpenPart part) {
        if (part.reading().file().fingerprint() != 0) {
            position = part.reading().position();
        }
    }

    /** A line that was written to the file before, although the daemon has gone on to another. */
    private Line lateLine() {
        if (late == null) {
            return null;
        }
        Line line = read(late);
        if (line == null && (late.reading().over() || failed || !lateIsThere())) {
            closing = late;
            late = null;
        }
        return line;
    }

    private boolean lateIsThere() {
        try {
            if (Files.readAttributes(latePath, BasicFileAttributes.class).fileKey().equals(late.key())) {
                return true;
            }
        } catch (IOException e) {
            // Renamed once more, or deleted.
        }
        latePath = succession.whereIs(late);
        return latePath != null;
    }

    private Line read(OpenPart part) {
        failed = false;
        try {
            Line line = part.reading().over() ? null : part.reading().next();
            complaint = null;
            return line;
        } catch (IOException e) {
            complain(Problem.of(part.reading().name(), e));
            if (part.tail() == null) {
                part.reading().stop();
            } else {
                failed = true;
            }
            return null;
        }
    }

    private void complain(Problem problem) {
        if (!problem.equals(complaint)) {
            complaint = problem;
            problems.accept(problem);
        }
    }

    private void finish(OpenPart part) {
        done = add(done, part);
        shut(part);
    }

    private void shut(OpenPart part) {
        try {
            part.close();
        } catch (IOException e) {
            complain(Problem.of(name, e));
        }
    }

    private static Tally add(Tally all, OpenPart part) {
        LineBuffer b = part.reading().buffer();
        return new Tally(all.lines() + b.lines(), all.bytes() + b.read(), all.cut() + b.cut(),
            all.rawBytes() + part.raw(), all.rawTotal() + part.rawTotal());
    }
}
