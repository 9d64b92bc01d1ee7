package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import saslscope.index.Checkpoint;
import saslscope.index.EventStore;
import saslscope.index.StoredEvents;

/** When is deleted, and when not. */
class RetentionTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private Instant time = Instant.parse("2026-11-22T12:00:00Z");
    private long nanos = 5;
    private final List<String> notes = new ArrayList<>();
    private final Recorder store = new Recorder();

    private Retention retention(Retention.Bounds bounds) {
        return new Retention(bounds, () -> time, () -> nanos, notes::add);
    }

    private void pass(Duration d) {
        time = time.plus(d);
        nanos += d.toNanos();
    }

    @Test
    void deletesAtMostOnceAMinuteAndAtTheEnd() {
        Retention retention = retention(new Retention.Bounds(Duration.ofDays(90), 1L << 30));
        retention.apply(store, false);
        retention.apply(store, false);
        assertEquals(List.of("forget 2026-08-24T12:00:00Z", "fit 1073741824"), store.calls);
        pass(Duration.ofSeconds(59));
        retention.apply(store, false);
        assertEquals(2, store.calls.size());
        retention.apply(store, true);
        pass(Duration.ofSeconds(60));
        retention.apply(store, false);
        assertEquals(6, store.calls.size());
        assertEquals(2, notes.size(), "each said once: " + notes);
    }

    @Test
    void nothingIsAskedForWhereNothingIsWanted() {
        retention(Retention.Bounds.NONE).apply(store, true);
        assertEquals(List.of(), store.calls);
    }

    @Test
    void aClockSetForwardMakesNothingOldForADay() {
        Retention retention = retention(new Retention.Bounds(Duration.ofDays(90), Long.MAX_VALUE));
        retention.apply(store, false);
        pass(Duration.ofMinutes(2));
        time = time.plus(Duration.ofDays(4000));
        retention.apply(store, false);
        for (int i = 0; i < 60 * 23; i++) {
            nanos += MINUTE;
            time = time.plus(Duration.ofMinutes(1));
            retention.apply(store, false);
        }
        assertEquals(1, store.calls.size(), store.calls.toString());
        time = time.minus(Duration.ofDays(4000));
        pass(Duration.ofHours(2));
        retention.apply(store, false);
        assertEquals("forget 2026-08-25T13:02:00Z", store.calls.getLast());
        assertEquals(1, notes.stream().filter(n -> n.startsWith("the clock went forward")).count(), notes.toString());
    }

    @Test
    void aClockSetBackOnlyDeletesLater() {
        Retention retention = retention(new Retention.Bounds(Duration.ofDays(90), Long.MAX_VALUE));
        retention.apply(store, false);
        pass(Duration.ofMinutes(2));
        time = time.minus(Duration.ofDays(4000));
        retention.apply(store, false);
        assertEquals(2, store.calls.size());
    }

    private static final class Recorder implements EventStore {
        private final List<String> calls = new ArrayList<>();

        @Override
        public long forget(Instant before) {
            calls.add("forget " + before);
            return 3;
        }

        @Override
        public long fit(long bytes) {
            calls.add("fit " + bytes);
            return 4;
        }

        @Override
        public void put(Map<String, Object> document) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean contains(String type, String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void commit(Checkpoint checkpoint) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Checkpoint checkpoint() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long unstored() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoredEvents events() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }
}
