package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which logs a name with wildcards stands for. */
class WildcardTest {
    @TempDir
    private Path folder;

    private void files(String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "x\n");
        }
    }

    private List<String> logs(String pattern) {
        return Wildcard.logs(folder.resolve(pattern).toString()).stream().map(f -> folder.relativize(Path.of(f)).toString()).toList();
    }

    @Test
    void rotatedAndHiddenFilesAndDirectoriesAreNotLogs() throws IOException {
        files("mail.log", "mail.log.1", "mail.log.2.gz", "mail.1.log", "mail-20261120.log", "mail-out.log", "mailman.log", ".mail.log",
            "auth.log", "mail.d.log/x");
        assertEquals(List.of("mail-out.log", "mail.log", "mailman.log"), logs("mail*.log"));
        assertEquals(List.of("mail-out.log", "mail.log", "mailman.log"), logs("mail*"));
        assertEquals(List.of("auth.log", "mail.log"), logs("{auth,mail}.log"));
        assertEquals(List.of("auth.log"), logs("[ab]uth.lo?"));
        assertEquals(List.of(".mail.log"), logs(".mail*"));
    }

    @Test
    void directoriesMayHaveWildcardsToo() throws IOException {
        files("a/mail.log", "b/mail.log", "b/deep/mail.log", "c.log");
        assertEquals(List.of("a/mail.log", "b/mail.log"), logs("*/mail.log"));
        assertEquals(List.of("a/mail.log", "b/mail.log"), logs("[a-b]/*.log"));
        assertEquals(List.of(), logs("missing/*.log"));
        assertEquals(List.of(), logs("[a/*.log"), "an open bracket matches nothing");
    }

    @Test
    void aFileOfTheVeryNameStandsForItself() throws IOException {
        files("a[1].log");
        assertFalse(Wildcard.in(folder.resolve("a[1].log").toString()));
        assertTrue(Wildcard.in(folder.resolve("b[1].log").toString()));
        assertFalse(Wildcard.in(folder.resolve("mail.log").toString()));
        assertFalse(Wildcard.in("-"));
    }
}
