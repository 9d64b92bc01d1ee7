package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.Fuzz;

/** Settings files with errors in them. */
class SettingsFuzzTest {
    @TempDir
    private Path folder;

    @Test
    void settingsAreTakenOrRefusedInOneLine() {
        String good = "# mine\ncolor = never\noutput=jsonl\nkeep = \"90d\"\nmax-size=1G\nsince = -2h\nuntil=now\ntimezone = Europe/Berlin\nyear=2026\nquiet=true\nlimit = 5\n";
        Path file = folder.resolve("saslscope.conf");
        Runner runner = new Runner();
        runner.settings = List.of(file);
        Fuzz.run(40, random -> {
            Files.write(file, Fuzz.mutated(random, good.getBytes(StandardCharsets.UTF_8)));
            int exit = runner.run("explain", "wrong-realm");
            assertTrue(exit == Exit.DONE || exit == Exit.USAGE, exit + ": " + runner.err());
            assertEquals(exit == Exit.DONE ? 0 : 1, runner.err().lines().count(), runner.err());
            assertFalse(runner.err().codePoints().anyMatch(c -> c < ' ' && c != '\n'), runner.err());
        });
    }
}
