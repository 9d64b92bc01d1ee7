package saslscope.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogClockTest {
    private final LogClock clock = new LogClock();

    private boolean came(int seconds, String host) {
        return clock.came(seconds * 1_000_000L, host);
    }

    private int now() {
        return (int) (clock.now() / 1_000_000L);
    }

    @Test
    void linesOutOfOrderDoNotMoveIt() {
        assertFalse(came(10_000, "a"));
        assertFalse(came(9_500, "a"));
        assertEquals(10_000, now());
        assertFalse(came(10_001, "b"));
        assertEquals(10_001, now());
    }

    @Test
    void aHostWhoseClockIsSetBackSetsItBack() {
        came(10_000, "a");
        assertTrue(came(6_400, "a"));
        assertEquals(6_400, now());
    }

    @Test
    void anotherHostThatIsBehindDoesNotWhileTheFirstGoesOn() {
        came(900_000, "a");
        for (int i = 0; i < 10_000; i += 100) {
            assertFalse(came(i, "b"));
            assertFalse(came(900_000 + i, "a"));
        }
        assertEquals(909_900, now());
    }

    @Test
    void aLoneStampFarAheadCountsAsWrongOnceOthersHaveGoneOnWithoutItForAnHour() {
        came(100, "b");
        came(900_000_000, "a");
        int back = 0;
        for (int i = 200; i < 8_000; i += 100) {
            back += came(i, i % 200 == 0 ? "b" : "c") ? 1 : 0;
        }
        assertEquals(1, back);
        assertEquals(7_900, now());
    }
}
