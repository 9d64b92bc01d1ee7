package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    @TempDir
    Path dir;

    @Test
    void readsThePartsOfALogOldestFirst() throws IOException {
        Files.writeString(dir.resolve("maillog"), "three\nfour\n");
        Files.writeString(dir.resolve("maillog.1"), "one\r\ntwo");
        List<Problem> problems = new ArrayList<>();
        List<Log> logs = Discovery.logs(List.of(dir.toString()), problems::add);
        assertEquals(1, logs.size());
        List<String> lines = new ArrayList<>();
        LogReader reader = LogReader.open(logs.getFirst(), null, LineSelector.ALL, Limits.STANDARD,
            InstantSource.system(), problems::add);
        for (Line line = reader.next(); line != null; line = reader.next()) {
            lines.add(line.number() + " " + line.offset() + " " + new String(line.bytes(), StandardCharsets.UTF_8));
        }
        assertEquals(List.of("1 0 one", "2 5 two", "1 0 three", "2 6 four"), lines);
        assertEquals(List.of(), problems);
        assertEquals(new LineStream.Tally(4, 19, 0, 19, 19), reader.tally());
    }
}
