package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
