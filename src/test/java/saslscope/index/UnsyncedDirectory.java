package saslscope.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/**
 * A folder on a disk whose power goes: bytes that were not synced may be lost from some place on or read as zeros, and names
 * that were made, changed or removed since the folder itself was synced may be as they were before.
 */
final class UnsyncedDirectory extends FilterDirectory {
    private final Path folder;
    /** Files that were deleted, as long as they may come back. */
    private final Path attic;
    private final Random random;
    private final Set<String> unsynced = new HashSet<>();
    /** Names made since the folder was synced. */
    private final Set<String> made = new HashSet<>();
    /** Names given since the folder was synced, with those before. */
    private final Map<String, String> renamed = new TreeMap<>();
    private final Set<String> deleted = new HashSet<>();
    private int left = Integer.MAX_VALUE;
    private boolean cut;

    UnsyncedDirectory(Path folder, Path attic, long seed) throws IOException {
        super(FSDirectory.open(folder));
        this.folder = folder;
        this.attic = Files.createDirectories(attic);
        this.random = new Random(seed);
    }

    /** Lets the power go after so many operations. */
    synchronized void cutAfter(int operations) {
        left = operations;
    }

    synchronized boolean isCut() {
        return cut;
    }

    private synchronized void operation() throws IOException {
        cut |= --left < 0;
        if (cut) {
            throw new IOException("no power");
        }
    }

    /** What the disk holds when the power is back; returns how many files are not as they were. */
    synchronized int lose() throws IOException {
        cut = true;
        in.close();
        int lost = 0;
        for (String name : deleted) {
            if (random.nextBoolean() && !Files.exists(folder.resolve(name))) {
                Files.move(attic.resolve(name), folder.resolve(name));
                lost++;
            } else {
                Files.deleteIfExists(attic.resolve(name));
            }
        }
        for (Map.Entry<String, String> e : renamed.entrySet()) {
            if (random.nextBoolean() && Files.exists(folder.resolve(e.getKey()))) {
                Files.move(folder.resolve(e.getKey()), folder.resolve(e.getValue()));
                lost++;
            }
        }
        for (String name : unsynced) {
            lost += Files.exists(folder.resolve(name)) ? damage(folder.resolve(name)) : 0;
        }
        for (String name : made) {
            lost += random.nextBoolean() && Files.deleteIfExists(folder.resolve(name)) ? 1 : 0;
        }
        return lost;
    }

    private int damage(Path file) throws IOException {
        long size = Files.size(file);
        long keep = random.nextInt(4) == 0 ? size : (long) (random.nextDouble() * size);
        try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.WRITE)) {
            bytes.truncate(keep);
            if (random.nextBoolean() && size > keep) {
                // The length is known, the content is not.
                bytes.write(ByteBuffer.allocate(1), size - 1);
            }
        }
        return keep < size ? 1 : 0;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        operation();
        return output(super.createOutput(name, context));
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        operation();
        return output(super.createTempOutput(prefix, suffix, context));
    }

    private IndexOutput output(IndexOutput out) {
        synchronized (this) {
            unsynced.add(out.getName());
            made.add(out.getName());
        }
        return new FilterIndexOutput("unsynced", out.getName(), out) {
            @Override
            public void writeBytes(byte[] b, int offset, int length) throws IOException {
                operation();
                super.writeBytes(b, offset, length);
            }
        };
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        List<String> all = new ArrayList<>(names);
        for (String name : all) {
            operation();
            super.sync(List.of(name));
            synchronized (this) {
                unsynced.remove(name);
            }
        }
    }

    @Override
    public void syncMetaData() throws IOException {
        operation();
        super.syncMetaData();
        synchronized (this) {
            made.clear();
            renamed.clear();
            for (String name : deleted) {
                Files.deleteIfExists(attic.resolve(name));
            }
            deleted.clear();
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        operation();
        super.rename(from, to);
        synchronized (this) {
            if (unsynced.remove(from)) {
                unsynced.add(to);
            }
            if (made.remove(from)) {
                made.add(to);
            }
            renamed.put(to, from);
        }
    }

    @Override
    public void deleteFile(String name) throws IOException {
        operation();
        synchronized (this) {
            if (!made.remove(name) && Files.exists(folder.resolve(name))) {
                Files.deleteIfExists(attic.resolve(name));
                Files.createLink(attic.resolve(name), folder.resolve(name));
                deleted.add(name);
            }
            unsynced.remove(name);
            renamed.remove(name);
        }
        super.deleteFile(name);
    }
}
