package saslscope.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.IndexSortSortedNumericDocValuesRangeQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;

/** Searches one snapshot of a Lucene index. */
final class LuceneEvents implements StoredEvents {
    /** The order of documents in every segment; the same order in a search ends it after the first hits. */
    static final Sort NEWEST = sort(Order.NEWEST);
    private static final int PAGE = 5000;
    private static final int FIRST_PAGE = 50;

    private final Path folder;
    private final Directory files;
    private DirectoryReader reader;
    private IndexSearcher searcher;

    /** @param files to be closed with this; null if it belongs to a writer */
    LuceneEvents(Path folder, DirectoryReader reader, Directory files) {
        this.folder = folder;
        this.files = files;
        use(reader);
    }

    private void use(DirectoryReader next) {
        reader = next;
        searcher = new IndexSearcher(next);
        searcher.setQueryCache(null);
    }

    private static Sort sort(Order order) {
        SortField newest = number(Documents.column(Schema.TIME), true);
        SortField line = number(Documents.column(Schema.OFFSET), true);
        Schema field = order.field();
        return switch (field.kind()) {
            case TIME -> order.descending() ? new Sort(newest, line)
                : new Sort(number(Documents.column(Schema.TIME), false), number(Documents.column(Schema.OFFSET), false));
            case LONG -> new Sort(number(Documents.column(field), order.descending()), newest, line);
            case IP, WORD, EXACT, USER, TEXT, ID -> new Sort(
                new SortField(Documents.column(field), SortField.Type.STRING, order.descending(),
                    order.descending() ? SortField.STRING_FIRST : SortField.STRING_LAST), newest, line);
        };
    }

    private static SortField number(String column, boolean descending) {
        // What has no such number comes last.
        return new SortField(column, SortField.Type.LONG, descending, descending ? Long.MIN_VALUE : Long.MAX_VALUE);
    }

    /** All conditions of a search in one query. */
    private static Query query(Search search) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        if (!(search.query().query() instanceof MatchAllDocsQuery)) {
            all.add(search.query().query(), BooleanClause.Occur.FILTER);
        }
        if (search.since() != null || search.until() != null) {
            long from = search.since() == null ? Long.MIN_VALUE : micros(search.since());
            long to = search.until() == null ? Long.MAX_VALUE : micros(search.until()) - 1;
            all.add(times(from, to), BooleanClause.Occur.FILTER);
        }
        if (!search.types().isEmpty()) {
            List<BytesRef> types = search.types().stream().map(t -> new BytesRef(Documents.normal(Schema.TYPE, t))).toList();
            all.add(new TermInSetQuery(Schema.TYPE.field(), types), BooleanClause.Occur.FILTER);
        } else if (!search.query().namesType()) {
            all.add(new TermQuery(new Term(Schema.TYPE.field(), "attempt")), BooleanClause.Occur.FILTER);
        }
        BooleanQuery query = all.build();
        return query.clauses().isEmpty() ? MatchAllDocsQuery.INSTANCE : query;
    }

    /** Documents between two times in microseconds, both included. */
    static Query times(long from, long to) {
        String time = Documents.column(Schema.TIME);
        return new IndexSortSortedNumericDocValuesRangeQuery(time, from, to, NumericDocValuesField.newSlowRangeQuery(time, from, to));
    }

    /** Microseconds since the epoch, rounded up; bounded to what fits. */
    static long micros(Instant t) {
        long seconds = Math.clamp(t.getEpochSecond(), -9_000_000_000_000L, 9_000_000_000_000L);
        return seconds * 1_000_000L + (t.getNano() + 999) / 1000;
    }

    @Override
    public List<Map<String, Object>> search(Search search, int limit) {
        if (limit <= 0) {
            return List.of();
        }
        List<Map<String, Object>> out = new ArrayList<>();
        each(search, document -> {
            out.add(document);
            return out.size() < limit;
        }, Math.min(PAGE, limit));
        return out;
    }

    @Override
    public void each(Search search, Predicate<Map<String, Object>> taker) {
        // Most who ask want a few and say so by their answer: reading a document costs more than finding it.
        each(search, taker, FIRST_PAGE);
    }

    private void each(Search search, Predicate<Map<String, Object>> taker, int first) {
        try {
            if (reader.maxDoc() == 0) {
                return;
            }
            Query query = query(search);
            Sort sort = sort(search.order());
            FieldDoc after = null;
            for (int page = first;; page = Math.min(PAGE, page * 10)) {
                Query rest = after == null ? query : behind(query, search.order(), after);
                ScoreDoc[] hits = searcher.search(rest, new TopFieldCollectorManager(sort, page, after, 1)).scoreDocs;
                for (Map<String, Object> document : load(hits)) {
                    if (!taker.test(document)) {
                        return;
                    }
                }
                if (hits.length < page) {
                    return;
                }
                after = (FieldDoc) hits[hits.length - 1];
            }
        } catch (IOException e) {
            throw Failures.of(folder, e);
        }
    }

    /** Spares the next page the documents of earlier ones, where the index's own order allows. */
    private static Query behind(Query query, Order order, FieldDoc after) {
        if (!order.equals(Order.NEWEST) || (long) after.fields[0] == Long.MIN_VALUE) {
            return query;
        }
        BooleanQuery.Builder both = new BooleanQuery.Builder().add(query, BooleanClause.Occur.FILTER);
        BooleanQuery.Builder time = new BooleanQuery.Builder();
        time.add(times(Long.MIN_VALUE, (long) after.fields[0]), BooleanClause.Occur.SHOULD);
        time.add(new BooleanQuery.Builder().add(MatchAllDocsQuery.INSTANCE, BooleanClause.Occur.FILTER)
            .add(new FieldExistsQuery(Documents.column(Schema.TIME)), BooleanClause.Occur.MUST_NOT).build(),
            BooleanClause.Occur.SHOULD);
        return both.add(time.build(), BooleanClause.Occur.FILTER).build();
    }

    /** The documents of hits, in the order of the hits. */
    private List<Map<String, Object>> load(ScoreDoc[] hits) throws IOException {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < hits.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt(i -> hits[i].doc));
        List<Map<String, Object>> out = new ArrayList<>(Collections.nCopies(hits.length, null));
        List<LeafReaderContext> leaves = reader.leaves();
        int leaf = -1;
        StoredDocuments documents = null;
        for (int i : order) {
            int at = ReaderUtil.subIndex(hits[i].doc, leaves);
            if (at != leaf) {
                leaf = at;
                documents = new StoredDocuments(leaves.get(at).reader());
            }
            out.set(i, documents.read(hits[i].doc - leaves.get(at).docBase));
        }
        return out;
    }

    @Override
    public long count(Search search) {
        try {
            return searcher.count(query(search));
        } catch (IOException e) {
            throw Failures.of(folder, e);
        }
    }

    @Override
    public Values by(Search search, Schema field, int limit) {
        try {
            return new ValueCounts(field).count(searcher, query(search), limit);
        } catch (IOException e) {
            throw Failures.of(folder, e);
        }
    }

    @Override
    public List<Bin> histogram(Search search, Interval interval, ZoneId zone) {
        try {
            return new TimeCounts(interval, zone).count(searcher, query(search));
        } catch (IOException e) {
            throw Failures.of(folder, e);
        }
    }

    @Override
    public Map<String, Object> get(String type, String id) {
        try {
            ScoreDoc[] hits = searcher.search(new TermQuery(new Term(Documents.KEY, Documents.key(type, id))), 1).scoreDocs;
            return hits.length == 0 ? null : load(hits).getFirst();
        } catch (IOException e) {
            throw Failures.of(folder, e);
        }
    }

    @Override
    public boolean refresh() {
        try {
            DirectoryReader newer = DirectoryReader.openIfChanged(reader);
            if (newer == null) {
                return false;
            }
            reader.close();
            use(newer);
            return true;
        } catch (IOException e) {
            throw Failures.of(folder, e);
        }
    }

    @Override
    public Checkpoint checkpoint() {
        try {
            return Commits.read(folder, reader.getIndexCommit().getUserData());
        } catch (IOException e) {
            throw Failures.of(folder, e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
            if (files != null) {
                files.close();
            }
        } catch (IOException e) {
            throw Failures.of(folder, e);
        }
    }
}
