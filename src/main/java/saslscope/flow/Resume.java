package saslscope.flow;

import java.util.List;
import java.util.Set;
import saslscope.attempt.ProcessKey;
import saslscope.source.LogFile;
import saslscope.source.Position;

/**
 * What a later run needs to go on without losing or doubling anything.
 *
 * @param from     where to read again, one for each log: the first line of what is still under way
 * @param counted  how far each log was read: lines before are in the ledger, and their attempts were handed out unless
 *                 they are under way
 * @param underWay what is under way: of lines that were counted only these are to be looked at again. A session that ended between
 *                 {@code from} and {@code counted}, but began before, was told, and half of it would look like another login
 * @param waiting  ids of attempts that have their outcome in a line that was counted, but were not handed out
 * @param ledger   what was counted
 */
public record Resume(List<Position> from, List<Position> counted, List<UnderWay> underWay, Set<String> waiting, Ledger ledger) {
    /** A first run. */
    public static final Resume NONE = new Resume(List.of(), List.of(), List.of(), Set.of(), Ledger.ZERO);

    /**
     * What a process wrote from that line on.
     *
     * @param offset of the line in the uncompressed file, in bytes
     */
    public record UnderWay(LogFile file, ProcessKey process, long offset) {
    }

    public Resume {
        from = List.copyOf(from);
        counted = List.copyOf(counted);
        underWay = List.copyOf(underWay);
        waiting = Set.copyOf(waiting);
    }
}
