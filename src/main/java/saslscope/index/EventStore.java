package saslscope.index;

import java.util.Map;

/**
 * A store as the one process sees it that writes. One thread at a time. Closing it gives up what was put since the last
 * commit: the positions stored with that commit say where to read again.
 */
public interface EventStore extends AutoCloseable {
    /**
     * Takes a document. One with the same {@code doc.type} and id replaces the earlier one. The map may not be changed
     * afterwards. It may be held back until the next commit.
     *
     * @param document flat keys as in {@link Schema}; values are strings, numbers, booleans, lists and maps of these.
     *                 It has {@code doc.type}, and an id: {@code incident.id} for an incident, else {@code event.id}
     * @throws IndexException if this or an earlier document could not be stored; {@link #unstored()} tells how many
     */
    void put(Map<String, Object> document);

    /** Whether a document of that type and id was put, now or in an earlier run. */
    boolean contains(String type, String id);

    /**
     * Stores everything that was put together with the checkpoint: after a crash either both are there or neither.
     *
     * @throws IndexException if that failed; the store then holds what the last commit that worked held
     */
    void commit(Checkpoint checkpoint);

    /** What the last commit stored; {@link Checkpoint#NONE} before the first. */
    Checkpoint checkpoint();

    /** How many puts are not yet in a commit; what would be lost now. */
    long unstored();

    /** What was put so far, committed or not. To be closed by the caller. */
    StoredEvents events();

    @Override
    void close();
}
