package saslscope.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How much the index keeps. Values are as typed. */
final class RetentionOptions {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*(h|d|w|y)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*([kKmMgGtT])(?:i?[bB])?");

    @Option(names = "--keep", paramLabel = "SPAN", description = "delete from the index what is older: 36h, 90d, 12w, 2y; default: all is kept")
    String keep;

    @Option(names = "--max-size", paramLabel = "SIZE", description = "delete the oldest when the index takes more: 500M, 1G; default: no limit")
    String maxSize;

    /**
     * What was asked for.
     *
     * @throws Refusal if it makes no sense
     */
    Retention.Bounds bounds() {
        return new Retention.Bounds(span(), size());
    }

    private Duration span() {
        if (keep == null) {
            return null;
        }
        Matcher m = SPAN.matcher(keep.strip());
        if (!m.matches() || Integer.parseInt(m.group(1)) == 0) {
            throw new Refusal("--keep=" + Shown.of(keep) + ": not a span; write 36h, 90d, 12w or 2y");
        }
        long hours = switch (m.group(2)) {
            case "h" -> 1;
            case "d" -> 24;
            case "w" -> 7 * 24;
            default -> 366 * 24;
        };
        return Duration.ofHours(hours * Integer.parseInt(m.group(1)));
    }

    private long size() {
        if (maxSize == null) {
            return Long.MAX_VALUE;
        }
        Matcher m = SIZE.matcher(maxSize.strip());
        long unit = !m.matches() ? 0 : switch (m.group(2)) {
            case "k", "K" -> 1L << 10;
            case "m", "M" -> 1L << 20;
            case "g", "G" -> 1L << 30;
            default -> 1L << 40;
        };
        long bytes = unit == 0 ? 0 : Long.parseLong(m.group(1)) * unit;
        if (bytes < 1 << 20) {
            throw new Refusal("--max-size=" + Shown.of(maxSize) + ": not a size of 1M or more; write 500M or 1G");
        }
        return bytes;
    }
}
