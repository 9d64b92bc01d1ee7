package saslscope.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import saslscope.definition.DefinitionException;
import saslscope.diagnosis.Cause;
import saslscope.diagnosis.Causes;
import saslscope.pattern.PatternInfo;
import saslscope.pattern.PatternSet;

/** The loaded patterns and causes. */
record Definitions(PatternSet patterns, Causes causes) {

    /** Loads all folders; a same-named definition of a later one replaces an earlier one. */
    static Definitions load(List<Path> folders) throws DefinitionException {
        PatternSet patterns = PatternSet.load(folders);
        return new Definitions(patterns, Causes.load(folders,
            patterns.patterns().stream().map(PatternInfo::name).collect(Collectors.toSet())));
    }

    /** The title of a cause, or its code if it has none. */
    String title(String code) {
        return causes.get(code).map(Cause::title).orElse(code);
    }
}
