package saslscope.diagnosis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import saslscope.definition.DefinitionException;
import saslscope.definition.DefinitionFolder;
import saslscope.definition.Location;
import saslscope.definition.Problems;
import saslscope.definition.YamlFile;
import saslscope.definition.YamlMap;
import saslscope.definition.YamlNode;

/**
 * The files of causes, read as YAML and not yet understood. Reading them takes as long as loading the patterns that they
 * name: apart from each other, both can be done at the same time.
 */
public final class CauseFiles {
    private final Problems problems = new Problems();
    private final Map<Path, YamlMap> causes = new LinkedHashMap<>();
    private final List<YamlNode> groups = new ArrayList<>();

    private CauseFiles() {
    }

    /**
     * Reads {@code causes/*.yaml} and {@code ambiguities.yaml} of each folder. What is wrong with them is said by
     * {@link #causes(Set)}.
     *
     * @param folders definition folders; the first must hold causes
     */
    public static CauseFiles read(List<Path> folders) {
        CauseFiles files = new CauseFiles();
        for (Path folder : folders) {
            files.folder(folder, folder.equals(folders.getFirst()));
        }
        return files;
    }

    private void folder(Path folder, boolean first) {
        Path dir = folder.resolve("causes");
        if (Files.isDirectory(dir)) {
            for (Path file : DefinitionFolder.files(dir, ".yaml", problems)) {
                YamlFile.read(file, problems).ifPresent(map -> causes.put(file, map));
            }
        } else if (first) {
            problems.error(Location.of(dir), "there are no causes here", "the built-in definitions are missing: unpack or clone saslscope again");
        }
        Path ambiguities = folder.resolve("ambiguities.yaml");
        if (Files.exists(ambiguities)) {
            YamlFile.readAny(ambiguities, problems).ifPresent(groups::add);
        }
    }

    /**
     * The causes; a same-named file of a later folder replaces an earlier one.
     *
     * @param patterns names of the loaded patterns, which conditions may name
     * @throws DefinitionException with everything that is wrong
     */
    public Causes causes(Set<String> patterns) throws DefinitionException {
        return new CauseReader(patterns, problems).read(this);
    }

    Map<Path, YamlMap> causes() {
        return causes;
    }

    List<YamlNode> groups() {
        return groups;
    }
}
