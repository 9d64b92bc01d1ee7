package saslscope.flow;

import java.util.List;
import saslscope.source.Position;

/**
 * What a later run needs to go on without losing or doubling anything.
 *
 * @param from    where to read again, one for each log: the first line of what is still under way
 * @param counted how far each log was read: lines before are in the ledger, and their attempts were handed out unless
 *                they are under way
 * @param ledger  what was counted
 */
public record Resume(List<Position> from, List<Position> counted, Ledger ledger) {
    /** A first run. */
    public static final Resume NONE = new Resume(List.of(), List.of(), Ledger.ZERO);

    public Resume {
        from = List.copyOf(from);
        counted = List.copyOf(counted);
    }
}
