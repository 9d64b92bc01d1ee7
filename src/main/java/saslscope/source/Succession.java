package saslscope.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Decides which file of a followed log is to be read next, and opens it. */
final class Succession {
    private static final int REMEMBERED = 16;
    /** Looks at a directory in which files are being moved. */
    private static final int TRIES = 5;

    private final String name;
    private final Path path;
    private final LineSelector selector;
    private final Limits limits;
    private final Consumer<Problem> problems;
    private final Rotation rotation;
    /** Where to begin; null once that is done. */
    private Start start;
    private Position before;
    /** How far files were read that may come back under the live name, by fingerprint. */
    private final Map<Long, Left> left = new LinkedHashMap<>();
    /** The file that was opened last under the live name. */
    private OpenPart live;
    private long rawAhead;
    private long modified;

    /** A file that was left at that position, and its first bytes. */
    private record Left(Position position, byte[] head) {
    }

    Succession(String name, Path path, Start start, LineSelector selector, Limits limits, long now,
               Consumer<Problem> problems) {
        this.name = name;
        this.path = path;
        this.start = start;
        this.selector = selector;
        this.limits = limits;
        this.modified = now;
        this.problems = problems;
        this.rotation = new Rotation(path);
    }

    /** When the file that was opened last, or the live one if that is it, was written last; epoch milliseconds. */
    long modified() {
        return modified;
    }

    /** Bytes on disk that come behind the file that was opened last. */
    long rawAhead() {
        return rawAhead;
    }

    /**
     * Opens the next file.
     *
     * @return null if files are being moved: try again later
     * @throws IOException if it is the live file's turn, and it is not there or cannot be read
     */
    OpenPart open() throws IOException {
        OpenPart next = null;
        for (int i = 0; i < TRIES && next == null; i++) {
            List<Siblings.Part> parts = rotation.parts();
            next = start == null ? following(parts, i + 1 == TRIES) : first(parts);
        }
        if (next != null) {
            start = null;
            rotation.reading(next.key(), fingerprint(next));
        }
        return next;
    }

    /** True if the daemon, or rotation, has gone on to another file than this one. */
    boolean isOver(OpenPart part) {
        try {
            BasicFileAttributes live = Files.readAttributes(path, BasicFileAttributes.class);
            if (live.fileKey().equals(part.key())) {
                modified = live.lastModifiedTime().toMillis();
                return false;
            }
            if (live.size() > 0) {
                return true;
            }
        } catch (IOException e) {
            // Not there: it was renamed or deleted, and what comes next is not known yet.
        }
        rotation.reading(part.key(), fingerprint(part));
        return rotation.unread(rotation.parts(), part.key()) != null;
    }

    /** Gives a file back of which nothing was delivered yet, if there are parts to be read before it; true if so. */
    boolean takeBack(OpenPart part) {
        if (part != live || !rotation.hasUnreadBefore(part.key(), fingerprint(part))) {
            return false;
        }
        rotation.reading(null, 0);
        return true;
    }

    /** Opens a copy that rotation made before it truncated a file, if it holds more than was read; null if none does. */
    OpenPart copy(OpenPart truncated) {
        Position at = truncated.reading().position();
        if (at == null) {
            return null;
        }
        left.remove(at.file().fingerprint());
        List<Siblings.Part> parts = rotation.parts();
        Siblings.Part part = rotation.holding(at.file().fingerprint(), at.offset() + 1, parts);
        OpenPart copy = part == null ? null : open(part, at, parts);
        if (copy != null) {
            rotation.reading(copy.key(), at.file().fingerprint());
        }
        return copy;
    }

    /**
     * The file was read to its end and is left for the next one.
     *
     * @param stillTheSame false if its content is gone
     */
    void left(OpenPart part, Position position, boolean stillTheSame) {
        long fingerprint = position.file().fingerprint();
        // A key tells the file, not its content.
        rotation.read(stillTheSame ? part.key() : null, fingerprint);
        if (stillTheSame && part.tail() != null && fingerprint != 0) {
            left.remove(fingerprint);
            left.put(fingerprint, new Left(position, part.tail().head()));
            if (left.size() > REMEMBERED) {
                left.remove(left.keySet().iterator().next());
            }
        }
    }

    /** Where a rotated file is now; null if it was deleted. */
    Path whereIs(OpenPart part) {
        return rotation.whereIs(part.key());
    }

    private OpenPart following(List<Siblings.Part> parts, boolean asItIs) throws IOException {
        rotation.forgetAllBut(parts);
        Siblings.Part unread = rotation.unread(parts, null);
        if (unread != null) {
            return open(unread, null, parts);
        }
        Tail tail = Tail.open(path);
        OpenPart opened = null;
        try {
            if (asItIs || Rotation.same(parts, rotation.parts())) {
                Left before = left.get(tail.fingerprint());
                opened = before != null && tail.size() >= before.position.offset() && tail.startsWith(before.head)
                    ? live(tail, before.position.offset(), before.position.number()) : live(tail, 0, 1);
            }
        } finally {
            if (opened == null) {
                tail.close();
            }
        }
        return opened;
    }

    /**
     * Where reading has to go on as long as the live file has not had a line: behind everything that was there when it was
     * first looked at. Null if the live file had one.
     */
    Position before() {
        return before;
    }

    private Position behind(List<Siblings.Part> parts) {
        Position nothing = new Position(new LogFile(name, 0), 0, 1);
        if (parts.isEmpty()) {
            return nothing;
        }
        Path newest = parts.getLast().path();
        LogFile file = new LogFile(newest.toString(), Siblings.fingerprint(newest));
        if (file.fingerprint() == 0) {
            return nothing;
        }
        if (RotationName.of(newest.getFileName().toString()).packed()) {
            return new Position(file, Long.MAX_VALUE / 2, 1);
        }
        try (Tail tail = Tail.open(newest)) {
            long size = tail.size();
            return new Position(file, size, tail.numberAt(size));
        } catch (IOException e) {
            return nothing;
        }
    }

    private OpenPart first(List<Siblings.Part> parts) throws IOException {
        boolean nothingThen = start instanceof Start.At(Position at) && at.file().fingerprint() == 0;
        if (start instanceof Start.Oldest || nothingThen) {
            start = null;
            return following(parts, false);
        }
        Tail tail;
        try {
            tail = Tail.open(path);
        } catch (NoSuchFileException e) {
            if (start instanceof Start.At(Position at)) {
                if (!parts.isEmpty()) {
                    return resume(at, parts);
                }
            } else {
                // When it comes, all of it is new.
                before = behind(parts);
                rotation.passOver(parts);
                start = null;
            }
            throw e;
        }
        OpenPart opened = null;
        try {
            if (Rotation.same(parts, rotation.parts())) {
                long place = place(tail);
                if (place < 0 && start instanceof Start.At(Position at)) {
                    return resume(at, parts);
                }
                rotation.passOver(parts);
                boolean nothingBefore = place == 0 || tail.fingerprint() == 0;
                before = tail.fingerprint() == 0 && !(start instanceof Start.At) ? behind(parts) : null;
                opened = nothingBefore ? live(tail, 0, 1)
                    : start instanceof Start.At(Position at) ? live(tail, place, number(at, place))
                    : live(tail, place, tail.numberAt(place));
            }
        } finally {
            if (opened == null) {
                tail.close();
            }
        }
        return opened;
    }

    /** Where to begin in the live file; -1 if the wanted position is not in it. */
    private long place(Tail tail) throws IOException {
        return switch (start) {
            case Start.Beginning b -> 0;
            case Start.Oldest o -> 0;
            case Start.End e -> tail.lastLines(0);
            case Start.LastLines(long count) -> tail.lastLines(count);
            case Start.At(Position at) -> {
                long fingerprint = at.file().fingerprint();
                yield fingerprint == 0 ? 0
                    : tail.fingerprint() == fingerprint && tail.size() >= at.offset() ? tail.lineStart(at.offset()) : -1;
            }
        };
    }

    /** Goes on in the rotated part that a position stands in, or with the oldest one there is. */
    private OpenPart resume(Position at, List<Siblings.Part> parts) throws IOException {
        Siblings.Part part = rotation.holding(at.file().fingerprint(), at.offset(), parts);
        if (part != null) {
            rotation.passOver(parts.subList(0, parts.indexOf(part)));
            return open(part, at, parts);
        }
        problems.accept(new Problem(name, "the file where reading stopped last time is gone",
            "everything that is still there is read; lines may be missing"));
        start = null;
        return following(parts, false);
    }

    /** Opens a rotated part; null if it cannot be read (any more). */
    private OpenPart open(Siblings.Part part, Position at, List<Siblings.Part> parts) {
        String shown = part.path().toString();
        LogFile file = at == null ? null : new LogFile(shown, at.file().fingerprint());
        try {
            PartInput packed = PartInput.open(part.path());
            OpenPart opened = null;
            try {
                if (packed.compression() == Compression.NONE) {
                    opened = plain(part, at, shown, file);
                } else {
                    if (at != null) {
                        packed.skip(at.offset());
                    }
                    LineBuffer buffer = at == null ? buffer(0, 1) : buffer(at.offset(), at.number());
                    opened = OpenPart.packed(packed, buffer, shown, file, part.size());
                }
            } finally {
                if (opened == null || opened.tail() != null) {
                    packed.close();
                }
            }
            modified = part.modified();
            rawAhead = ahead(parts, part);
            return opened;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            problems.accept(Problem.of(shown, e));
            rotation.passOver(List.of(part));
            start = null;
            return null;
        }
    }

    private OpenPart plain(Siblings.Part part, Position at, String shown, LogFile file) throws IOException {
        Tail tail = Tail.open(part.path());
        OpenPart opened = null;
        try {
            if (tail.key().equals(part.key())) {
                long place = at == null ? 0 : tail.lineStart(at.offset());
                tail.seek(place);
                opened = OpenPart.plain(tail, buffer(place, at == null ? 1 : number(at, place)), shown, file);
            }
        } finally {
            if (opened == null) {
                tail.close();
            }
        }
        return opened;
    }

    private OpenPart live(Tail tail, long offset, long number) throws IOException {
        tail.seek(offset);
        rawAhead = 0;
        LogFile file = offset == 0 ? null : new LogFile(name, tail.fingerprint());
        modified = Files.getLastModifiedTime(path).toMillis();
        live = OpenPart.plain(tail, buffer(offset, number), name, file);
        return live;
    }

    private static long fingerprint(OpenPart part) {
        LogFile file = part.reading().file();
        return file == null ? 0 : file.fingerprint();
    }

    private LineBuffer buffer(long offset, long number) {
        return new LineBuffer(selector, limits, offset, number);
    }

    /** Number of the line at that place: the one before if a last line without newline had been read. */
    private static long number(Position at, long place) {
        return place < at.offset() ? Math.max(1, at.number() - 1) : at.number();
    }

    private long ahead(List<Siblings.Part> parts, Siblings.Part from) {
        long sum = 0;
        for (Siblings.Part part : parts.subList(parts.indexOf(from) + 1, parts.size())) {
            sum += part.size();
        }
        try {
            return sum + Files.size(path);
        } catch (IOException e) {
            return sum;
        }
    }
}
