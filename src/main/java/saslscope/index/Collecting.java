package saslscope.index;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdStream;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/**
 * A collector made of a function that gives, for a segment, what to do with documents. They come many at a time: with the
 * JVM's quick compiler a call for each would cost more than what is done with it.
 */
final class Collecting extends SimpleCollector {
    interface Setup {
        Step in(LeafReaderContext context) throws IOException;
    }

    interface Step {
        /** Takes the first {@code count} of {@code docs}, which ascend. */
        void take(int[] docs, int count) throws IOException;
    }

    /** Documents at a time. */
    static final int MOST = 1024;

    private final Setup setup;
    private final int[] docs = new int[MOST];
    private int held;
    private Step step;

    private Collecting(Setup setup) {
        this.setup = setup;
    }

    static CollectorManager<Collecting, Void> with(Setup setup) {
        return new CollectorManager<>() {
            @Override
            public Collecting newCollector() {
                return new Collecting(setup);
            }

            @Override
            public Void reduce(Collection<Collecting> collectors) {
                return null;
            }
        };
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
        step = setup.in(context);
    }

    @Override
    public void collect(int doc) throws IOException {
        docs[held++] = doc;
        if (held == docs.length) {
            finish();
        }
    }

    @Override
    public void collect(DocIdStream stream) throws IOException {
        finish();
        for (int n = stream.intoArray(docs); n > 0; n = stream.intoArray(docs)) {
            step.take(docs, n);
        }
    }

    @Override
    public void finish() throws IOException {
        step.take(docs, held);
        held = 0;
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
