package saslscope.pattern;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saslscope.definition.Block;
import saslscope.definition.BlockFile;
import saslscope.definition.DefinitionFolder;
import saslscope.definition.Problems;

/** Reads pattern folders, resolves and compiles. */
final class Loader {
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private final Map<String, Node> resolved = new HashMap<>();
    private final List<Pattern> running = new ArrayList<>();

    private Loader() {
    }

    static Loader load(List<Path> folders, Problems problems) {
        Loader loader = new Loader();
        for (Path folder : folders) {
            loader.read(folder, problems);
        }
        if (!problems.fatal()) {
            loader.compile(problems);
        }
        return loader;
    }

    private void read(Path folder, Problems problems) {
        DefinitionReader reader = new DefinitionReader(problems);
        Map<String, Block> own = new HashMap<>();
        for (Path file : DefinitionFolder.files(folder, ".grok", problems)) {
            for (Block block : BlockFile.read(file, problems)) {
                Block twin = own.put(block.name().value(), block);
                if (twin != null) {
                    problems.error(block.name(), "'" + block.name().value() + "' is defined twice; first at " + twin.name().at(),
                        "rename one of them; only a later folder replaces patterns of an earlier one");
                }
                reader.read(block).ifPresent(d -> definitions.put(d.id(), d));
            }
        }
    }

    private void compile(Problems problems) {
        Bank bank = new Bank(definitions.values(), problems);
        Laws laws = new Laws(problems);
        for (Definition d : definitions.values()) {
            Node node = bank.resolve(d);
            resolved.put(d.id(), node);
            if (!Nodes.looksBackABit(node)) {
                problems.error(d.text(), "looks back over an unlimited number of characters", "use {least,most} inside (?<=...)");
            }
            if (d.runs()) {
                Pattern pattern = new Pattern(d, node, Nodes.fields(node));
                running.add(pattern);
                laws.check(d, node, pattern.fields());
            } else {
                laws.checkPart(d);
            }
        }
    }

    /** Those that are run against messages, in the order of definition. */
    List<Pattern> running() {
        return List.copyOf(running);
    }

    void advise(Problems problems) {
        Laws laws = new Laws(problems);
        definitions.values().forEach(d -> laws.advise(d, resolved.get(d.id())));
    }

    List<PatternInfo> infos() {
        Map<String, PatternInfo> infos = new LinkedHashMap<>();
        for (Definition d : definitions.values()) {
            infos.put(d.id(), new PatternInfo(d.id(), List.of(), d.event(), "", d.from(), d.because(), d.at(), d.samples().size(),
                PatternInfo.Matcher.NONE));
        }
        running.forEach(p -> infos.put(p.id(), p.info()));
        return List.copyOf(infos.values());
    }
}
