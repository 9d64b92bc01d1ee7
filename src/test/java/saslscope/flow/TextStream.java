package saslscope.flow;

import java.nio.charset.StandardCharsets;
import saslscope.source.Line;
import saslscope.source.LineStream;
import saslscope.source.LogFile;
import saslscope.source.Position;

/** A log held in memory. More text may be added while it is read. */
final class TextStream implements LineStream {
    private final LogFile file;
    private final long modified;
    private final StringBuilder text = new StringBuilder();
    private byte[] bytes = new byte[0];
    private int at;
    private long number = 1;
    private boolean ends = true;
    private boolean begun;

    TextStream(String name, long modified, String text) {
        this.file = new LogFile(name, name.hashCode());
        this.modified = modified;
        add(text);
    }

    TextStream open() {
        ends = false;
        return this;
    }

    TextStream from(Position p) {
        at = (int) p.offset();
        number = p.number();
        return this;
    }

    void add(String more) {
        text.append(more);
        bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    }

    void end() {
        ends = true;
    }

    @Override
    public Line next() {
        if (at >= bytes.length) {
            return null;
        }
        int to = at;
        while (to < bytes.length && bytes[to] != '\n') {
            to++;
        }
        begun = true;
        Line l = new Line(file, at, number++, java.util.Arrays.copyOfRange(bytes, at, to), false);
        at = Math.min(bytes.length, to + 1);
        return l;
    }

    @Override
    public boolean ended() {
        return ends && at >= bytes.length;
    }

    @Override
    public Position position() {
        return begun ? new Position(file, at, number) : null;
    }

    @Override
    public Tally tally() {
        return new Tally(begun ? number - first() : 0, at, 0, at, bytes.length);
    }

    private long first() {
        return start;
    }

    private long start = 1;

    TextStream startAt(Position p) {
        start = p.number();
        return from(p);
    }

    @Override
    public long modified() {
        return modified;
    }

    @Override
    public void close() {
    }
}
