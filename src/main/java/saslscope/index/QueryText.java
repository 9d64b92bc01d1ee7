package saslscope.index;

import java.time.Instant;
import java.time.ZoneId;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;

/**
 * A query that was understood: Lucene's classic syntax over the short names and keys of {@link Schema}. What differs
 * from the classic parser, because people expect it: words next to each other must all match; AND binds tighter than OR;
 * networks ({@code ip:192.0.2.0/24}), IPv6 addresses and slashes need no quotes; times are those of {@link TimeWords}.
 * There are no regular expressions: wildcards do, and can't be made to run for ever.
 */
public final class QueryText {
    /** Everything. */
    public static final QueryText ALL = new QueryText("", MatchAllDocsQuery.INSTANCE, false);

    private final String text;
    private final Query query;
    private final boolean namesType;

    private QueryText(String text, Query query, boolean namesType) {
        this.text = text;
        this.query = query;
        this.namesType = namesType;
    }

    /**
     * Reads a query.
     *
     * @param text empty for everything
     * @param now  what {@code -2h} and {@code today} are counted from
     * @param zone of times that carry none
     * @throws QueryProblem if it can't be understood
     */
    public static QueryText parse(String text, Instant now, ZoneId zone) {
        if (text.isBlank()) {
            return ALL;
        }
        try {
            return read(text, now, zone);
        } catch (QueryProblem p) {
            throw right(p.example(), now, zone) ? p : new QueryProblem(text, p.position(), p.getMessage(), QueryEscapes.EXAMPLE);
        }
    }

    private static QueryText read(String text, Instant now, ZoneId zone) {
        QueryParsing parsing = new QueryParsing(QueryEscapes.of(text), now, zone);
        return new QueryText(text, parsing.read(), parsing.namesType());
    }

    /** An example made of a wrong query, with one thing mended, may have another thing wrong. */
    private static boolean right(String example, Instant now, ZoneId zone) {
        try {
            read(example, now, zone);
            return true;
        } catch (QueryProblem p) {
            return false;
        }
    }

    /** The query as it was given. */
    public String text() {
        return text;
    }

    Query query() {
        return query;
    }

    /** Whether it says itself which type of document it wants. */
    boolean namesType() {
        return namesType;
    }
}
