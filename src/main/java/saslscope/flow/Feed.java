package saslscope.flow;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;
import saslscope.pattern.Recognition;
import saslscope.source.Line;
import saslscope.source.LineStream;
import saslscope.source.LogFile;
import saslscope.source.Position;
import saslscope.syslog.Sample;
import saslscope.syslog.SyslogParser;
import saslscope.syslog.SyslogRecord;

/** One log on its way into the pipeline: the next record of it, and what of it was counted before. */
final class Feed {
    final LineStream stream;
    private final SyslogParser parser;
    private final Function<LogFile, List<Sample>> samples;
    /** Null unless an earlier run counted a part of this log. */
    private final Position counted;
    private final Set<LogFile> before = new HashSet<>();
    private boolean reached;
    private long again;
    private LogFile file;
    /** Null unless the log is whole and read on a thread of its own. */
    private final ReadAhead ahead;
    SyslogRecord head;
    /** What {@link #head} is for its session, and what it is and what it means; null where that is not known yet. */
    Openings.Role role;
    Recognition recognition;
    AuthEvent event;
    long unreadable;
    boolean broken;

    Feed(LineStream stream, SyslogParser parser, Function<LogFile, List<Sample>> samples, Position counted) {
        this.stream = stream;
        this.parser = parser;
        this.samples = samples;
        this.counted = counted;
        this.reached = counted == null;
        this.ahead = null;
    }

    /** A whole log that no earlier run has counted. */
    Feed(LineStream stream, ReadAhead ahead) {
        this.stream = stream;
        this.parser = null;
        this.samples = null;
        this.counted = null;
        this.reached = true;
        this.ahead = ahead;
    }

    boolean ended() {
        return ahead == null ? stream.ended() : ahead.ended();
    }

    /** Whether it is read on a thread of its own. */
    boolean whole() {
        return ahead != null;
    }

    void abandon() {
        if (ahead != null) {
            ahead.abandon();
        }
    }

    /** Reads on until there is a record or nothing more for now. */
    void fill() throws IOException {
        if (ahead != null) {
            ReadAhead.Seen seen = head == null ? ahead.take(this) : null;
            if (seen != null) {
                head = seen.record();
                role = seen.role();
                recognition = seen.recognition();
                event = seen.event();
            }
            return;
        }
        while (head == null) {
            Line line = stream.next();
            follow();
            if (line == null) {
                return;
            }
            if (!line.file().equals(file)) {
                file = line.file();
                parser.part(stream::modified, samples.apply(file));
            }
            head = parser.parse(line);
            if (head == null && !repeats(line.file(), line.offset())) {
                unreadable++;
            }
        }
    }

    /** Finds out how many of the lines read now were counted by the earlier run. */
    private void follow() {
        Position at = stream.position();
        if (reached || at == null) {
            return;
        }
        if (at.file().fingerprint() != counted.file().fingerprint()) {
            before.add(at.file());
            again = stream.tally().lines();
        } else if (at.offset() >= counted.offset()) {
            reached = true;
            again = stream.tally().lines() - (at.number() - counted.number());
        } else {
            again = stream.tally().lines();
        }
    }

    /** What was read, as far as it was taken. */
    LineStream.Tally tally() {
        return ahead == null ? stream.tally() : ahead.tally();
    }

    /** Lines read in this run that no earlier one counted. */
    long fresh() {
        return tally().lines() - again;
    }

    /** Whether the earlier run has counted that line. */
    boolean repeats(LogFile f, long offset) {
        if (counted == null) {
            return false;
        }
        return f.fingerprint() == counted.file().fingerprint() ? offset < counted.offset() : before.contains(f);
    }

    boolean repeats(Origin o) {
        return repeats(o.file(), o.byteOffset());
    }
}
