package saslscope.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saslscope.source.LogFile;
import saslscope.source.Position;

/** A checkpoint as the user data of a Lucene commit, next to the version of the schema. */
final class Commits {
    private static final String VERSION = "saslscope.schema";
    private static final String POSITIONS = "saslscope.positions";
    private static final String STATE = "state.";

    private Commits() {
    }

    static Map<String, String> data(Checkpoint checkpoint) {
        List<Map<String, Object>> positions = new ArrayList<>();
        for (Position p : checkpoint.positions()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("path", p.file().path());
            one.put("fingerprint", p.file().fingerprint());
            one.put("offset", p.offset());
            one.put("number", p.number());
            positions.add(one);
        }
        Map<String, String> data = new HashMap<>();
        data.put(VERSION, Integer.toString(Schema.VERSION));
        data.put(POSITIONS, Json.write(Map.of("positions", positions)));
        checkpoint.state().forEach((k, v) -> data.put(STATE + k, v));
        return data;
    }

    /**
     * Reads a checkpoint.
     *
     * @throws IndexException if another version wrote it
     * @throws IOException    if it is damaged
     */
    static Checkpoint read(Path folder, Map<String, String> data) throws IOException {
        if (!Integer.toString(Schema.VERSION).equals(data.get(VERSION))) {
            throw Failures.version(folder, data.get(VERSION));
        }
        List<Position> positions = new ArrayList<>();
        if (Json.read(data.getOrDefault(POSITIONS, "{}")).get("positions") instanceof List<?> list) {
            for (Object o : list) {
                if (o instanceof Map<?, ?> m && m.get("path") instanceof String path && m.get("fingerprint") instanceof Long print
                    && m.get("offset") instanceof Long offset && m.get("number") instanceof Long number) {
                    positions.add(new Position(new LogFile(path, print), offset, number));
                }
            }
        }
        Map<String, String> state = new HashMap<>();
        data.forEach((k, v) -> {
            if (k.startsWith(STATE)) {
                state.put(k.substring(STATE.length()), v);
            }
        });
        return new Checkpoint(positions, state);
    }
}
