package saslscope.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;
import saslscope.index.StoredEvents.Count;
import saslscope.index.StoredEvents.Values;

/**
 * Counts the values of one field exactly. In each segment values are numbered in their order, so counting is an array;
 * the segments are then merged value by value, which needs no table of all values.
 */
final class ValueCounts {
    private final Schema field;
    private long having;

    ValueCounts(Schema field) {
        this.field = field;
    }

    Values count(IndexSearcher searcher, Query query, int limit) throws IOException {
        return field.kind() == Schema.Kind.LONG ? numbers(searcher, query, limit) : words(searcher, query, limit);
    }

    private Values words(IndexSearcher searcher, Query query, int limit) throws IOException {
        List<Segment> segments = new ArrayList<>();
        searcher.search(query, Collecting.with(context -> {
            Segment s = new Segment(context.reader(), Documents.column(field));
            segments.add(s);
            return (docs, count) -> having += s.add(docs, count);
        }));
        PriorityQueue<Segment> next = new PriorityQueue<>(Comparator.comparing(s -> s.value));
        for (Segment s : segments) {
            if (s.advance()) {
                next.add(s);
            }
        }
        Top top = new Top(limit);
        Map<BytesRef, long[]> elements = new HashMap<>();
        long distinct = 0;
        while (!next.isEmpty()) {
            BytesRef value = BytesRef.deepCopyOf(next.peek().value);
            long count = 0;
            while (!next.isEmpty() && next.peek().value.equals(value)) {
                Segment s = next.poll();
                count += s.count();
                if (s.advance()) {
                    next.add(s);
                }
            }
            if (field.column() == Schema.Column.MANY) {
                for (String element : value.utf8ToString().split(Documents.LIST)) {
                    elements.computeIfAbsent(new BytesRef(element), k -> new long[1])[0] += count;
                }
            } else {
                distinct++;
                top.offer(value, count);
            }
        }
        elements.forEach((value, count) -> top.offer(value, count[0]));
        return new Values(top.counts(v -> StoredDocuments.text(field, v)), distinct + elements.size(), having);
    }

    private Values numbers(IndexSearcher searcher, Query query, int limit) throws IOException {
        Map<Long, long[]> counts = new HashMap<>();
        searcher.search(query, Collecting.with(context -> {
            NumericDocValues values = DocValues.getNumeric(context.reader(), Documents.column(field));
            return (docs, count) -> {
                for (int i = 0; i < count; i++) {
                    if (values.advanceExact(docs[i])) {
                        counts.computeIfAbsent(values.longValue(), k -> new long[1])[0]++;
                        having++;
                    }
                }
            };
        }));
        List<Count> top = counts.entrySet().stream()
            .sorted(Comparator.<Map.Entry<Long, long[]>>comparingLong(e -> -e.getValue()[0]).thenComparing(Map.Entry::getKey))
            .limit(limit).map(e -> new Count(e.getKey().toString(), e.getValue()[0])).toList();
        return new Values(top, counts.size(), having);
    }

    /** The counts of one segment, and a walk over its values. */
    private static final class Segment {
        private final SortedDocValues values;
        private final int[] counts;
        private int ord = -1;
        private BytesRef value;

        Segment(LeafReader reader, String column) throws IOException {
            values = DocValues.getSorted(reader, column);
            counts = new int[values.getValueCount()];
        }

        /** How many of the documents have a value. */
        int add(int[] docs, int count) throws IOException {
            int having = 0;
            for (int i = 0; i < count; i++) {
                if (values.advanceExact(docs[i])) {
                    counts[values.ordValue()]++;
                    having++;
                }
            }
            return having;
        }

        int count() {
            return counts[ord];
        }

        /** Goes to the next value that was counted. */
        boolean advance() throws IOException {
            do {
                ord++;
            } while (ord < counts.length && counts[ord] == 0);
            if (ord == counts.length) {
                return false;
            }
            value = values.lookupOrd(ord);
            return true;
        }
    }

    /** Keeps the most frequent values. */
    private static final class Top {
        private record Entry(BytesRef value, long count) {
        }

        private static final Comparator<Entry> BEST = Comparator.comparingLong((Entry e) -> -e.count).thenComparing(Entry::value);

        private final int limit;
        private final PriorityQueue<Entry> kept = new PriorityQueue<>(BEST.reversed());

        Top(int limit) {
            this.limit = limit;
        }

        void offer(BytesRef value, long count) {
            kept.add(new Entry(value, count));
            if (kept.size() > limit) {
                kept.poll();
            }
        }

        List<Count> counts(Function<BytesRef, String> text) {
            return kept.stream().sorted(BEST).map(e -> new Count(text.apply(e.value), e.count)).toList();
        }
    }
}
