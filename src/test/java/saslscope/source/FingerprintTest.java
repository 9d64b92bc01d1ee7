package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final String HEADER = "-- Journal begins at Sun 2026-11-01 --\n";

    @Test
    void isTheStartOfSha256OfTheFirstLine() {
        // printf 'hello' | sha256sum
        assertEquals(0x2cf24dba5fb0a30eL, of("hello\nworld\n", false));
    }

    @Test
    void dependsOnNothingButTheFirstLine() {
        assertEquals(of("hello\n", false), of("hello\nmore\n", true));
        assertEquals(of("hello\n", false), of("hello\r\n", false));
        assertEquals(of("hello\n", false), of("hello", true));
        assertEquals(of("hello\n", false), of(HEADER + "\n\nhello\n", false));
        assertNotEquals(of("hello\n", false), of("hello2\n", false));
    }

    @Test
    void isUnknownUntilTheFirstLineIsComplete() {
        assertEquals(0, of("", false));
        assertEquals(0, of("", true));
        assertEquals(0, of("hello", false));
        assertEquals(0, of(HEADER, false));
        assertEquals(0, of(HEADER, true));
        assertEquals(0, of(HEADER + "hello", false));
    }

    @Test
    void takesFourKibibytesOfALongLineWhetherOrNotItsEndIsThere() {
        String four = "x".repeat(4096);
        long whole = of(four + "\n", false);
        assertEquals(whole, of(four + "y", false));
        assertEquals(whole, of(four + "y".repeat(9_000) + "\n", false));
        assertEquals(0, of(four, false));
        assertNotEquals(whole, of("x".repeat(4095) + "\n", false));
    }

    @Test
    void takesTheFirstLineAfterAllIfAllOfTheHeadWouldBePassedOver() {
        assertNotEquals(0, of("\n".repeat(Fingerprint.HEAD), false));
        assertNotEquals(0, of("-".repeat(Fingerprint.HEAD), false));
    }

    private static long of(String text, boolean complete) {
        byte[] bytes = ("##" + text).getBytes(StandardCharsets.US_ASCII);
        return Fingerprint.of(bytes, 2, bytes.length, complete);
    }
}
