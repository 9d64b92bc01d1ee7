package saslscope.probe;

import java.time.Duration;

/**
 * What a server may take.
 *
 * @param stage     time for each stage, however slowly something comes
 * @param line      bytes of a line of a reply; RFC 4954 needs 12288
 * @param lines     lines of a reply
 * @param exchanges challenges in one AUTH
 */
public record Bounds(Duration stage, int line, int lines, int exchanges) {
    /** What no honest server exceeds. */
    public static final Bounds STANDARD = new Bounds(Duration.ofSeconds(10), 12_288, 100, 8);
}
