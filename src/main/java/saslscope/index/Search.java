package saslscope.index;

import java.time.Instant;
import java.util.Set;

/**
 * Which documents are wanted.
 *
 * @param query what they must match
 * @param since the earliest time, included; null for any
 * @param until the latest time, excluded; null for any
 * @param types {@code attempt}, {@code event}, {@code incident}; empty: attempts, unless the query itself names a type
 * @param order the order of results
 */
public record Search(QueryText query, Instant since, Instant until, Set<String> types, Order order) {
    public Search {
        types = Set.copyOf(types);
    }

    /** Attempts of any time that match, newest first. */
    public static Search of(QueryText query) {
        return new Search(query, null, null, Set.of(), Order.NEWEST);
    }

    /** The same between two times, either of which may be null. */
    public Search between(Instant from, Instant to) {
        return new Search(query, from, to, types, order);
    }

    /** The same among documents of these types. */
    public Search among(String... wanted) {
        return new Search(query, since, until, Set.of(wanted), order);
    }

    /** The same in another order. */
    public Search by(Order other) {
        return new Search(query, since, until, types, other);
    }
}
