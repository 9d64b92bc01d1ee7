package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"maillog", "maillog.1", "maillog.0.bz2", "maillog.2.gz", "maillog-20261120", "maillog-20261120.gz",
        "maillog-2026-11-20.xz", "maillog-2026112010", "maillog-20261120-1763632800.zst", "maillog.20261120",
        "maillog.20261122-083012.gz", "maillog.20261120T000000.bz2", "maillog_20261120", "maillog.gz"})
    void takesTheMarksOfRotationOff(String name) {
        assertEquals("maillog", RotationName.of(name).base());
    }

    @Test
    void knowsMarksBeforeTheEndingLog() {
        for (String name : List.of("mail.log", "mail.log.1", "mail.1.log", "mail-20261120.log.gz", "mail.log-20261120")) {
            assertEquals("mail.log", RotationName.of(name).base());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"maillog", "mail.log", "smtp-12345678", "host-2026", "mail-99999999", "app.12345", "auth.log",
        "mx1", "postfix-20261320"})
    void takesOtherNamesAsTheyAre(String name) {
        assertEquals(name, RotationName.of(name).base());
        assertTrue(RotationName.of(name).live());
    }

    @Test
    void ordersOldestFirst() {
        List<String> expected = List.of("maillog-20251231.xz", "maillog-20260101", "maillog.10.gz", "maillog.9", "maillog.1",
            "maillog.1.gz", "maillog.0", "maillog");
        List<String> shuffled = Arrays.asList("maillog", "maillog.9", "maillog-20260101", "maillog.1.gz", "maillog.10.gz",
            "maillog.0", "maillog.1", "maillog-20251231.xz");
        assertEquals(expected, shuffled.stream().map(n -> new Named(n, RotationName.of(n)))
            .sorted((a, b) -> RotationName.OLDEST_FIRST.compare(a.parsed, b.parsed)).map(Named::name).toList());
    }

    @Test
    void aCompressedFileIsNotTheLiveOne() {
        assertFalse(RotationName.of("maillog.gz").live());
        assertFalse(RotationName.of("maillog.1").live());
    }

    private record Named(String name, RotationName parsed) {
    }
}
