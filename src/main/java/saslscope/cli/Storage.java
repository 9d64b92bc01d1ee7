package saslscope.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;
import saslscope.flow.Fields;
import saslscope.flow.Flow;
import saslscope.flow.IncidentFields;
import saslscope.flow.Resume;
import saslscope.flow.Sink;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;
import saslscope.index.Checkpoint;
import saslscope.index.EventStore;
import saslscope.index.IndexException;
import saslscope.index.LuceneStore;
import saslscope.index.Order;
import saslscope.index.QueryText;
import saslscope.index.Schema;
import saslscope.index.Search;
import saslscope.index.StoredEvents;
import saslscope.live.Summary;

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
    /** Logins that worked, as many that failed, and as many lines about services and processes. */
    private static final int REMEMBERED = 5_000;
    private static final int MOST_INCIDENTS = 500;
    /** If only lines about other things came, the position is written so much more rarely: a commit waits for the disk. */
    private static final int REST = 10;
    /** Nanoseconds that a commit may take for each of the good moments between it and the next: it must not be felt, on slow disks neither. */
    private static final long SHARE = 5_000_000L;
    private static final int SLOWEST = 10;

    /** How many good moments, about a second each, lie between two looks whether the index can be written again, at most. */
    private static final int RETRY = 10;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Session session;
    private EventStore store;
    private final Positions positions;
    /** Whether what could not be stored can be read again later. */
    private final boolean rereadable;
    /** Whether the run goes on when the index cannot be written. */
    private final boolean survives;
    private final boolean renewed;
    private final Retention retention;
    private Supplier<Resume> resume = () -> Resume.NONE;
    /** Where this run began to read. */
    private Resume began = Resume.NONE;
    private boolean changed;
    /** Those that changed since the last commit, by their ids. */
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    /** How many good moments went by since the last commit, or since the last look at an index that could not be written. */
    private int unsaved;
    /** How many good moments go by between two commits. */
    private int pace = 1;
    private int wait = 1;
    private boolean broken;
    private boolean mended;
    private boolean damaged;
    private long lost;

    private Storage(Session session, Retention.Bounds keep, EventStore store, Positions positions, boolean survives, boolean rereadable, boolean renewed) {
        this.session = session;
        this.store = store;
        this.positions = positions;
        this.survives = survives;
        this.rereadable = rereadable;
        this.renewed = renewed;
        this.retention = new Retention(keep, session.surroundings().time(), System::nanoTime, session::hint);
    }

    /** Opens the store of the plan for searching; says which lines it was made of, if the user wants to know. */
    static StoredEvents read(Session session) {
        StoredEvents events = LuceneStore.read(session.plan().index());
        if (session.plan().verbose()) {
            session.note("lines that were followed: " + Summary.account(Resumes.read(events.checkpoint()).ledger()));
        }
        return events;
    }

    /** Opens the store of the plan for writing, beside what is followed. What goes wrong later ends the run. */
    static Storage open(Session session, Retention.Bounds keep) {
        return new Storage(session, keep, LuceneStore.write(session.plan().index()), Positions.KEPT, false, false, false);
    }

    /**
     * Opens the store of the plan for a run that goes on from a position. A damaged one is set aside, and a new one is begun.
     *
     * @param rereadable whether the logs can be read again
     * @param lasts      whether the run goes on if the index cannot be written: at once, or later
     * @param damaged    whether the index was found to be damaged since it was opened last
     */
    static Storage follow(Session session, Retention.Bounds keep, boolean rereadable, boolean lasts, boolean damaged) {
        Path folder = session.plan().index();
        boolean renewed = damaged;
        try {
            EventStore store = null;
            try {
                store = damaged ? null : LuceneStore.write(folder);
            } catch (IndexException e) {
                if (e.kind() != IndexException.Kind.CORRUPT) {
                    throw e;
                }
                renewed = true;
            }
            if (store == null) {
                setAside(session);
                store = LuceneStore.write(folder);
            }
            return new Storage(session, keep, store, Positions.MOVED, lasts, rereadable, renewed);
        } catch (IndexException e) {
            if (!lasts) {
                throw e;
            }
            Storage storage = new Storage(session, keep, null, Positions.MOVED, true, rereadable, false);
            storage.breaks(e);
            return storage;
        }
    }

    private static void setAside(Session session) {
        Path folder = session.plan().index();
        if (Files.isDirectory(folder)) {
            Path aside = LuceneStore.setAside(folder, "damaged-" + STAMP.format(session.surroundings().time().instant()));
            session.note(Shown.of(folder.toString()) + ": the index is damaged; it is kept as " + Shown.of(aside.toString())
                + ", and a new one is made from the logs that are still there");
        }
    }

    /** The logs are open: from here on they are to be read again, should this run end before it has stored anything. */
    void begin() {
        began = resume.get();
        if (!broken && store.checkpoint().equals(Checkpoint.NONE)) {
            guarded(() -> store.commit(Resumes.write(began)));
        }
    }

    /** Whether a damaged index was set aside, so that nothing is known of earlier runs. */
    boolean renewed() {
        return renewed;
    }

    /** Whether the index, which could not be written, can be again: then reading is to begin anew from what is stored. */
    boolean mended() {
        return mended;
    }

    /** Whether the index was found to be damaged after it was opened. */
    boolean damaged() {
        return damaged;
    }

    /** Tells where the flow stands, for the commits to come. */
    void follows(Supplier<Resume> flow) {
        resume = flow;
    }

    /** Where the run before stopped. */
    Resume earlier() {
        return store == null ? Resume.NONE : Resumes.read(store.checkpoint());
    }

    /** Whether an attempt was stored before. */
    boolean knows(String attempt) {
        boolean[] known = {false};
        guarded(() -> known[0] = store.contains("attempt", attempt));
        return known[0];
    }

    /** The incidents that were not closed. */
    List<Incident> open() {
        if (store == null || store.checkpoint().equals(Checkpoint.NONE)) {
            return List.of();
        }
        try (StoredEvents events = store.events()) {
            return events.search(Search.of(QueryText.ALL).among("incident").by(Order.OLDEST), OPEN_INCIDENTS).stream()
                .map(IncidentFields::parse).filter(i -> !i.state().equals("closed")).toList();
        }
    }

    /** Tells, oldest first, what a diagnosis may know of users and clients, of services and their processes. */
    void remember(Flow flow) {
        if (store == null || store.checkpoint().equals(Checkpoint.NONE)) {
            return;
        }
        List<Earlier> earlier = new ArrayList<>();
        try (StoredEvents events = store.events()) {
            for (String query : List.of("type:attempt outcome:success", "type:attempt outcome:failure", "type:event action:service-changed",
                "type:event action:process-start", "type:event action:relay-failed")) {
                int most = earlier.size() + REMEMBERED;
                events.each(Search.of(QueryText.parse(query, Instant.EPOCH, ZoneOffset.UTC)).by(Order.NEWEST), d -> {
                    earlier.add(Earlier.of(d));
                    return earlier.size() < most;
                });
            }
        }
        earlier.sort(Comparator.comparing(Earlier::origin, Comparator.comparingLong(Origin::micros).thenComparing(o -> o.file().path())
            .thenComparingLong(Origin::byteOffset)));
        for (Earlier e : earlier) {
            if (e.event != null) {
                flow.remember(e.event);
            } else {
                flow.remember(e.attempt);
            }
        }
    }

    /** One of these is null. */
    private record Earlier(DiagnosedAttempt attempt, AuthEvent event) {
        static Earlier of(Map<String, Object> document) {
            return "event".equals(document.get(Schema.TYPE.key())) ? new Earlier(null, Fields.event(document).orElseThrow())
                : new Earlier(Fields.attempt(document), null);
        }

        Origin origin() {
            return event != null ? event.origin() : attempt.attempt().origin();
        }
    }

    @Override
    public void event(AuthEvent event) {
        Map<String, Object> document = Fields.of(event);
        document.put(Schema.TYPE.key(), "event");
        document.put(Schema.PATTERN.key(), event.origin().pattern());
        put(document);
    }

    @Override
    public void attempt(DiagnosedAttempt attempt) {
        Map<String, Object> document = Fields.of(attempt);
        document.put(Schema.TYPE.key(), "attempt");
        put(document);
    }

    @Override
    public void revised(DiagnosedAttempt attempt) {
        attempt(attempt);
    }

    /** An incident of many attempts is stored once with all that came before a commit. */
    @Override
    public void incident(Incident incident) {
        incidents.put(incident.id(), incident);
        changed = true;
        if (incidents.size() == MOST_INCIDENTS) {
            putIncidents();
        }
    }

    private void putIncidents() {
        incidents.values().forEach(this::put);
        incidents.clear();
    }

    private void put(Incident incident) {
        Map<String, Object> document = new LinkedHashMap<>(IncidentFields.of(incident));
        document.put(Schema.TYPE.key(), "incident");
        document.put(Schema.STATE.key(), incident.state());
        document.put(Schema.SEVERITY.key(), document.get("severity"));
        document.put(Schema.TITLE.key(), incident.title());
        put(document);
    }

    private void put(Map<String, Object> document) {
        guarded(() -> store.put(document));
        lost += broken ? 1 : 0;
        changed = true;
    }

    @Override
    public void store(boolean last) {
        unsaved++;
        if (broken) {
            if (!last && unsaved >= wait) {
                unsaved = 0;
                wait = Math.min(RETRY, wait * 2);
                mended = again();
            }
        } else if (last || unsaved >= (changed ? pace : positions == Positions.MOVED ? REST : Integer.MAX_VALUE)) {
            long start = System.nanoTime();
            putIncidents();
            guarded(() -> retention.apply(store, last));
            guarded(() -> store.commit(positions == Positions.KEPT ? store.checkpoint() : Resumes.write(resume.get())));
            pace = Math.clamp((System.nanoTime() - start) / SHARE, 1, SLOWEST);
            changed = false;
            unsaved = 0;
        }
    }

    /** Does something with the index, unless it cannot be written. */
    private void guarded(Runnable action) {
        if (broken) {
            return;
        }
        try {
            action.run();
        } catch (IndexException e) {
            if (!survives) {
                throw e;
            }
            try {
                store.close();
            } catch (IndexException f) {
                // What is wrong is told already.
            }
            breaks(e);
        }
    }

    private void breaks(IndexException e) {
        broken = true;
        damaged = e.kind() == IndexException.Kind.CORRUPT;
        unsaved = 0;
        session.note(Shown.of(e.getMessage()));
        if (damaged && rereadable) {
            mended = true;
            return;
        }
        session.note("the index cannot be written; logs are read on, and what they tell is shown"
            + (rereadable ? " and stored later: from the last commit on they are read again once it can be written" : ", not stored"));
    }

    /** Tries to write the index again; true if reading is to begin anew. */
    private boolean again() {
        EventStore next = null;
        try {
            if (damaged) {
                setAside(session);
                damaged = false;
            }
            next = LuceneStore.write(session.plan().index());
            // An index that is new has no position: what came since this run began belongs into it.
            next.commit(next.checkpoint().equals(Checkpoint.NONE) ? Resumes.write(began) : next.checkpoint());
        } catch (IndexException e) {
            if (next != null) {
                next.close();
            }
            // A damaged one is set aside by the next round.
            return rereadable && e.kind() == IndexException.Kind.CORRUPT;
        }
        if (rereadable) {
            next.close();
            session.note("the index can be written again; what was not stored is read again");
            return true;
        }
        store = next;
        broken = false;
        session.note("the index can be written again; " + lost + " documents in between are not stored");
        lost = 0;
        return false;
    }

    @Override
    public void close() {
        if (!broken) {
            store.close();
        }
    }
}
