package saslscope.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import saslscope.source.LineStream;

/**
 * Shows on a terminal how far long work is: bytes, share, time left. One line, rewritten in place. Each log's reading thread
 * calls it.
 */
final class Progress implements Runnable {
    private static final long SECOND = 1_000_000_000L;
    /** Looking at the clock for every line would cost more than reading it. */
    private static final int EVERY = 32;

    private final Writer err;
    private final LongSupplier nanos;
    private final long begun;
    private List<LineStream> streams = List.of();
    private long drawn;
    private int calls;
    private boolean shown;
    private boolean over;

    /**
     * @param nanos a clock that only moves forward
     */
    Progress(Writer err, LongSupplier nanos) {
        this.err = err;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        // Nothing is shown for work that takes no longer than a second.
        this.drawn = begun + SECOND - SECOND / 5;
    }

    synchronized void watch(List<LineStream> all) {
        streams = all;
    }

    /** Draws, if it is time to. */
    @Override
    public synchronized void run() {
        if (++calls % EVERY != 0 || over) {
            return;
        }
        long now = nanos.getAsLong();
        if (now - drawn >= SECOND / 5) {
            drawn = now;
            long done = 0;
            long total = 0;
            for (LineStream s : streams) {
                LineStream.Tally t = s.tally();
                done += t.rawBytes();
                total = total < 0 || t.rawTotal() < 0 ? -1 : total + t.rawTotal();
            }
            write("\r" + text(done, total, now - begun) + "\u001b[K");
            shown = true;
        }
    }

    /** The line: what is done of how much in how many nanoseconds. */
    static String text(long done, long total, long nanos) {
        double seconds = nanos / (double) SECOND;
        String rate = size((long) (done / seconds)) + "/s";
        if (total <= 0) {
            return "reading: " + size(done) + ", " + rate;
        }
        double share = Math.min(1, done / (double) total);
        int bar = (int) Math.round(share * 20);
        long left = share == 0 ? 0 : Math.round(seconds / share - seconds);
        return String.format(Locale.ROOT, "reading [%s%s] %3.0f%%  %s of %s, %s, %s left", "#".repeat(bar),
            ".".repeat(20 - bar), Math.floor(share * 100), size(done), size(total), rate,
            left >= 60 ? left / 60 + " min " + left % 60 + " s" : left + " s");
    }

    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        String units = "kMGTPE";
        double n = bytes / 1000.0;
        int unit = 0;
        while (n >= 999.5) {
            n /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, n < 9.95 ? "%.1f %cB" : "%.0f %cB", n, units.charAt(unit));
    }

    /** Takes the line away for good, so that other text can follow. */
    synchronized void clear() {
        over = true;
        if (shown) {
            write("\r\u001b[K");
            shown = false;
        }
    }

    private void write(String text) {
        try {
            err.write(text);
            err.flush();
        } catch (IOException e) {
            // Progress is worth no failure.
            shown = false;
        }
    }
}
