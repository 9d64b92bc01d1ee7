package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import saslscope.flow.Flow.Due;

class PulseTest {
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong(77);
    private final List<Long> waits = new ArrayList<>();
    private final Pulse pulse = new Pulse(read::get, nanos::get, n -> {
        waits.add(n);
        nanos.addAndGet(n);
    });

    @Test
    void waitsLongerTheLongerNothingComes() {
        for (int i = 0; i < 20; i++) {
            pulse.await();
        }
        assertEquals(2_000_000, waits.getFirst());
        assertEquals(50_000_000, waits.getLast());
        for (int i = 0; i < 200; i++) {
            pulse.await();
        }
        assertEquals(100_000_000, waits.getLast(), "more than ten seconds without a line");
        read.addAndGet(150);
        pulse.await();
        assertEquals(50_000_000, waits.getLast(), "a line at last");
    }

    @Test
    void readsManyLinesAtATimeWhileTheyKeepComing() {
        for (int i = 0; i < 11; i++) {
            read.addAndGet(500);
            pulse.await();
        }
        assertEquals(200_000_000, waits.getLast());
        pulse.await();
        assertEquals(50_000_000, waits.getLast(), "nothing came");
        read.addAndGet(500);
        pulse.await();
        assertEquals(200_000_000, waits.getLast(), "only late");
        for (int i = 0; i < 3; i++) {
            pulse.await();
        }
        read.addAndGet(500);
        pulse.await();
        assertEquals(50_000_000, waits.getLast(), "nothing came for a quarter of a second");
    }

    @Test
    void aLoggerMayWriteTenTimesASecond() {
        long from = nanos.get();
        long written = 0;
        int looks = 0;
        while (nanos.get() - from < 20_000_000_000L) {
            for (; written * 100_000_000 <= nanos.get() - from; written++) {
                read.addAndGet(20_000);
            }
            pulse.await();
            looks += nanos.get() - from > 10_000_000_000L ? 1 : 0;
        }
        assertTrue(looks >= 48 && looks <= 52, looks + " looks in ten seconds");
    }

    @Test
    void holdsUpNoFastPipe() {
        for (int i = 0; i < 1000; i++) {
            read.addAndGet(i % 2 == 0 ? 64 << 10 : 20_000);
            pulse.await();
            assertEquals(1_000_000, waits.getLast(), "a megabyte a second or more");
        }
    }

    @Test
    void ticksSometimesASecondAndStoresOnceWhetherItIsQuietOrNot() {
        for (boolean busy : new boolean[] {false, true}) {
            List<Due> due = new ArrayList<>();
            long from = nanos.get();
            while (nanos.get() - from < 10_000_000_000L) {
                read.addAndGet(busy ? 1000 : 0);
                due.add(pulse.await());
            }
            long ticks = due.stream().filter(d -> d != Due.NOTHING).count();
            long stores = due.stream().filter(d -> d == Due.STORE).count();
            assertTrue(ticks >= 49 && ticks <= 134, "busy " + busy + ": " + ticks);
            assertTrue(stores >= 9 && stores <= 10, "busy " + busy + ": " + stores);
        }
    }

    @Test
    void storesOnceASecondWhileThereIsAlwaysMoreToRead() {
        int stores = 0;
        for (int i = 0; i < 1000; i++) {
            nanos.addAndGet(10_000_000);
            stores += pulse.storesMeanwhile() ? 1 : 0;
        }
        assertEquals(10, stores);
        assertEquals(Due.TICK, pulse.await(), "just stored");
    }
}
