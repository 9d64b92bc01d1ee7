package saslscope.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.BytesRef;

/** Events in a folder, as a Lucene index. */
public final class LuceneStore implements EventStore {
    /** Documents handed to Lucene at a time. */
    private static final int BATCH = 512;
    /** Ids of this run that are known without asking Lucene. */
    private static final int RECENT = 65_536;
    /** Enough for large segments, little enough for -Xmx256m. */
    private static final double BUFFER_MEGABYTES = 24;
    /** Segments below it count as of the same size when merges are chosen; by Lucene's 16 a document would be merged too often on its way up to it. */
    private static final double FLOOR_MEGABYTES = 0.5;
    /** Segments up to that size are put together in memory. */
    private static final double SMALL_MEGABYTES = 2;
    private static final double CACHE_MEGABYTES = 8;
    private static final String WRITER_FILE = "writer.pid";

    private final Path folder;
    private final IndexWriter writer;
    private final ExecutorService workers;
    private final int threads;
    /** One for each share of the documents. */
    private final List<Documents> documents;
    private final Set<BytesRef> recent = new HashSet<>();
    private Map<BytesRef, Map<String, Object>> pending = new LinkedHashMap<>();
    private List<Future<?>> running = List.of();
    private DirectoryReader reader;
    /** True if the reader does not know all ids that have left {@link #recent}. */
    private boolean behind;
    private Checkpoint checkpoint;
    private long unstored;
    private IndexException failure;
    /** Damage that merging found, in threads of Lucene's. */
    private final AtomicReference<Throwable> spoiled;

    private LuceneStore(Path folder, IndexWriter writer, Checkpoint checkpoint, int threads, AtomicReference<Throwable> spoiled) {
        this.spoiled = spoiled;
        this.folder = folder;
        this.writer = writer;
        this.checkpoint = checkpoint;
        this.threads = threads;
        this.documents = Stream.generate(Documents::new).limit(threads).toList();
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "index");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens a folder for searching, also while another process writes to it.
     *
     * @throws IndexException if there is no index, or none that can be read
     */
    public static StoredEvents read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw Files.exists(folder)
                ? new IndexException(IndexException.Kind.FORBIDDEN, folder + ": this is a file; --index wants a folder", null)
                : IndexException.missing(folder);
        }
        try {
            Directory files = FSDirectory.open(folder);
            try {
                DirectoryReader reader = DirectoryReader.open(files);
                Commits.read(folder, reader.getIndexCommit().getUserData());
                return new LuceneEvents(folder, reader, files);
            } catch (IOException | RuntimeException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            throw Failures.of(folder, e);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | IllegalStateException e) {
            // What Lucene's readers throw on some kinds of junk.
            throw Failures.of(folder, new CorruptIndexException(String.valueOf(e.getMessage()), folder.toString(), e));
        }
    }

    /**
     * Opens a folder for writing; makes it, readable for its owner alone, if it is missing.
     *
     * @throws IndexException if another process writes to it, or if it can't be written
     */
    public static EventStore write(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IndexException(IndexException.Kind.FORBIDDEN, folder + ": this is a file; --index wants a folder", null);
        }
        try {
            PrivateDirectory.create(folder);
            PrivateDirectory.refuseLinks(folder);
            // Read, not mapped: merging would map the whole index, and all of it count as memory of ours.
            PrivateDirectory files = new PrivateDirectory(new NIOFSDirectory(folder), folder);
            // The pieces of a small segment never reach the disk, only the compound file made of them.
            EventStore store = write(folder, new NRTCachingDirectory(files, SMALL_MEGABYTES, CACHE_MEGABYTES), Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 2));
            try {
                Path note = folder.resolve(WRITER_FILE);
                // Never through what stands there: a new file each time.
                Files.deleteIfExists(note);
                Files.writeString(note, ProcessHandle.current().pid() + "\n", StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
                files.restrict(note);
            } catch (IOException e) {
                store.close();
                throw e;
            }
            return store;
        } catch (IOException e) {
            throw Failures.of(folder, e);
        }
    }

    /**
     * Moves a folder away whose index is damaged, so that a new one can be made there: to a name beside it, or, if that is not
     * allowed (a service may own no more than its folder), what it holds to a folder in it.
     *
     * @param name what is added to the folder's name
     * @return where it is now
     * @throws IndexException if it cannot be moved
     */
    public static Path setAside(Path folder, String name) {
        Path beside = folder.resolveSibling(folder.getFileName() + "." + name);
        try {
            return Files.move(folder, beside);
        } catch (IOException e) {
            try {
                Path inside = folder.resolve(name);
                PrivateDirectory.create(inside);
                try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))) {
                    for (Path file : all) {
                        Files.move(file, inside.resolve(file.getFileName()));
                    }
                }
                return inside;
            } catch (IOException f) {
                throw Failures.of(folder, f);
            }
        }
    }

    /** As {@link #write(Path)}, on a directory that a test made. */
    static EventStore write(Path folder, Directory files, int threads) {
        try {
            boolean fresh = !DirectoryReader.indexExists(files);
            // Before the writer: it must not touch what another version made.
            Checkpoint checkpoint = fresh ? Checkpoint.NONE : last(folder, files);
            if (!fresh) {
                forgetOlderCommits(files);
            }
            AtomicReference<Throwable> spoiled = new AtomicReference<>();
            IndexWriter writer = new IndexWriter(files, config(spoiled));
            LuceneStore store = new LuceneStore(folder, writer, checkpoint, threads, spoiled);
            if (fresh) {
                // So that a search finds an empty index, not none.
                try {
                    store.commit(Checkpoint.NONE);
                } catch (IndexException e) {
                    // Else its lock would keep out the next try.
                    store.close();
                    throw e;
                }
            }
            return store;
        } catch (LockObtainFailedException e) {
            close(files);
            throw new IndexException(IndexException.Kind.BUSY, folder + ": already being written by another saslscope" + owner(folder)
                + "; stop that one, or give this one its own folder with --index", e);
        } catch (IOException e) {
            close(files);
            throw Failures.of(folder, e);
        } catch (RuntimeException e) {
            close(files);
            throw e;
        }
    }

    private static Checkpoint last(Path folder, Directory files) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(files)) {
            return Commits.read(folder, reader.getIndexCommit().getUserData());
        }
    }

    /**
     * Removes what is left of commits before the last one. After a power cut some may be back without all of their files,
     * and Lucene would refuse the whole index for one of them.
     */
    private static void forgetOlderCommits(Directory files) throws IOException {
        try (Lock lock = files.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            String last = SegmentInfos.getLastCommitSegmentsFileName(files);
            for (String name : files.listAll()) {
                if (name.startsWith(IndexFileNames.SEGMENTS + "_") && !name.equals(last)) {
                    lock.ensureValid();
                    files.deleteFile(name);
                }
            }
        }
    }

    private static IndexWriterConfig config(AtomicReference<Throwable> spoiled) {
        IndexWriterConfig config = new IndexWriterConfig(Documents.analyzer());
        config.setMergeScheduler(new ConcurrentMergeScheduler() {
            @Override
            protected void handleMergeException(Throwable failure) {
                // Nothing is lost by a merge that fails; damaged files, which merging is the first to find, are told with the next commit.
                if (Failures.of(Path.of(""), failure).kind() == IndexException.Kind.CORRUPT) {
                    spoiled.set(failure);
                }
            }
        });
        config.setRAMBufferSizeMB(BUFFER_MEGABYTES);
        config.setMergePolicy(new TieredMergePolicy().setFloorSegmentMB(FLOOR_MEGABYTES));
        config.setIndexSort(LuceneEvents.NEWEST);
        // A commit holds documents and positions that belong together; closing must not make another one.
        config.setCommitOnClose(false);
        return config;
    }

    /** The other writer's process id, if it left one and still runs. */
    private static String owner(Path folder) {
        try {
            long pid = Long.parseLong(Files.readString(folder.resolve(WRITER_FILE), StandardCharsets.US_ASCII).strip());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(p -> " (process " + pid + ")").orElse("");
        } catch (IOException | NumberFormatException e) {
            return "";
        }
    }

    private static void close(Directory files) {
        try {
            files.close();
        } catch (IOException e) {
            // The failure that led here is told.
        }
    }

    @Override
    public void put(Map<String, Object> document) {
        check();
        BytesRef key = Documents.key(document);
        pending.put(key, document);
        unstored++;
        if (recent.size() == RECENT) {
            recent.clear();
            behind = true;
        }
        recent.add(key);
        if (pending.size() == BATCH) {
            handOver();
        }
    }

    /**
     * Gives the pending documents to the workers: to all of them if the last ones are not done yet, else to one, so that a commit
     * of few documents writes one segment and not two.
     */
    private void handOver() {
        int shares = running.stream().allMatch(Future::isDone) ? 1 : threads;
        await();
        List<Map.Entry<BytesRef, Map<String, Object>>> all = List.copyOf(pending.entrySet());
        pending = new LinkedHashMap<>();
        running = new ArrayList<>();
        for (int i = 0; i < shares; i++) {
            List<Map.Entry<BytesRef, Map<String, Object>>> share = all.subList(all.size() * i / shares, all.size() * (i + 1) / shares);
            Documents makes = documents.get(i);
            running.add(workers.submit(() -> {
                for (Map.Entry<BytesRef, Map<String, Object>> e : share) {
                    writer.updateDocument(new Term(Documents.KEY, e.getKey()), makes.lucene(e.getKey(), e.getValue()));
                }
                return null;
            }));
        }
    }

    private void await() {
        try {
            for (Future<?> f : running) {
                f.get();
            }
            running = List.of();
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private IndexException failed(Throwable cause) {
        if (cause instanceof Error e) {
            throw e;
        }
        // Lucene closes a writer that hit a disk error; what closed it says more than that it is closed.
        Throwable tragedy = writer.getTragicException();
        failure = Failures.of(folder, tragedy == null ? cause : tragedy);
        return failure;
    }

    private void check() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean contains(String type, String id) {
        check();
        BytesRef key = Documents.key(type, id);
        if (recent.contains(key)) {
            return true;
        }
        try {
            if (reader == null || behind) {
                refresh();
            }
            return new IndexSearcher(reader).count(new TermQuery(new Term(Documents.KEY, key))) > 0;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void refresh() throws IOException {
        handOver();
        await();
        if (reader == null) {
            reader = DirectoryReader.open(writer);
        } else {
            DirectoryReader newer = DirectoryReader.openIfChanged(reader, writer);
            if (newer != null) {
                reader.close();
                reader = newer;
            }
        }
        behind = false;
    }

    @Override
    public void commit(Checkpoint next) {
        check();
        if (spoiled.get() != null) {
            throw failed(spoiled.get());
        }
        handOver();
        await();
        try {
            writer.setLiveCommitData(Commits.data(next).entrySet());
            writer.commit();
        } catch (IOException | IllegalStateException e) {
            throw failed(e);
        }
        checkpoint = next;
        unstored = 0;
    }

    @Override
    public long forget(Instant before) {
        check();
        try {
            refresh();
            return Oldest.delete(writer, reader, LuceneEvents.micros(before));
        } catch (IOException | IllegalStateException e) {
            throw failed(e);
        }
    }

    @Override
    public long fit(long bytes) {
        check();
        try {
            if (Oldest.size(writer.getDirectory()) <= bytes) {
                return 0;
            }
            refresh();
            return Oldest.fit(writer, reader, bytes);
        } catch (IOException | IllegalStateException e) {
            throw failed(e);
        }
    }

    @Override
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    @Override
    public long unstored() {
        return unstored;
    }

    @Override
    public StoredEvents events() {
        check();
        try {
            refresh();
            reader.incRef();
            return new LuceneEvents(folder, reader, null);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            await();
        } catch (IndexException e) {
            // It concerns what was never committed.
        }
        workers.shutdown();
        try {
            if (reader != null) {
                reader.close();
            }
            // Not close(): that waits for merges, which the next run will do as well.
            writer.rollback();
            writer.getDirectory().close();
            Files.deleteIfExists(folder.resolve(WRITER_FILE));
        } catch (IOException | IllegalStateException e) {
            if (failure == null) {
                throw Failures.of(folder, e);
            }
        }
    }
}
