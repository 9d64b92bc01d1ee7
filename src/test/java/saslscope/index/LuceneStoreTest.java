package saslscope.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.index.IndexException.Kind;

class LuceneStoreTest extends EventStoreContract {
    @TempDir
    private Path temp;
    private Path folder;

    private Path folder() {
        return folder == null ? folder = temp.resolve("state/saslscope") : folder;
    }

    @Override
    EventStore write() {
        return LuceneStore.write(folder());
    }

    @Override
    StoredEvents read() {
        return LuceneStore.read(folder());
    }

    @Override
    void crash(EventStore store) {
        // What a killed process leaves behind: the files as they are now, the lock's file included.
        Path after = temp.resolve(folder().getFileName() + "x");
        copy(folder(), after);
        folder = after;
        store.close();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path f : files.toList()) {
                try {
                    Files.copy(f, to.resolve(f.getFileName()));
                } catch (java.nio.file.NoSuchFileException e) {
                    // A merge took it away meanwhile.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(int count) {
        try (EventStore store = write()) {
            IntStream.range(0, count).mapToObj(Docs::attempt).forEach(store::put);
            store.commit(Checkpoint.NONE);
        }
    }

    private static IndexException refused(Kind kind, org.junit.jupiter.api.function.Executable action) {
        IndexException e = assertThrows(IndexException.class, action);
        assertEquals(kind, e.kind(), e.getMessage());
        assertTrue(!e.getMessage().contains("\n") && e.getMessage().length() < 600, e.getMessage());
        return e;
    }

    @Test
    void searchingWithoutAnIndexSaysHowToMakeOne() throws IOException {
        IndexException e = refused(Kind.MISSING, this::read);
        assertEquals(folder() + ": there is no index here yet; 'saslscope follow' or 'saslscope analyze --store' makes one, "
            + "--index names another folder", e.getMessage());
        assertTrue(Files.notExists(folder()));
        Files.createDirectories(folder());
        refused(Kind.MISSING, this::read);
        Path file = Files.writeString(temp.resolve("file"), "x");
        refused(Kind.FORBIDDEN, () -> LuceneStore.read(file));
        refused(Kind.FORBIDDEN, () -> LuceneStore.write(file));
    }

    @Test
    void onlyTheOwnerMayReadWhatIsStored() throws IOException {
        Assumptions.assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"));
        try (EventStore store = write()) {
            IntStream.range(0, 2000).mapToObj(Docs::attempt).forEach(store::put);
            store.commit(Checkpoint.NONE);
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().getParent())));
            try (Stream<Path> files = Files.list(folder())) {
                List<Path> all = files.toList();
                assertTrue(all.size() > 3);
                for (Path f : all) {
                    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(f)), f.toString());
                }
            }
        }
    }

    @Test
    void aSecondWriterIsToldWhoTheFirstIs() {
        try (EventStore first = write()) {
            IndexException e = refused(Kind.BUSY, this::write);
            assertTrue(e.getMessage().contains("(process " + ProcessHandle.current().pid() + ")"), e.getMessage());
            assertEquals(0, first.unstored());
        }
    }

    @Test
    void aLockFileLeftByAKilledProcessLocksNothing() throws IOException {
        fill(10);
        Files.writeString(folder().resolve("write.lock"), "");
        Files.writeString(folder().resolve("writer.pid"), "1\n");
        fill(20);
        try (StoredEvents events = read()) {
            assertEquals(20, events.count(Search.of(QueryText.ALL)));
        }
    }

    @Test
    void anIndexOfAnotherVersionIsLeftAlone() throws IOException {
        try (FSDirectory files = FSDirectory.open(folder()); IndexWriter writer = new IndexWriter(files, new IndexWriterConfig())) {
            writer.setLiveCommitData(Map.of("saslscope.schema", "99").entrySet());
            writer.commit();
        }
        for (org.junit.jupiter.api.function.Executable open : List.<org.junit.jupiter.api.function.Executable>of(this::read, this::write)) {
            IndexException e = refused(Kind.VERSION, open);
            assertEquals(folder() + ": this index has format 99, this saslscope reads and writes format " + Schema.VERSION + "; use the "
                + "saslscope that made it, or move the folder away and read the logs again ('saslscope analyze --store')", e.getMessage());
        }
        try (FSDirectory files = FSDirectory.open(folder()); IndexWriter writer = new IndexWriter(files, new IndexWriterConfig())) {
            writer.setLiveCommitData(Map.<String, String>of().entrySet());
            writer.commit();
        }
        assertTrue(refused(Kind.VERSION, this::write).getMessage().contains("format of some other program"));
    }

    @Test
    void aReadOnlyFolderIsSearchedButNotWritten() throws IOException {
        fill(10);
        Assumptions.assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("r-x------"));
        try (StoredEvents events = read()) {
            assertEquals(10, events.count(Search.of(QueryText.ALL)));
            refused(Kind.FORBIDDEN, this::write);
        } finally {
            Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void deniedAccessIsSaidInPlainWords() {
        IndexException e = Failures.of(Path.of("/srv/index"), new java.nio.file.AccessDeniedException("/srv/index/write.lock"));
        assertEquals(Kind.FORBIDDEN, e.kind());
        assertEquals("/srv/index: this user may not use it (permission denied: /srv/index/write.lock); run as its owner, or name another "
            + "folder with --index", e.getMessage());
        assertEquals(Kind.FORBIDDEN, Failures.of(Path.of("/srv"), new java.nio.file.FileSystemException("/srv/a", null, "Read-only file system")).kind());
    }

    @Test
    void damagedFilesAreReportedNotThrownAbout() throws IOException {
        fill(3000);
        List<Path> files;
        try (Stream<Path> list = Files.list(folder())) {
            files = list.filter(f -> !f.getFileName().toString().startsWith("write")).toList();
        }
        int found = 0;
        for (Path f : files) {
            byte[] whole = Files.readAllBytes(f);
            for (byte[] broken : List.of(new byte[0], java.util.Arrays.copyOf(whole, whole.length / 2), junk(whole, 0), junk(whole, whole.length - 8))) {
                Files.write(f, broken);
                try (StoredEvents events = read()) {
                    // A broken spot that opening does not look at must not break anything but itself.
                    assertEquals(3000, events.count(Search.of(QueryText.ALL)));
                } catch (IndexException e) {
                    assertTrue(e.kind() == Kind.CORRUPT || e.kind() == Kind.MISSING || e.kind() == Kind.VERSION, f + ": " + e.kind() + ": " + e.getMessage());
                    found++;
                }
            }
            Files.write(f, whole);
        }
        assertTrue(found >= files.size(), found + " of " + files.size() + " files");
        Path data = files.stream().filter(f -> !f.getFileName().toString().startsWith("segments")).findFirst().orElseThrow();
        Files.delete(data);
        IndexException e = refused(Kind.CORRUPT, this::read);
        assertTrue(e.getMessage().startsWith(folder() + ": the index is damaged (") && e.getMessage().contains("move the folder away"), e.getMessage());
        refused(Kind.CORRUPT, this::write);
    }

    @Test
    void damageThatOnlyMergingFindsIsToldWithACommit() throws IOException {
        fill(500);
        EventStore store = openDamaged();
        refused(Kind.CORRUPT, () -> {
            for (int i = 500; i < 3_000; i++) {
                store.put(Docs.attempt(i));
                if (i % 10 == 0) {
                    store.commit(Checkpoint.NONE);
                }
            }
        });
        store.close();
        Path aside = LuceneStore.setAside(folder(), "damaged");
        assertTrue(Files.exists(aside.resolve("write.lock")));
        fill(10);
    }

    /** Opens an index with damage in a place that opening does not look at; which these are differs from run to run. */
    private EventStore openDamaged() throws IOException {
        Map<Path, byte[]> files = new HashMap<>();
        try (Stream<Path> list = Files.list(folder())) {
            for (Path f : list.filter(f -> f.getFileName().toString().endsWith(".cfs")).toList()) {
                files.put(f, Files.readAllBytes(f));
            }
        }
        for (int part = 2;; part++) {
            for (Map.Entry<Path, byte[]> f : files.entrySet()) {
                Files.write(f.getKey(), junk(f.getValue(), f.getValue().length / part));
            }
            try {
                return write();
            } catch (IndexException e) {
                assertEquals(Kind.CORRUPT, e.kind());
                assertTrue(part < 50, "no place that opening does not look at");
            }
        }
    }

    private static byte[] junk(byte[] whole, int at) {
        byte[] out = whole.clone();
        for (int i = Math.max(0, at); i < Math.min(whole.length, at + 8); i++) {
            out[i] ^= 0x5a;
        }
        return out;
    }

    @Test
    void aFullDiskKeepsTheLastCommitAndSaysWhatIsNotStored() throws IOException {
        fill(100);
        Quota files = new Quota(FSDirectory.open(folder()));
        EventStore store = LuceneStore.write(folder(), files, 2);
        files.left = 5000;
        for (int i = 100; i < 5000; i++) {
            store.put(Docs.attempt(i));
        }
        IndexException e = refused(Kind.FULL, () -> store.commit(new Checkpoint(List.of(), Map.of("at", "5000"))));
        assertTrue(e.getMessage().startsWith(folder() + ": no space left on the disk"), e.getMessage());
        assertEquals(4900, store.unstored());
        assertEquals(Checkpoint.NONE, store.checkpoint());
        assertEquals(Kind.FULL, assertThrows(IndexException.class, () -> store.put(Docs.attempt(5000))).kind());
        store.close();
        try (StoredEvents events = read()) {
            assertEquals(100, events.count(Search.of(QueryText.ALL)));
        }
        try (EventStore again = write()) {
            assertEquals(Checkpoint.NONE, again.checkpoint());
            again.put(Docs.attempt(200));
            again.commit(Checkpoint.NONE);
        }
    }

    @Test
    void nothingIsPrintedToStandardOutput() {
        PrintStream out = System.out;
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        System.setOut(new PrintStream(seen, true, StandardCharsets.UTF_8));
        try {
            fill(100);
            try (StoredEvents events = read()) {
                assertEquals(100, events.search(Search.of(q("sasl")), 1000).size());
            }
        } finally {
            System.setOut(out);
        }
        assertEquals("", seen.toString(StandardCharsets.UTF_8));
    }

    @Test
    void anIndexIsOneFolderPerWriterButManyWritersMayRun() {
        List<EventStore> stores = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stores.add(LuceneStore.write(temp.resolve("s" + i)));
        }
        stores.forEach(EventStore::close);
    }

    /** A disk with so many bytes left. */
    private static final class Quota extends FilterDirectory {
        private volatile long left = Long.MAX_VALUE;

        Quota(FSDirectory files) {
            super(files);
        }

        @Override
        public IndexOutput createOutput(String name, IOContext context) throws IOException {
            return new FilterIndexOutput("quota", name, super.createOutput(name, context)) {
                @Override
                public void writeByte(byte b) throws IOException {
                    take(1);
                    super.writeByte(b);
                }

                @Override
                public void writeBytes(byte[] b, int offset, int length) throws IOException {
                    take(length);
                    super.writeBytes(b, offset, length);
                }
            };
        }

        private synchronized void take(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("No space left on device");
            }
        }
    }
}
