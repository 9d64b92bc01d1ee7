package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import saslscope.source.Line;
import saslscope.source.LineStream;
import saslscope.source.Position;

class ProgressTest {
    private static final long SECOND = 1_000_000_000L;
    private final StringWriter err = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void showsBytesShareAndTimeLeft() {
        assertEquals("reading [#########...........]  43%  430 MB of 1.0 GB, 215 MB/s, 3 s left", Progress.text(430_000_000, 1_000_000_000, 2 * SECOND));
        assertEquals("reading [#...................]   5%  50 MB of 1.0 GB, 10 MB/s, 1 min 35 s left", Progress.text(50_000_000, 1_000_000_000, 5 * SECOND));
        assertEquals("reading: 5.0 MB, 2.5 MB/s", Progress.text(5_000_000, -1, 2 * SECOND));
    }

    @Test
    void sizesHaveTwoOrThreeDigits() {
        assertEquals("999 B", Progress.size(999));
        assertEquals("1.0 kB", Progress.size(1_000));
        assertEquals("1.0 MB", Progress.size(999_900));
        assertEquals("12 GB", Progress.size(12_345_678_901L));
    }

    @Test
    void shortWorkShowsNothing() {
        Progress progress = new Progress(err, nanos::get);
        progress.watch(List.of(stream()));
        for (int i = 0; i < 1_000; i++) {
            nanos.addAndGet(SECOND / 2_000);
            progress.run();
        }
        progress.clear();
        assertEquals("", err.toString());
    }

    @Test
    void longWorkIsDrawnInPlaceAndTakenAway() {
        Progress progress = new Progress(err, nanos::get);
        progress.watch(List.of(stream()));
        for (int i = 0; i < 1_000; i++) {
            nanos.addAndGet(SECOND / 500);
            progress.run();
        }
        progress.clear();
        for (int i = 0; i < 1_000; i++) {
            // A thread that still reads when the run was ended.
            nanos.addAndGet(SECOND / 500);
            progress.run();
        }
        assertTrue(err.toString().startsWith("\rreading [##########..........]  50%  50 B of 100 B"), err.toString());
        assertTrue(err.toString().endsWith("\r\u001b[K"));
        assertTrue(err.toString().chars().filter(c -> c == '\r').count() <= 7, "not more often than five times a second");
    }

    private static LineStream stream() {
        return new LineStream() {
            @Override
            public Line next() {
                return null;
            }

            @Override
            public boolean ended() {
                return false;
            }

            @Override
            public Position position() {
                return null;
            }

            @Override
            public Tally tally() {
                return new Tally(1, 50, 0, 50, 100);
            }

            @Override
            public long modified() {
                return 0;
            }

            @Override
            public void close() {
            }
        };
    }
}
