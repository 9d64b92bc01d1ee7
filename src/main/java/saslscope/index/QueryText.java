package saslscope.index;

import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;

/** STUB */
public record QueryText(String text, Query query, boolean namesType) {
    public static final QueryText ALL = new QueryText("", MatchAllDocsQuery.INSTANCE, false);
}
