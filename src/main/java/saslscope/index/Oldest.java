package saslscope.index;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;

/** Deletes the oldest documents. What came together lies together, so that whole segments go without being rewritten. */
final class Oldest {
    private Oldest() {
    }

    /** Deletes what is older than a time in microseconds; returns how many documents. */
    static long delete(IndexWriter writer, DirectoryReader reader, long micros) throws IOException {
        Query older = LuceneEvents.times(Long.MIN_VALUE, micros - 1);
        int count = searcher(reader).count(older);
        if (count > 0) {
            writer.deleteDocuments(older);
        }
        return count;
    }

    /** Deletes as many of the oldest documents as it takes to get well below a size; returns how many. */
    static long fit(IndexWriter writer, DirectoryReader reader, long bytes) throws IOException {
        long live = live(reader);
        long target = bytes / 10 * 9;
        long deleted = 0;
        if (live > bytes) {
            long surplus = (long) Math.ceil(reader.numDocs() * (1 - (double) target / live));
            deleted = delete(writer, reader, timeOf(searcher(reader), surplus));
        }
        // Without waiting; what is merged away is gone with one of the next commits.
        writer.forceMergeDeletes(false);
        return deleted;
    }

    /** What the documents would take that are not deleted. */
    private static long live(DirectoryReader reader) throws IOException {
        double live = 0;
        for (LeafReaderContext leaf : reader.leaves()) {
            if (leaf.reader() instanceof SegmentReader segment && segment.maxDoc() > 0) {
                live += (double) segment.getSegmentInfo().sizeInBytes() * segment.numDocs() / segment.maxDoc();
            }
        }
        return (long) live;
    }

    /** The earliest time before which there are at least so many documents. */
    private static long timeOf(IndexSearcher searcher, long documents) throws IOException {
        long low = Long.MIN_VALUE / 2;
        long high = Long.MAX_VALUE / 2;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (searcher.count(LuceneEvents.times(Long.MIN_VALUE, middle - 1)) >= documents) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static IndexSearcher searcher(DirectoryReader reader) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        return searcher;
    }

    /** What all files take now. */
    static long size(Directory files) throws IOException {
        long size = 0;
        for (String file : files.listAll()) {
            try {
                size += files.fileLength(file);
            } catch (NoSuchFileException e) {
                // A merge took it away meanwhile.
            }
        }
        return size;
    }
}
