package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.index.Checkpoint;
import saslscope.index.EventStore;
import saslscope.index.LuceneStore;

class BusyIndexTest {
    @TempDir
    Path folder;

    @Test
    void aSecondWriterIsToldAndASearchWorksMeanwhile() {
        Path index = folder.resolve("index");
        try (EventStore writer = LuceneStore.write(index)) {
            writer.commit(Checkpoint.NONE);
            Runner runner = new Runner();
            assertEquals(Exit.USAGE, runner.run("analyze", "--store", "--index=" + index, "sample-logs/02-saslauthd-down.log"));
            assertTrue(runner.err().startsWith("saslscope: " + index), runner.err());
            assertEquals(1, runner.err().lines().count(), runner.err());
            assertEquals(Exit.NO, runner.run("search", "--index=" + index, "--count"));
            assertEquals("0\n", runner.out());
        }
    }

    /** Within one process Lucene itself knows; between processes the system's lock must hold. */
    @Test
    void anotherProcessIsKeptOut() throws Exception {
        Path index = folder.resolve("index");
        try (EventStore writer = LuceneStore.write(index)) {
            Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-Djava.util.logging.config.file=/dev/null", "-Dsaslscope.home=" + Path.of("").toAbsolutePath(),
                "-cp", System.getProperty("java.class.path"), "saslscope.cli.Main", "analyze", "--store", "--host-root=none", "--index=" + index,
                "sample-logs/02-saslauthd-down.log").redirectErrorStream(true).start();
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(Exit.USAGE, other.waitFor(), said);
            assertTrue(said.contains("already being written by another saslscope (process " + ProcessHandle.current().pid() + ")"), said);
            writer.commit(Checkpoint.NONE);
        }
    }
}
