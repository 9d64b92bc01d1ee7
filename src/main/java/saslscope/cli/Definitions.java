package saslscope.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import saslscope.definition.DefinitionException;
import saslscope.diagnosis.Cause;
import saslscope.diagnosis.CauseFiles;
import saslscope.diagnosis.Causes;
import saslscope.pattern.PatternInfo;
import saslscope.pattern.PatternSet;

/**
 * The loaded patterns and causes.
 *
 * @param needles {@link PatternSet#needles()}
 */
record Definitions(PatternSet patterns, Causes causes, List<byte[]> needles) {

    /** Reads the definitions of some folders. */
    interface Loading {
        /** @throws DefinitionException if they have errors */
        Definitions load(List<Path> folders) throws DefinitionException;
    }

    /** Loads all folders; a same-named definition of a later one replaces an earlier one. */
    static Definitions load(List<Path> folders) throws DefinitionException {
        // Reading the causes takes about as long as loading the patterns, choosing needles as long as understanding the causes.
        CompletableFuture<PatternSet> loading = CompletableFuture.supplyAsync(() -> {
            try {
                return PatternSet.load(folders);
            } catch (DefinitionException e) {
                throw new CompletionException(e);
            }
        });
        CauseFiles files = CauseFiles.read(folders);
        PatternSet patterns;
        try {
            patterns = loading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof DefinitionException bad) {
                throw bad;
            }
            throw e;
        }
        CompletableFuture<List<byte[]>> needles = CompletableFuture.supplyAsync(patterns::needles);
        Causes causes = files.causes(patterns.patterns().stream().map(PatternInfo::name).collect(Collectors.toSet()));
        return new Definitions(patterns, causes, needles.join());
    }

    /** The title of a cause, or its code if it has none. */
    String title(String code) {
        return causes.get(code).map(Cause::title).orElse(code);
    }
}
