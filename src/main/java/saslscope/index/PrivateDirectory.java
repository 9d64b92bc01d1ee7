package saslscope.index;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.Lock;

/** A folder whose files only their owner may read: login names and addresses are nobody else's business. */
final class PrivateDirectory extends FilterDirectory {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final boolean posix;

    /** @param files those of that folder */
    PrivateDirectory(Directory files, Path folder) {
        super(files);
        this.folder = folder;
        this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Makes the folder, and those above it, where they are missing; what is missing is made for the owner alone. */
    static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /**
     * Lets nobody who may write here lead us out of the folder: neither is a link followed, nor is what it leads to given to
     * the owner alone.
     */
    static void refuseLinks(Path folder) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isSymbolicLink)) {
            for (Path link : all) {
                throw new IndexException(IndexException.Kind.FORBIDDEN, link + ": is a symbolic link; an index holds none. See who made "
                    + "it, and remove it", null);
            }
        }
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        return own(super.createOutput(name, context));
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        return own(super.createTempOutput(prefix, suffix, context));
    }

    /**
     * Deletes a file, if it is there. When the power goes, an old commit may come back of which other files are gone; then
     * Lucene, which wants to delete all of them, would give up the whole index for one that is missing already.
     */
    @Override
    public void deleteFile(String name) throws IOException {
        try {
            super.deleteFile(name);
        } catch (NoSuchFileException e) {
            // As wanted.
        }
    }

    /** The file gets its mode before it is locked: whoever closes a locked file, opened for whatever reason, gives up the lock (fcntl(2)). */
    @Override
    public Lock obtainLock(String name) throws IOException {
        Path file = folder.resolve(name);
        if (posix) {
            try {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
            } catch (FileAlreadyExistsException e) {
                if (!Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).equals(OWNER)) {
                    restrict(file);
                }
            }
        }
        return super.obtainLock(name);
    }

    private IndexOutput own(IndexOutput out) throws IOException {
        try {
            restrict(folder.resolve(out.getName()));
            return out;
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    /** Only the owner may read and write the file. */
    void restrict(Path file) throws IOException {
        if (posix) {
            Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setPermissions(OWNER);
        }
    }
}
