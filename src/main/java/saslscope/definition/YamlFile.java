package saslscope.definition;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one YAML file into nodes that know where they stand. One document a file; anchors and aliases are refused. */
public final class YamlFile {
    private final Path file;
    private final Problems problems;
    private final List<String> lines;

    private YamlFile(Path file, Problems problems, List<String> lines) {
        this.file = file;
        this.problems = problems;
        this.lines = lines;
    }

    /**
     * Reads a file that must hold a map.
     *
     * @throws DefinitionException if it can't be read, is no YAML or holds something else
     */
    public static YamlMap read(Path path) throws DefinitionException {
        Problems problems = new Problems();
        Optional<YamlNode> root = readAny(path, problems);
        problems.throwIfFatal();
        if (root.isPresent() && root.get() instanceof YamlMap map) {
            return map;
        }
        problems.error(Location.of(path), "the file must hold 'name: value' lines", "");
        throw new DefinitionException(problems.list(), 0);
    }

    /** Reads a file that must hold a map; empty if it could not, and {@code problems} says why. */
    public static Optional<YamlMap> read(Path path, Problems problems) {
        Optional<YamlNode> root = readAny(path, problems);
        if (root.isPresent() && !(root.get() instanceof YamlMap)) {
            problems.error(root.get().at(), "the file must hold 'name: value' lines", "");
        }
        return root.map(n -> n instanceof YamlMap map ? map : null);
    }

    /** Reads a file with any node at its root; empty if it could not, and {@code problems} says why. */
    public static Optional<YamlNode> readAny(Path path, Problems problems) {
        String text;
        try {
            text = TextFile.read(path);
        } catch (IOException e) {
            problems.error(Location.of(path), TextFile.reason(e), "");
            return Optional.empty();
        }
        YamlFile reader = new YamlFile(path, problems, text.lines().toList());
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).setLabel(path.toString())
            .setMaxAliasesForCollections(0).build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.error(Location.of(path), "the file is empty", "");
            }
            return root.map(reader::convert);
        } catch (MarkedYamlEngineException e) {
            problems.error(reader.location(e.getProblemMark()), sentence(e.getProblem()), sentence(e.getContext()));
        } catch (YamlEngineException e) {
            problems.error(Location.of(path), "not YAML: " + e.getMessage().lines().findFirst().orElse(""), "");
        } catch (IndexOutOfBoundsException e) {
            // The reader's own fault: it stumbles over a character of two units at the end of its buffer.
            problems.error(Location.of(path), "not readable as YAML", "a file of plain ASCII is");
        }
        return Optional.empty();
    }

    private static String sentence(String text) {
        return text == null ? "" : text.strip();
    }

    private Location location(Optional<Mark> mark) {
        if (mark.isEmpty()) {
            return Location.of(file);
        }
        int line = mark.get().getLine();
        return new Location(file, line + 1, mark.get().getColumn() + 1, line < lines.size() ? lines.get(line) : "");
    }

    private YamlNode convert(Node node) {
        Location at = location(node.getStartMark());
        if (node.getAnchor().isPresent()) {
            problems.error(at, "anchors and aliases are not used here", "write the value out");
        }
        if (node instanceof ScalarNode scalar) {
            return new YamlText(new Text(scalar.getValue(), at));
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item));
            }
            return new YamlList(List.copyOf(items), at);
        }
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.error(location(tuple.getKeyNode().getStartMark()), "a key must be a plain word", "");
                continue;
            }
            Text key = new Text(keyNode.getValue(), location(keyNode.getStartMark()));
            if (entries.put(key.value(), new YamlMap.Entry(key, convert(tuple.getValueNode()))) != null) {
                problems.error(key, "'" + key.value() + "' stands here twice", "keep one of them");
            }
        }
        return new YamlMap(entries, at, problems);
    }
}
