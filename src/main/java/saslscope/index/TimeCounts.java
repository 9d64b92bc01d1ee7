package saslscope.index;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import saslscope.index.StoredEvents.Bin;

/** Counts documents by time. Documents lie in order of time, so most fall into the same bin as the one before. */
final class TimeCounts {
    /** More bins than anybody looks at. */
    private static final int MOST_BINS = 20_000;
    /** No document has that time. */
    private static final long NONE = Long.MIN_VALUE;

    private final Interval interval;
    private final ZoneId zone;
    private final Map<Instant, long[]> counts = new TreeMap<>();
    /** The bin of the last document: count, and microseconds of its start and end. */
    private long[] current;
    private long from = 1;
    private long to;

    TimeCounts(Interval interval, ZoneId zone) {
        this.interval = interval;
        this.zone = zone;
    }

    List<Bin> count(IndexSearcher searcher, Query query) throws IOException {
        long[] micros = new long[Collecting.MOST];
        searcher.search(query, Collecting.with(context -> {
            NumericDocValues times = DocValues.getNumeric(context.reader(), Documents.column(Schema.TIME));
            return (docs, count) -> {
                times.longValues(count, docs, micros, NONE);
                for (int i = 0; i < count; i++) {
                    long time = micros[i];
                    if (time >= from && time < to) {
                        current[0]++;
                    } else if (time != NONE) {
                        add(time);
                    }
                }
            };
        }));
        List<Bin> bins = new ArrayList<>();
        Instant next = null;
        for (Map.Entry<Instant, long[]> e : counts.entrySet()) {
            while (next != null && next.isBefore(e.getKey())) {
                next = bin(bins, next, 0);
            }
            next = bin(bins, e.getKey(), e.getValue()[0]);
        }
        return bins;
    }

    private Instant bin(List<Bin> bins, Instant start, long count) {
        Instant end = interval.next(start, zone);
        bins.add(new Bin(start, end, count));
        if (bins.size() > MOST_BINS) {
            throw tooMany();
        }
        return end;
    }

    private static QueryProblem tooMany() {
        return new QueryProblem("", 0, "so short an interval gives more than " + MOST_BINS + " bars; take a longer one, or "
            + "less time with --since and --until", "1h, 1d");
    }

    private void add(long micros) {
        if (micros < from || micros >= to) {
            Instant at = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L));
            Instant start = interval.start(at, zone);
            from = LuceneEvents.micros(start);
            to = LuceneEvents.micros(interval.next(start, zone));
            current = counts.computeIfAbsent(start, k -> new long[1]);
            if (counts.size() > MOST_BINS) {
                throw tooMany();
            }
        }
        current[0]++;
    }
}
