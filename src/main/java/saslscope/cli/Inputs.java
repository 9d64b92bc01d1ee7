package saslscope.cli;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import saslscope.flow.Flow;
import saslscope.flow.Ledger;
import saslscope.live.Summary;
import saslscope.live.Printable;
import saslscope.pattern.PatternSet;
import saslscope.source.Discovery;
import saslscope.source.Follower;
import saslscope.source.JournalStream;
import saslscope.source.LineSamples;
import saslscope.source.LineSelector;
import saslscope.source.LineSelectors;
import saslscope.source.LineStream;
import saslscope.source.Limits;
import saslscope.source.Log;
import saslscope.source.LogFile;
import saslscope.source.LogReader;
import saslscope.source.Position;
import saslscope.source.Problem;
import saslscope.source.Start;
import saslscope.syslog.Sample;
import saslscope.syslog.SyslogParser;

/** The logs of a run: opens them, adds them to the flow, remembers whether all could be read. */
final class Inputs implements Closeable {
    /** Bytes between two looks into a file whose stamps have no year. */
    private static final int SAMPLES = 1 << 20;

    private final Session session;
    private final LineSelector selector;
    private final List<LineStream> streams = new ArrayList<>();
    private LineStream journal;
    private boolean complete = true;
    private long read;

    /**
     * @param tick called often while lines are read, in the reading thread
     */
    Inputs(Session session, Definitions definitions, Runnable tick) {
        this.session = session;
        List<byte[]> needles = new ArrayList<>(definitions.needles());
        needles.add(SyslogParser.REPEATED.getBytes(StandardCharsets.US_ASCII));
        LineSelector wanted = LineSelectors.of(needles);
        this.selector = (bytes, from, to) -> {
            tick.run();
            int found = wanted.next(bytes, from, to);
            read += (found < 0 ? to : found) - from + 1;
            return found;
        };
    }

    /** Says what kept a log from being read; the others are still read. */
    Consumer<Problem> problems() {
        return p -> {
            if (p.passing()) {
                session.note(Printable.of(p.toString()));
            } else {
                broken(p.toString());
            }
        };
    }

    void broken(String message) {
        complete = false;
        session.note(Printable.of(message));
    }

    /** Adds whole logs, which end. */
    void read(Flow flow, List<String> files) {
        InputStream stdin = new StoppableInput(session.surroundings().in(), session.surroundings().stop());
        for (Log log : Discovery.logs(files, problems())) {
            LineStream stream = LogReader.open(log, stdin, selector, Limits.STANDARD, session.surroundings().time(), problems());
            streams.add(stream);
            flow.addWhole(stream, new SyslogParser(session.plan().zone(), session.plan().year()), Inputs::samples);
        }
    }

    /** Adds a few lines. */
    void read(Flow flow, byte[] text) {
        Log log = new Log("-", List.of(new Log.Part("-", null)));
        add(flow, LogReader.open(log, new ByteArrayInputStream(text), selector, Limits.STANDARD, session.surroundings().time(), problems()), null);
    }

    /** Adds a log that may grow. */
    void follow(Flow flow, String file, Start start, Position counted) {
        add(flow, Follower.open(file, session.surroundings().in(), start, selector, Limits.STANDARD,
            session.surroundings().time(), problems()), counted);
    }

    /**
     * Adds the journal.
     *
     * @param follow false to read no further than it reaches now
     */
    void journal(Flow flow, Journal journalctl, boolean follow, Start start, Position counted) {
        try {
            journal = JournalStream.open(journalctl, follow, start, selector, Limits.STANDARD, session.surroundings().time(), problems());
            add(flow, journal, counted);
        } catch (IOException e) {
            throw new Refusal(Exit.UNAVAILABLE, "follow: the journal cannot be read: journalctl cannot be started; name the log");
        }
    }

    private void add(Flow flow, LineStream stream, Position counted) {
        streams.add(stream);
        flow.add(stream, new SyslogParser(session.plan().zone(), session.plan().year()), Inputs::samples, counted);
    }

    private static List<Sample> samples(LogFile file) {
        return LineSamples.of(file.fingerprint() == 0 ? null : Path.of(file.path()), SAMPLES).stream()
            .map(line -> new Sample(line.offset(), line.bytes())).toList();
    }

    /** About how many bytes were looked at; grows whenever something is read. */
    long read() {
        return read;
    }

    /** Says what was read of each log, if the user wants to know, and which patterns were too slow. */
    void report(PatternSet patterns, Ledger ledger) {
        if (session.plan().verbose()) {
            for (LineStream stream : streams) {
                LineStream.Tally t = stream.tally();
                Position at = stream.position();
                session.note("read " + (at == null ? "nothing" : Shown.of(at.file().path())) + ": " + t.lines() + " lines, "
                    + Progress.size(t.bytes()));
            }
            session.note("lines: " + Summary.account(ledger));
        }
        Map<String, Long> stopped = patterns.stopped();
        if (!stopped.isEmpty()) {
            String most = stopped.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(5).map(e -> e.getKey() + " " + e.getValue() + (e.getValue() == 1 ? " time" : " times")).collect(Collectors.joining(", "));
            session.note((stopped.size() == 1 ? "a pattern" : stopped.size() + " patterns") + " took too long on some lines and "
                + (stopped.size() == 1 ? "was" : "were") + " stopped: " + most + (stopped.size() > 5 ? ", ..." : "")
                + "; 'saslscope patterns list -o jsonl' says where they stand");
        }
    }

    /** Whether entries of the journal may still come that are there already. */
    boolean journalComes() {
        return journal != null && !journal.ended();
    }

    List<LineStream> streams() {
        return streams;
    }

    /** Whether every log that was named could be read. */
    boolean complete() {
        return complete;
    }

    @Override
    public void close() throws IOException {
        for (LineStream stream : streams) {
            stream.close();
        }
    }
}
