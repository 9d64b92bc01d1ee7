package saslscope.diagnosis;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.Fuzz;
import saslscope.definition.DefinitionException;

/** Causes with errors in them. */
class CauseFuzzTest {
    @TempDir
    private Path folder;

    @Test
    void causesLoadOrAreRefusedInPlainWords() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of("patterns/causes"))) {
            files = all.sorted().toList();
        }
        Path mine = Files.createDirectory(folder.resolve("causes"));
        Fuzz.run(400, random -> {
            Path from = files.get(random.nextInt(files.size()));
            Path to = mine.resolve(from.getFileName());
            Files.write(to, Fuzz.mutated(random, Files.readAllBytes(from)));
            try {
                CauseFiles.read(List.of(folder)).causes(Set.of("SMTPD_SASL_AUTH_FAILED"));
            } catch (DefinitionException e) {
                assertFalse(e.problems().isEmpty());
            } finally {
                Files.delete(to);
            }
        });
    }
}
