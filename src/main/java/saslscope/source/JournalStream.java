package saslscope.source;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * The systemd journal, read through journalctl(1), which needs no library and no rights of ours. An entry's number in the
 * journal stands for the byte offset of a line in a file: it survives the journal's own rotation, so reading goes on
 * exactly where it stopped. If journalctl ends, it is started again behind the last entry.
 */
public final class JournalStream implements LineStream {
    /** What the file name of a line of the journal begins with; what numbers the entries follows. */
    public static final String NAME = "journal:";

    private static final int QUEUED = 256;
    private static final int RETRIES = 3;
    private static final long RETRY_MILLIS = 1_000;
    private static final JournalEntry END = new JournalEntry("", 0, new byte[0], false);
    /** syslog.h: mail, auth, authpriv. Matches of one field are alternatives. */
    private static final List<String> WHAT = List.of("--quiet", "--output=export",
        "--output-fields=MESSAGE,SYSLOG_IDENTIFIER,_COMM,SYSLOG_PID,_PID,_HOSTNAME,_SOURCE_REALTIME_TIMESTAMP",
        "SYSLOG_FACILITY=2", "SYSLOG_FACILITY=4", "SYSLOG_FACILITY=10");

    /** Starts journalctl. */
    public interface Journalctl {
        /** A running one. Closing ends it. */
        interface Running extends Closeable {
            /** What it prints. */
            InputStream output();
        }

        /**
         * Starts it.
         *
         * @throws IOException if there is none
         */
        Running start(List<String> arguments) throws IOException;
    }

    private final Journalctl journalctl;
    private final boolean follow;
    private final LineSelector selector;
    private final Limits limits;
    private final InstantSource clock;
    private final Consumer<Problem> problems;
    private Start start;
    private Reader reader;
    private LogFile file;
    /** Number of the next entry in the journal, and in this stream. */
    private long next;
    private long number = 1;
    private long lines;
    private long bytes;
    private long cut;
    private int failures;
    private long retry = Long.MIN_VALUE;
    private boolean ended;

    private JournalStream(Journalctl journalctl, boolean follow, Start start, LineSelector selector, Limits limits,
                          InstantSource clock, Consumer<Problem> problems) {
        this.journalctl = journalctl;
        this.follow = follow;
        this.start = start;
        this.selector = selector;
        this.limits = limits;
        this.clock = clock;
        this.problems = problems;
    }

    /**
     * Reads the journal.
     *
     * @param follow false to stop at the end of what is there
     * @throws IOException if journalctl cannot be started
     */
    public static LineStream open(Journalctl journalctl, boolean follow, Start start, LineSelector selector, Limits limits,
                                  InstantSource clock, Consumer<Problem> problems) throws IOException {
        JournalStream stream = new JournalStream(journalctl, follow, start, selector, limits, clock, problems);
        if (start instanceof Start.At at) {
            stream.file = at.position().file();
            stream.next = at.position().offset();
            stream.number = at.position().number();
        }
        stream.reader = stream.begin();
        return stream;
    }

    private Reader begin() throws IOException {
        List<String> arguments = new ArrayList<>(WHAT);
        if (follow) {
            arguments.add("--follow");
        }
        if (file != null) {
            // journalctl takes a cursor that has only these two parts (sd-journal.c, sd_journal_seek_cursor()). The entry may be
            // of another facility, then it begins with the next; if the journal no longer has it, with the oldest.
            arguments.add("--cursor=s=" + file.path().substring(NAME.length()) + ";i=" + Long.toHexString(next));
        }
        arguments.add(file == null && start instanceof Start.LastLines last ? "--lines=" + last.count()
            : file == null && start instanceof Start.End ? "--lines=0" : "--no-tail");
        Reader r = new Reader(journalctl.start(arguments), limits.longestLine());
        Thread.ofPlatform().daemon().name("reads the journal").start(r);
        return r;
    }

    @Override
    public Line next() {
        while (!ended) {
            if (reader == null && !again()) {
                return null;
            }
            JournalEntry e = reader.queue.poll();
            if (e == null) {
                return null;
            }
            if (e == END) {
                over();
                continue;
            }
            failures = 0;
            Line line = line(e);
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    /** The entry as a line; null if it is not selected or was read before. */
    private Line line(JournalEntry e) {
        if (file == null || !file.path().startsWith(e.sequence(), NAME.length())) {
            file = new LogFile(NAME + e.sequence(), fingerprint(e.sequence()));
        } else if (e.number() < next) {
            return null;
        }
        next = e.number() + 1;
        lines++;
        bytes += e.line().length + 1;
        cut += e.cut() ? 1 : 0;
        long n = number++;
        return selector.next(e.line(), 0, e.line().length) < 0 ? null : new Line(file, e.number(), n, e.line(), e.cut());
    }

    private static long fingerprint(String sequence) {
        long hash = 0;
        for (int i = 0; i < sequence.length(); i++) {
            hash = hash * 31 + sequence.charAt(i);
        }
        return hash == 0 ? 1 : hash;
    }

    /** journalctl has ended: it was stopped, or nobody may read the journal. */
    private void over() {
        IOException error = reader.error;
        reader.stop();
        reader = null;
        if (follow && ++failures <= RETRIES) {
            retry = clock.millis() + RETRY_MILLIS;
            return;
        }
        ended = true;
        if (follow || error != null) {
            problems.accept(new Problem("the journal", error == null ? "journalctl ended" : "cannot be read on: " + error.getMessage(),
                "see what 'journalctl -n 5 SYSLOG_FACILITY=2' says; members of the groups adm and systemd-journal may read it"));
        }
    }

    /** Starts journalctl once more, if it is time. */
    private boolean again() {
        if (clock.millis() < retry) {
            return false;
        }
        try {
            reader = begin();
            return true;
        } catch (IOException e) {
            ended = true;
            problems.accept(Problem.of("the journal", e));
            return false;
        }
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public Position position() {
        return file == null ? null : new Position(file, next, number);
    }

    @Override
    public Tally tally() {
        return new Tally(lines, bytes, cut, bytes, -1);
    }

    @Override
    public long modified() {
        return clock.millis();
    }

    @Override
    public void close() {
        ended = true;
        if (reader != null) {
            reader.stop();
            reader = null;
        }
    }

    /** Reads entries in a thread of its own; when the queue is full, it waits, and journalctl with it. */
    private static final class Reader implements Runnable {
        private final Journalctl.Running running;
        private final int longest;
        private final BlockingQueue<JournalEntry> queue = new ArrayBlockingQueue<>(QUEUED);
        private volatile boolean stopped;
        private volatile IOException error;

        Reader(Journalctl.Running running, int longest) {
            this.running = running;
            this.longest = longest;
        }

        @Override
        public void run() {
            try {
                try (InputStream in = new BufferedInputStream(running.output(), 1 << 16)) {
                    for (JournalEntry e = JournalEntry.read(in, longest); e != null && !stopped; e = JournalEntry.read(in, longest)) {
                        queue.put(e);
                    }
                } catch (IOException e) {
                    error = e;
                }
                queue.put(END);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void stop() {
            stopped = true;
            queue.clear();
            try {
                running.close();
            } catch (IOException e) {
                // It ends all the same.
                return;
            }
        }
    }
}
