package saslscope.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import saslscope.diagnosis.Certainty;
import saslscope.flow.Sink;
import saslscope.incident.Incident;
import saslscope.incident.Severity;

/**
 * Shows incidents as they happen: a block for each new one; repeats only move a count. On a terminal that count is one
 * status line, rewritten in place; elsewhere it is at most one short line for each incident and interval of log time.
 */
public final class LiveView implements Sink {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int KNOWN = 10_000;
    private static final int TOLD_AT_START = 10;

    private final Writer out;
    private final Look look;
    private final IncidentBlock block;
    private final UnaryOperator<String> titleOf;
    private final Duration interval;
    private final LongSupplier nanos;
    private final boolean terse;
    private final Map<String, Shown> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Shown> eldest) {
            return size() > KNOWN;
        }
    };
    private long open;
    private String status = "";
    private boolean drawn;
    private long drawnAt;

    /** An incident's state, and what was last said about it, and when by the log's clock. */
    private record Shown(String state, Severity severity, String cause, Certainty certainty, OffsetDateTime at, long failures,
                         boolean works) {
        static Shown all(Incident i) {
            return new Shown(i.state(), i.severity(), i.cause(), i.certainty(), i.lastSeen(), i.failures(), i.successes() > 0);
        }

        Shown in(String newState) {
            return new Shown(newState, severity, cause, certainty, at, failures, works);
        }
    }

    /**
     * @param out      receives the text; the caller closes it
     * @param titleOf  the title of a cause by its code
     * @param interval shortest time, by the log's clock, between two lines about one incident that goes on
     * @param nanos    a clock that only moves forward, to bound how often the status line is drawn
     * @param terse    leave out the lines about incidents that go on
     */
    public LiveView(Writer out, Look look, UnaryOperator<String> titleOf, Duration interval, LongSupplier nanos,
                    boolean terse) {
        this.out = out;
        this.look = look;
        this.block = new IncidentBlock(look, titleOf);
        this.titleOf = titleOf;
        this.interval = interval;
        this.nanos = nanos;
        this.terse = terse;
        this.drawnAt = nanos.getAsLong() - REDRAW_NANOS;
    }

    /** Tells of incidents that an earlier run left open; from then on they are known. */
    public void begin(List<Incident> earlier) {
        List<Incident> urgent = earlier.stream().sorted(Tallies.URGENCY).toList();
        for (Incident i : urgent) {
            known.put(i.id(), Shown.all(i));
            open++;
        }
        if (!terse) {
            urgent.stream().filter(i -> i.severity() != Severity.LOW).limit(TOLD_AT_START)
                .forEach(i -> line("open since " + IncidentBlock.SECONDS.format(i.firstSeen()) + ": " + about(i) + ", " + total(i)
                    + look.faint("  [" + look.cut(i.id(), 40) + "]")));
        }
    }

    @Override
    public void incident(Incident now) {
        Shown before = known.get(now.id());
        if (before == null) {
            begin(now);
            return;
        }
        if (now.state().equals("closed") != before.state().equals("closed")) {
            open += now.state().equals("closed") ? -1 : 1;
        }
        String news = news(before, now);
        known.put(now.id(), news == null ? before.in(now.state()) : Shown.all(now));
        if (news != null) {
            line(clock(now) + " " + news + look.faint("  [" + look.cut(now.id(), 40) + "]"));
        }
        follow(now);
    }

    /** What is worth a line of its own; null if nothing is. */
    private String news(Shown before, Incident now) {
        if (now.severity() == Severity.LOW && before.severity() == Severity.LOW) {
            // Background noise stays in the background.
            return null;
        }
        boolean isClosed = now.state().equals("closed");
        boolean wasClosed = before.state().equals("closed");
        boolean due = !now.lastSeen().isBefore(before.at().plus(interval));
        if (isClosed && !wasClosed) {
            return look.good("over") + ": " + about(now) + ", after " + total(now) + worked(now);
        }
        if (wasClosed && !isClosed) {
            return "back: " + about(now) + ", " + total(now) + " so far";
        }
        if (settled(before, now) && (due || now.certainty() == Certainty.DETERMINED && before.certainty() != Certainty.DETERMINED)) {
            return look.bold("settled") + ": " + about(now) + ", cause now " + certainty(now);
        }
        if (now.severity() != before.severity()) {
            return "now " + now.severity().name().toLowerCase(Locale.ROOT) + ": " + about(now) + ", " + total(now) + " so far";
        }
        if (now.successes() > 0 && !before.works() && now.state().equals("quiet")) {
            return look.good("works again") + ": " + about(now) + ", after " + total(now) + worked(now);
        }
        return !look.inPlace() && !terse && due && now.failures() > before.failures()
            ? "still: " + about(now) + ", " + total(now) + " so far" : null;
    }

    private void begin(Incident incident) {
        known.put(incident.id(), Shown.all(incident));
        open++;
        erase();
        for (String line : block.lines(incident)) {
            write(line + "\n");
        }
        write("\n");
        flush();
        follow(incident);
    }

    /** True if the diagnosis became better, or another cause leads. */
    private static boolean settled(Shown was, Incident now) {
        return now.certainty().compareTo(was.certainty()) < 0
            || now.certainty().compareTo(Certainty.LIKELY) <= 0 && now.cause() != null && !now.cause().equals(was.cause());
    }

    private String certainty(Incident incident) {
        String title = incident.cause() == null ? "unknown" : look.cut(titleOf.apply(incident.cause()), 100);
        return switch (incident.certainty()) {
            case DETERMINED -> "proven: " + title;
            case LIKELY -> "likely: " + title;
            case AMBIGUOUS -> "one of " + incident.candidates().size();
            case UNKNOWN -> "unknown";
        };
    }

    private String about(Incident incident) {
        return look.cut(incident.title(), 100);
    }

    private static String total(Incident incident) {
        return Spans.count(incident.failures(), "failure");
    }

    private static String worked(Incident incident) {
        return incident.successes() > 0 ? "; " + Spans.count(incident.successes(), "login") + " worked since" : "";
    }

    private static String clock(Incident incident) {
        return IncidentBlock.SECONDS.format(incident.lastSeen()).substring(11);
    }

    private void follow(Incident now) {
        if (!look.inPlace()) {
            return;
        }
        status = clock(now) + " " + about(now) + ": " + total(now) + " so far"
            + (now.userCount() > 1 ? ", " + Spans.count(now.userCount(), "login name") : "")
            + (now.clientCount() > 1 ? ", " + Spans.count(now.clientCount(), "client") : "")
            + (open > 1 ? " (" + open + " incidents open)" : "");
        if (nanos.getAsLong() - drawnAt >= REDRAW_NANOS) {
            draw();
        }
    }

    @Override
    public void pause() {
        if (look.inPlace() && !status.isEmpty()) {
            draw();
        }
        flush();
    }

    /** Takes the status line away, so that other text can follow. */
    @Override
    public void close() {
        erase();
        flush();
    }

    private void draw() {
        // Cut rather than wrapped: a line that wraps cannot be rewritten.
        write("\r" + look.faint(look.cut(status, look.width() - 1)) + "\u001b[K");
        drawn = true;
        drawnAt = nanos.getAsLong();
        flush();
    }

    private void erase() {
        if (drawn) {
            write("\r\u001b[K");
            drawn = false;
        }
    }

    private void line(String text) {
        erase();
        write(text + "\n");
        flush();
    }

    private void write(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
