package saslscope.pattern;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import saslscope.definition.DefinitionException;
import saslscope.syslog.SyslogRecord;

/** Makes patterns and records for tests. */
final class Patterns {
    private Patterns() {
    }

    static PatternSet builtIn() throws DefinitionException {
        return PatternSet.load(List.of(Path.of("patterns")));
    }

    static PatternSet of(Path folder, String grok) throws IOException, DefinitionException {
        Files.writeString(folder.resolve("test.grok"), grok);
        return PatternSet.load(List.of(folder));
    }

    /** A record whose text has something before and behind the message, as in a real line. */
    static SyslogRecord record(String tag, String message) {
        return record(tag, message.getBytes(StandardCharsets.UTF_8));
    }

    static SyslogRecord record(String tag, byte[] message) {
        byte[] text = new byte[message.length + 6];
        Arrays.fill(text, (byte) 'x');
        System.arraycopy(message, 0, text, 3, message.length);
        return new SyslogRecord(null, 0, ZoneOffset.UTC, "mail", tag, 1, text, 3, 3 + message.length, 1);
    }
}
