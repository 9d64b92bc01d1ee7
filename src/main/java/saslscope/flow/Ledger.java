package saslscope.flow;

/**
 * Accounts for every line: read = matched + irrelevant + unrecognised + unreadable.
 *
 * @param read         lines read
 * @param matched      lines that a pattern recognised
 * @param irrelevant   lines that are not about authentication
 * @param unrecognised lines about authentication that no pattern knows
 * @param unreadable   lines about authentication without a syslog header that could be read
 * @param cut          lines longer than the limit; they are counted above as well
 * @param bytes        uncompressed bytes read
 * @param letGo        lines that were not kept until their attempt had its outcome, as there was too much of them; they are matched
 */
public record Ledger(long read, long matched, long irrelevant, long unrecognised, long unreadable, long cut, long bytes, long letGo) {
    /** Nothing read. */
    public static final Ledger ZERO = new Ledger(0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Ledger plus(Ledger o) {
        return new Ledger(read + o.read, matched + o.matched, irrelevant + o.irrelevant, unrecognised + o.unrecognised,
            unreadable + o.unreadable, cut + o.cut, bytes + o.bytes, letGo + o.letGo);
    }
}
