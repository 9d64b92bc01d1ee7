package saslscope.source;

/**
 * Bounds of a reader.
 *
 * @param longestLine bytes of a line that are kept; the rest of a longer line is skipped
 * @param block       bytes that are asked for in one read
 */
public record Limits(int longestLine, int block) {
    /** 64 KiB lines; blocks of 256 KiB, the size that was fastest when measured from 64 KiB to 4 MiB. */
    public static final Limits STANDARD = new Limits(64 << 10, 256 << 10);

    public Limits {
        if (longestLine < 1 || block < 1 || longestLine > 64 << 20 || block > 64 << 20) {
            throw new IllegalArgumentException("line limit and block must be 1 byte to 64 MiB");
        }
    }
}
