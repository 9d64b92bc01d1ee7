package saslscope.index;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** A collector made of a function that gives, for a segment, what to do with a document. */
final class Collecting extends SimpleCollector {
    interface Setup {
        Step in(LeafReaderContext context) throws IOException;
    }

    interface Step {
        void take(int doc) throws IOException;
    }

    private final Setup setup;
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
        step.take(doc);
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
