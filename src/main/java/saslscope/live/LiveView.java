package saslscope.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import saslscope.bounded.BoundedMap;
import saslscope.diagnosis.Certainty;
import saslscope.flow.Sink;
import saslscope.incident.Incident;
import saslscope.incident.Kind;
import saslscope.incident.Severity;

/**
 * Shows incidents as they happen: a block for each new one; repeats only move a count. On a terminal that count is one
 * status line, rewritten in place, which names the most severe incident that is open; elsewhere it is at most one short
 * line for each incident and interval of log time.
 *
 * <p>Faults of the server and intrusions are always shown in full. Of everything else there are at most so many blocks
 * and lines in ten minutes of log time, then only their number, so that a night of guessing does not hide a fault.
 */
public final class LiveView implements Sink {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int KNOWN = 10_000;
    private static final int TOLD_AT_START = 10;
    private static final Duration QUOTA = Duration.ofMinutes(10);
    private static final int BLOCKS = 3;
    private static final int LINES = 9;
    private static final int ATTACKS = 3;

    private final Writer out;
    private final Look look;
    private final IncidentBlock block;
    private final UnaryOperator<String> titleOf;
    private final Duration interval;
    private final LongSupplier nanos;
    private final boolean terse;
    private final Map<String, Shown> known = BoundedMap.byUse(KNOWN);
    private final Quota blocks = new Quota(BLOCKS, QUOTA);
    private final Quota lines = new Quota(LINES, QUOTA);
    private final Quota attacks = new Quota(ATTACKS, QUOTA);
    private long open;
    /** Failures of open incidents of low severity. */
    private long background;
    private Incident urgent;
    private String status = "";
    private boolean drawn;
    private long drawnAt;

    /** An incident's state, and what was last said about it, and when by the log's clock. */
    private record Shown(String state, Severity severity, Kind kind, String cause, Certainty certainty, OffsetDateTime at, long failures,
                         long counted) {
        static Shown all(Incident i) {
            return new Shown(i.state(), i.severity(), i.kind(), i.cause(), i.certainty(), i.lastSeen(), i.failures(), i.failures());
        }

        Shown in(Incident now) {
            return new Shown(now.state(), severity, kind, cause, certainty, at, failures, now.failures());
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
        List<Incident> all = earlier.stream().sorted(Tallies.URGENCY).toList();
        for (Incident i : all) {
            known.put(i.id(), Shown.all(i));
            open += goesOn(i.state()) ? 1 : 0;
            background += i.severity() == Severity.LOW && goesOn(i.state()) ? i.failures() : 0;
        }
        if (!terse) {
            all.stream().filter(i -> i.severity() != Severity.LOW && goesOn(i.state())).limit(TOLD_AT_START)
                .forEach(i -> line("open since " + IncidentBlock.SECONDS.format(i.firstSeen()) + ": " + about(i) + ", " + total(i)
                    + look.faint("  [" + look.cut(i.id(), 40) + "]")));
        }
    }

    @Override
    public void incident(Incident now) {
        lines.roll(now.lastSeen());
        attacks.roll(now.lastSeen());
        long untold = blocks.roll(now.lastSeen());
        if (untold > 0) {
            write(erased() + clock(now) + " " + Spans.number(untold) + " more of less weight since then: saslscope incidents\n");
        }
        Shown before = known.get(now.id());
        if (before == null) {
            begin(now);
            return;
        }
        open += (goesOn(now.state()) ? 1 : 0) - (goesOn(before.state()) ? 1 : 0);
        background -= before.severity() == Severity.LOW && goesOn(before.state()) ? before.counted() : 0;
        String news = news(before, now);
        if (news != null && !weighty(now) && !weighty(before.severity()) && !(now.kind().attack() ? attacks : lines).take()) {
            blocks.refuse();
            news = null;
        }
        Shown shown = news == null ? before.in(now) : Shown.all(now);
        known.put(now.id(), shown);
        background += shown.severity() == Severity.LOW && goesOn(now.state()) ? now.failures() : 0;
        if (news != null) {
            line((now.ended() != null ? "" : clock(now) + " ") + news + look.faint("  [" + look.cut(now.id(), 40) + "]"));
        }
        follow(now);
    }

    private static boolean goesOn(String state) {
        return !state.equals("closed") && !state.equals("ended");
    }

    private static boolean weighty(Incident i) {
        return weighty(i.severity());
    }

    private static boolean weighty(Severity s) {
        return s.compareTo(Severity.HIGH) <= 0;
    }

    /** What is worth a line of its own; null if nothing is. */
    private String news(Shown before, Incident now) {
        if (now.severity() == Severity.LOW && before.severity() == Severity.LOW) {
            // Background noise stays in the background.
            return null;
        }
        boolean due = !now.lastSeen().isBefore(before.at().plus(interval));
        if (!now.state().equals(before.state())) {
            boolean wasTold = before.state().equals("ended");
            if (now.ended() != null && !now.takenIn() && !goesOn(now.state()) && !wasTold) {
                return look.good(look.check() + " " + look.cut(since(now), 200)) + ": " + about(now) + ", after " + total(now);
            }
            if (now.state().equals("closed")) {
                return wasTold || now.ended() != null ? null
                    : look.good("over") + ": " + about(now) + ", after " + total(now) + worked(now);
            }
            if (!goesOn(before.state())) {
                return look.severity(now.severity(), "back") + ": " + about(now) + ", " + total(now) + " so far";
            }
        }
        if (now.kind() != before.kind()) {
            return look.bold(look.up() + " now seen as " + now.kind().text()) + ": " + about(now) + ", " + total(now) + " so far";
        }
        if (settled(before, now) && (due || now.certainty().compareTo(before.certainty()) < 0)) {
            return look.bold(look.up() + " now") + " " + cause(now);
        }
        if (now.severity() != before.severity()) {
            return "now " + now.severity().name().toLowerCase(Locale.ROOT) + ": " + about(now) + ", " + total(now) + " so far";
        }
        return !look.inPlace() && !terse && due && now.failures() > before.failures()
            ? "still: " + about(now) + ", " + total(now) + " so far" : null;
    }

    /** Since when it works again, without the date, which the line's own clock is close to. */
    private static String since(Incident i) {
        return i.ended() == null ? "works again" : i.ended().replace(IncidentBlock.SECONDS.format(i.lastSeen()).substring(0, 11), "");
    }

    private void begin(Incident incident) {
        known.put(incident.id(), Shown.all(incident));
        open += goesOn(incident.state()) ? 1 : 0;
        background += incident.severity() == Severity.LOW && goesOn(incident.state()) ? incident.failures() : 0;
        boolean brief = incident.kind().attack() || incident.kind() == Kind.DENIED;
        if (weighty(incident) || !brief && blocks.take()) {
            write(erased());
            for (String line : block.lines(incident)) {
                write(line + "\n");
            }
            write("\n");
            flush();
        } else if ((brief ? attacks : lines).take()) {
            line(clock(incident) + " " + look.severity(incident.severity(), incident.severity().name().toLowerCase(Locale.ROOT)) + ": "
                + about(incident) + ", " + total(incident) + look.faint("  [" + look.cut(incident.id(), 40) + "]"));
        } else {
            blocks.refuse();
        }
        follow(incident);
    }

    /** True if the diagnosis became better, or another cause leads. */
    private static boolean settled(Shown was, Incident now) {
        return now.certainty().compareTo(was.certainty()) < 0
            || now.certainty().compareTo(Certainty.LIKELY) <= 0 && now.cause() != null && !now.cause().equals(was.cause());
    }

    /** What is known now, and what about, if that does not say the same. */
    private String cause(Incident incident) {
        String about = about(incident);
        String title = incident.cause() == null ? "unknown" : look.cut(titleOf.apply(incident.cause()), 100);
        return incident.certainty().name().toLowerCase(Locale.ROOT) + ": " + (incident.certainty().compareTo(Certainty.LIKELY) > 0 ? about
            : about.toLowerCase(Locale.ROOT).contains(title.toLowerCase(Locale.ROOT)) ? about : title + "; " + about);
    }

    private String about(Incident incident) {
        return look.cut(incident.title(), 100);
    }

    private static String total(Incident incident) {
        return total(incident.failures());
    }

    private static String total(long failures) {
        return Spans.count(failures, "failure");
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
        if (urgent == null || urgent.id().equals(now.id()) || now.severity().compareTo(urgent.severity()) <= 0 || !goesOn(urgent.state())) {
            urgent = now;
        }
        status = clock(now) + " " + (goesOn(urgent.state()) && urgent.severity() != Severity.LOW
            ? urgent.severity().name() + ": " + about(urgent) + ", " + total(urgent) + detail(urgent)
            : about(now) + ": " + total(now) + " so far" + detail(now))
            + (background > 0 && urgent.severity() != Severity.LOW ? "; guessing: " + total(background) : "")
            + (open > 1 ? " (" + open + " incidents open)" : "");
        if (nanos.getAsLong() - drawnAt >= REDRAW_NANOS) {
            draw();
        }
    }

    private static String detail(Incident i) {
        return (i.userCount() > 1 ? ", " + Spans.count(i.userCount(), "login name") : "")
            + (i.clientCount() > 1 ? ", " + Spans.count(i.clientCount(), "client") : "");
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
        write(erased());
    }

    /** What takes the status line away. */
    private String erased() {
        boolean was = drawn;
        drawn = false;
        return was ? "\r\u001b[K" : "";
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
