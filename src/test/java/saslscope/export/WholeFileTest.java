package saslscope.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void appearsOnCommitAndLeavesNothingElse() throws IOException {
        Path target = folder.resolve("out.csv");
        try (WholeFile file = WholeFile.at(target)) {
            file.writer().write("größe");
            assertFalse(Files.exists(target));
            file.commit();
        }
        assertEquals("größe", Files.readString(target));
        assertEquals(List.of("out.csv"), names());
    }

    @Test
    void withoutCommitTheOldContentStays() throws IOException {
        Path target = Files.writeString(folder.resolve("out.csv"), "old");
        try (WholeFile file = WholeFile.at(target)) {
            file.writer().write("half of the new");
            file.writer().flush();
        }
        assertEquals("old", Files.readString(target));
        assertEquals(List.of("out.csv"), names());
    }

    @Test
    void keepsPermissionsAndReplacesBehindALink() throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "old");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw----"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        try (WholeFile file = WholeFile.at(link)) {
            file.writer().write("new");
            file.commit();
        }
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(real));
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
    }

    @Test
    void aFolderOrAMissingFolderIsRefused() {
        assertEquals("is a directory", assertThrows(FileSystemException.class, () -> WholeFile.at(folder)).getReason());
        assertEquals("no such directory",
            assertThrows(FileSystemException.class, () -> WholeFile.at(folder.resolve("no/out"))).getReason());
    }
}
