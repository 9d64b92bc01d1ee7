package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
    @TempDir
    Path dir;
    private final List<Problem> problems = new ArrayList<>();

    @Test
    void groupsRotatedPartsOldestFirst() throws IOException {
        assertEquals(List.of("maillog: maillog.10.gz maillog.2.gz maillog.1 maillog"),
            logs(file("maillog"), file("maillog.1"), file("maillog.10.gz"), file("maillog.2.gz")));
        assertEquals(List.of("mail.log: mail.log-20251231.xz mail.log-20261120 mail.log"),
            logs(file("mail.log"), file("mail.log-20261120"), file("mail.log-20251231.xz")));
        assertEquals(List.of(), problems);
    }

    @Test
    void keepsTheOrderOfTheArgumentsBetweenLogs() throws IOException {
        assertEquals(List.of("maillog: maillog.1 maillog", "auth.log: auth.log"),
            logs(file("maillog"), file("auth.log"), file("maillog.1")));
    }

    @Test
    void onePartAloneIsALogOfTheLiveName() throws IOException {
        assertEquals(List.of("maillog: maillog.3.gz"), logs(file("maillog.3.gz")));
    }

    @Test
    void aDirectoryStandsForTheFilesInIt() throws IOException {
        file("maillog");
        file("maillog.1");
        file("auth.log");
        file(".hidden");
        Files.createDirectory(dir.resolve("deeper"));
        file("deeper/maillog.9");
        assertEquals(List.of("auth.log: auth.log", "maillog: maillog.1 maillog"), logs(dir.toString()));
        assertEquals(List.of(), problems);
    }

    @Test
    void equalNamesInTwoDirectoriesAreTwoLogs() throws IOException {
        Files.createDirectory(dir.resolve("a"));
        Files.createDirectory(dir.resolve("b"));
        assertEquals(List.of("maillog: maillog.1 maillog", "maillog: maillog"),
            logs(file("a/maillog"), file("b/maillog"), file("a/maillog.1")));
    }

    @Test
    void readsAFileOnceHoweverOftenAndByWhateverNameItIsGiven() throws IOException {
        String log = file("maillog");
        Files.createSymbolicLink(dir.resolve("link"), dir.resolve("maillog"));
        Files.createLink(dir.resolve("hard"), dir.resolve("maillog"));
        assertEquals(List.of("maillog: maillog"), logs(log, log, dir + "/./maillog", dir.resolve("link").toString(),
            dir.resolve("hard").toString(), dir.toString()));
    }

    @Test
    void readsAPartOnceThatIsBeingCompressed() throws IOException {
        String text = "one\ntwo\n";
        Files.writeString(dir.resolve("maillog.1"), text);
        Files.write(dir.resolve("maillog.1.gz"), Logs.packed(Compression.GZIP, text));
        Files.write(dir.resolve("maillog.2.gz"), Logs.packed(Compression.GZIP, "zero\n"));
        assertEquals(List.of("maillog: maillog.2.gz maillog.1"), logs(dir.toString()));
        // Not the same content: both are read.
        Files.write(dir.resolve("maillog.1.gz"), Logs.packed(Compression.GZIP, "half\n"));
        assertEquals(List.of("maillog: maillog.2.gz maillog.1 maillog.1.gz"), logs(dir.toString()));
    }

    @Test
    void standardInputIsALogOfItsOwn() throws IOException {
        List<Log> logs = Discovery.logs(List.of("-", file("maillog"), "-"), problems::add);
        assertEquals(new Log("-", List.of(new Log.Part("-", null))), logs.get(0));
        assertEquals(2, logs.size());
    }

    @Test
    void whatIsMissingIsAProblemAndTheRestIsStillThere() throws IOException {
        Path empty = Files.createDirectory(dir.resolve("empty"));
        assertEquals(List.of("maillog: maillog"), logs("nowhere/maillog", file("maillog"), "bad\0name", empty.toString()));
        assertEquals(List.of("nowhere/maillog: does not exist; check the name",
                "bad\0name: is not a file name; check the name",
                empty + ": is a directory without files; name a log file, or a directory that holds some"),
            problems.stream().map(Problem::toString).toList());
    }

    @Test
    void showsNamesAsGiven() throws IOException {
        String given = dir + "/../" + dir.getFileName() + "/maillog";
        file("maillog");
        Log log = Discovery.logs(List.of(given), problems::add).getFirst();
        assertEquals(given, log.parts().getFirst().name());
    }

    @Test
    void knowsTheFilesOfALogByTheirNames() throws IOException {
        String log = file("maillog");
        for (String part : List.of("maillog", "maillog.1", "maillog.2.gz", "maillog-20261120")) {
            assertTrue(Discovery.isPartOf(dir.resolve(part).toString(), log), part);
        }
        for (String other : List.of("mail", "maillog2", "mail.log", "deeper/maillog", "../maillog.1")) {
            assertFalse(Discovery.isPartOf(dir.resolve(other).toString(), log), other);
        }
        Path link = Files.createSymbolicLink(dir.resolve("link"), Files.createDirectory(dir.resolve("pods")).resolve("0.log"));
        file("pods/0.log");
        assertTrue(Discovery.isPartOf(dir.resolve("pods/0.log.20261120-083012").toString(), link.toString()));
        assertTrue(Discovery.isPartOf("-", "-"));
        assertFalse(Discovery.isPartOf("-", log));
    }

    private String file(String name) throws IOException {
        return Files.writeString(dir.resolve(name), "first line of " + name + "\n").toString();
    }

    private List<String> logs(String... args) {
        return Discovery.logs(List.of(args), problems::add).stream().map(log -> Path.of(log.name()).getFileName() + ": "
            + String.join(" ", log.parts().stream().map(p -> p.path().getFileName().toString()).toList())).toList();
    }
}
