package saslscope.index;

import java.util.List;
import java.util.Map;
import saslscope.source.Position;

/**
 * What a run needs to go on where the last one stopped. It is stored in the same commit as the documents made of what
 * was read up to it, so neither can be ahead of the other.
 *
 * @param positions how far each log was read
 * @param state     anything else, by name: counts, open incidents; small, it is written anew by every commit
 */
public record Checkpoint(List<Position> positions, Map<String, String> state) {
    /** Before the first commit. */
    public static final Checkpoint NONE = new Checkpoint(List.of(), Map.of());

    public Checkpoint {
        positions = List.copyOf(positions);
        state = Map.copyOf(state);
    }
}
