package saslscope.pattern;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import saslscope.definition.DefinitionException;
import saslscope.definition.Problem;
import saslscope.syslog.SyslogRecord;

/** The loaded patterns. Immutable; may be used by several threads. */
public final class PatternSet {
    private PatternSet() {
    }

    /**
     * Loads every {@code *.grok} file of the folders. In a later folder a pattern replaces one of the same name.
     *
     * @throws DefinitionException if a folder or file can't be read or a definition breaks a law; shows all problems
     */
    public static PatternSet load(List<Path> folders) throws DefinitionException {
        return new PatternSet();
    }

    /** What the definitions make of a message. */
    public Recognition recognise(SyslogRecord record) {
        return new Recognition.Irrelevant(record);
    }

    /**
     * Byte strings such that every line that an event pattern or a keyword pattern can match contains at least one of them.
     */
    public List<byte[]> needles() {
        return List.of();
    }

    /** All patterns in the order of definition. */
    public List<PatternInfo> patterns() {
        return List.of();
    }

    /** Every law, with samples: errors and warnings; empty if all is well. */
    public List<Problem> check() {
        return List.of();
    }

    /**
     * Explains one message.
     *
     * @param tag the syslog tag; empty for any program
     */
    public Explanation explain(String tag, String message) {
        return new Explanation(Redactor.redact(message), Optional.empty(), List.of(), false);
    }

    /** How often a pattern was stopped because it ran too long, by name. */
    public Map<String, Long> stopped() {
        return Map.of();
    }
}
