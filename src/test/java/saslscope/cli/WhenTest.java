package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T18:30:00Z");

    private static Instant parse(String text) {
        return When.parse("--since", text, NOW, ZoneId.of("Europe/Berlin"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20, 2026-11-19T23:00:00Z",
        "2026-11-20 10:00, 2026-11-20T09:00:00Z",
        "2026-11-20 10:00:05, 2026-11-20T09:00:05Z",
        "2026-11-20T10:00:05+02:00, 2026-11-20T08:00:05Z",
        "2026-07-20 10:00, 2026-07-20T08:00:00Z",
        "2026-11-20 10:00 UTC, 2026-11-20T10:00:00Z",
        "Fri 2026-11-20 10:00, 2026-11-20T09:00:00Z",
        "Friday 2026-11-20, 2026-11-19T23:00:00Z",
        "now, 2026-11-22T18:30:00Z",
        "today, 2026-11-21T23:00:00Z",
        "yesterday, 2026-11-20T23:00:00Z",
        "10:00, 2026-11-22T09:00:00Z",
        "-2h, 2026-11-22T16:30:00Z",
        "-1h30min, 2026-11-22T17:00:00Z",
        "2 hours ago, 2026-11-22T16:30:00Z",
        "3 days ago, 2026-11-19T18:30:00Z",
        "@1795366213, 2026-11-22T16:50:13Z",
    })
    void readsWhatJournalctlReads(String text, String expected) {
        assertEquals(Instant.parse(expected), parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "someday", "2026-13-01", "25:00", "-2x", "2026-11-20 25:00", "@", "ago", "99999999999999999999h ago"})
    void refusesWhatIsNoTime(String text) {
        assertThrows(Refusal.class, () -> parse(text));
    }

    @Test
    void suggestsTheMissingSign() {
        assertEquals("--since=2h: not a time; did you mean -2h?", assertThrows(Refusal.class, () -> parse("2h")).getMessage());
    }
}
