package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuietTest {
    private final AtomicLong reads = new AtomicLong();
    private final List<Long> waits = new ArrayList<>();
    private final Quiet quiet = new Quiet(reads::get, waits::add);

    @Test
    void waitsLongerTheLongerNothingComes() {
        for (int i = 0; i < 20; i++) {
            quiet.getAsBoolean();
        }
        assertEquals(1_000_000, waits.getFirst());
        assertEquals(200_000_000, waits.getLast());
        reads.incrementAndGet();
        quiet.getAsBoolean();
        assertEquals(1_000_000, waits.getLast(), "a busy pipe is read at full speed");
    }

    @Test
    void tellsOnceThatASecondWasQuiet() {
        long told = 0;
        for (int i = 0; i < 50; i++) {
            told += quiet.getAsBoolean() ? 1 : 0;
        }
        assertEquals(1, told);
        reads.incrementAndGet();
        assertFalse(quiet.getAsBoolean());
        boolean again = false;
        for (int i = 0; i < 50; i++) {
            again |= quiet.getAsBoolean();
        }
        assertTrue(again, "after more was read it may be quiet again");
    }
}
