package saslscope.index;

import java.time.Instant;
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

    /**
     * Deletes what is older than a time: attempts, events, and incidents that were last seen before. The next commit makes
     * it so; the room is given back as parts of the index are merged.
     *
     * @return how many documents
     */
    long forget(Instant before);

    /**
     * Deletes the oldest documents if the store takes more than so many bytes, a tenth more than it must so that it need
     * not do it again at once. The next commit makes it so; for a while the room is not yet given back.
     *
     * @return how many documents; 0 if the store fits
     */
    long fit(long bytes);

    /** What the last commit stored; {@link Checkpoint#NONE} before the first. */
    Checkpoint checkpoint();

    /** How many puts are not yet in a commit; what would be lost now. */
    long unstored();

    /** What was put so far, committed or not. To be closed by the caller. */
    StoredEvents events();

    @Override
    void close();
}
