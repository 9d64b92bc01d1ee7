package saslscope.index;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A store as those see it who search. What it shows is a snapshot: of the moment it was opened, or of the last
 * {@link #refresh()}. May be used by one thread at a time. Every method may throw {@link IndexException}.
 *
 * <p>Documents come back as they were stored, keys in the same order, except that integers are {@code Long}; half a
 * surrogate pair, which no text encoding can hold, becomes a question mark. Lists and maps inside may not be changed.
 */
public interface StoredEvents extends AutoCloseable {
    /**
     * The documents that match, in the order asked for.
     *
     * @param limit how many at most, 0 or more
     */
    List<Map<String, Object>> search(Search search, int limit);

    /** Hands over all documents that match, in the order asked for, until the taker says false. Any number of them. */
    void each(Search search, Predicate<Map<String, Object>> taker);

    /** How many match, exactly. */
    long count(Search search);

    /**
     * The most frequent values of a field among the documents that match, counted exactly. A document with several
     * values counts once for each.
     *
     * @param limit how many values at most
     * @throws QueryProblem if the field's values are not kept in a countable form
     */
    Values by(Search search, Schema field, int limit);

    /** How many match in each span of time, from the first that holds one to the last, empty ones between included. */
    List<Bin> histogram(Search search, Interval interval, ZoneId zone);

    /** One document; null if there is none. */
    Map<String, Object> get(String type, String id);

    /** Moves on to the latest commit of whoever writes. True if anything changed. */
    boolean refresh();

    /** The read positions of the last commit; {@link Checkpoint#NONE} before the first. */
    Checkpoint checkpoint();

    @Override
    void close();

    /**
     * Values of a field.
     *
     * @param top      most frequent first, equal ones by value
     * @param distinct how many different values there are in all
     * @param having   how many documents have the field
     */
    record Values(List<Count> top, long distinct, long having) {
    }

    /** A value as text and how many documents have it. */
    record Count(String value, long count) {
    }

    /**
     * A span of time and how many documents fall into it.
     *
     * @param from included
     * @param to   excluded
     */
    record Bin(Instant from, Instant to, long count) {
    }
}
