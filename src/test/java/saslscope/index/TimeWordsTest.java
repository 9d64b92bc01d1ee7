package saslscope.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWordsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-22T22:30:15Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-20,                2026-11-19T23:00:00Z, 2026-11-20T23:00:00Z",
        "2026-10-25,                2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "2026-11-20 10:00,          2026-11-20T09:00:00Z, 2026-11-20T09:01:00Z",
        "2026-11-20T10:00:05,       2026-11-20T09:00:05Z, 2026-11-20T09:00:06Z",
        "2026-11-20T10:00:05Z,      2026-11-20T10:00:05Z, 2026-11-20T10:00:05.000001Z",
        "2026-11-20 10:00:05+02:00, 2026-11-20T08:00:05Z, 2026-11-20T08:00:05.000001Z",
        "2026-11-20T10:00:05.25,    2026-11-20T09:00:05.250Z, 2026-11-20T09:00:05.250001Z",
        "9:05,                      2026-11-22T08:05:00Z, 2026-11-22T08:06:00Z",
        "today,                     2026-11-21T23:00:00Z, 2026-11-22T23:00:00Z",
        "Yesterday,                 2026-11-20T23:00:00Z, 2026-11-21T23:00:00Z",
        "tomorrow,                  2026-11-22T23:00:00Z, 2026-11-23T23:00:00Z",
        "now,                       2026-11-22T22:30:15Z, 2026-11-22T22:30:15.000001Z",
        "-2h,                       2026-11-22T20:30:15Z, 2026-11-22T20:30:15.000001Z",
        "+1h30min,                  2026-11-23T00:00:15Z, 2026-11-23T00:00:15.000001Z",
        "2 hours ago,               2026-11-22T20:30:15Z, 2026-11-22T20:30:15.000001Z",
        "1d 2h ago,                 2026-11-21T20:30:15Z, 2026-11-21T20:30:15.000001Z",
        "@1795388400,               2026-11-22T23:00:00Z, 2026-11-22T23:00:00.000001Z",
    })
    void isRead(String text, Instant from, Instant to) {
        assertEquals(new TimeWords(from, to), TimeWords.parse(text, NOW, BERLIN).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "soon", "2026-13-01", "2026-02-30", "25:00", "-2", "-h", "- 2 x", "ago", "2 parsecs ago", "@", "@x",
        "-999999999y", "2026-11-20T10", "1h2", "20261120", "2026-11-20 10:00 pm"})
    void isRefused(String text) {
        assertTrue(TimeWords.parse(text, NOW, BERLIN).isEmpty());
    }

    @Test
    void spansBeyondWhatAnInstantHoldsAreRefused() {
        assertTrue(TimeWords.parse("999999999y 999999999y 999999999y ago", NOW, BERLIN).isEmpty());
    }
}
