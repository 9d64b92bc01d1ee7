package saslscope.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import saslscope.event.AuthEvent;
import saslscope.flow.Fields;
import saslscope.flow.IncidentFields;
import saslscope.flow.Resume;
import saslscope.flow.Sink;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;
import saslscope.index.Checkpoint;
import saslscope.index.EventStore;
import saslscope.index.LuceneStore;
import saslscope.index.Order;
import saslscope.index.QueryText;
import saslscope.index.Schema;
import saslscope.index.Search;
import saslscope.index.StoredEvents;

/** Stores what flows, and with it how far the logs were read. */
final class Storage implements Sink {
    /** What a commit says about the positions. */
    enum Positions {
        /** Those of the run before: whole logs were read beside the ones that are followed. */
        KEPT,
        /** Those of this run. */
        MOVED
    }

    private static final int OPEN_INCIDENTS = 10_000;
    /** If only lines about other things came, the position is written so much more rarely: a commit waits for the disk. */
    private static final int REST = 10;

    private final EventStore store;
    private final Positions positions;
    private Supplier<Resume> resume = () -> Resume.NONE;
    private boolean changed;
    /** How many good moments went by since the last commit. */
    private int unsaved;

    private Storage(EventStore store, Positions positions) {
        this.store = store;
        this.positions = positions;
    }

    /** Opens the store of the plan for writing. */
    static Storage open(Session session, Positions positions) {
        Path folder = session.plan().index();
        return new Storage(LuceneStore.write(folder), positions);
    }

    /** Tells where the flow stands, for the commits to come. */
    void follows(Supplier<Resume> flow) {
        resume = flow;
    }

    /** Where the run before stopped. */
    Resume earlier() {
        return Resumes.read(store.checkpoint());
    }

    /** Whether an attempt was stored before. */
    boolean knows(String attempt) {
        return store.contains("attempt", attempt);
    }

    /** The incidents that were not closed. */
    List<Incident> open() {
        if (store.checkpoint().equals(Checkpoint.NONE)) {
            return List.of();
        }
        try (StoredEvents events = store.events()) {
            return events.search(Search.of(QueryText.ALL).among("incident").by(Order.OLDEST), OPEN_INCIDENTS).stream()
                .map(IncidentFields::parse).filter(i -> !i.state().equals("closed")).toList();
        }
    }

    @Override
    public void event(AuthEvent event) {
        Map<String, Object> document = Fields.of(event);
        document.put(Schema.TYPE.key(), "event");
        document.put(Schema.PATTERN.key(), event.origin().pattern());
        store.put(document);
        changed = true;
    }

    @Override
    public void attempt(DiagnosedAttempt attempt) {
        Map<String, Object> document = Fields.of(attempt);
        document.put(Schema.TYPE.key(), "attempt");
        store.put(document);
        changed = true;
    }

    @Override
    public void revised(DiagnosedAttempt attempt) {
        attempt(attempt);
    }

    @Override
    public void incident(Incident incident) {
        Map<String, Object> document = new LinkedHashMap<>(IncidentFields.of(incident));
        document.put(Schema.TYPE.key(), "incident");
        document.put(Schema.STATE.key(), incident.state());
        document.put(Schema.SEVERITY.key(), document.get("severity"));
        document.put(Schema.TITLE.key(), incident.title());
        store.put(document);
        changed = true;
    }

    @Override
    public void store(boolean last) {
        unsaved++;
        if (changed || positions == Positions.MOVED && (last || unsaved >= REST)) {
            store.commit(positions == Positions.KEPT ? store.checkpoint() : Resumes.write(resume.get()));
            changed = false;
            unsaved = 0;
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
