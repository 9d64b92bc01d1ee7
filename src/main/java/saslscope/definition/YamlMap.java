package saslscope.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A map. Accessors report what is missing or of the wrong shape to the file's {@link Problems} and return something empty, so
 * that a loader can go on and collect the rest; it must call {@link Problems#throwIfFatal} before it uses the result.
 */
public final class YamlMap implements YamlNode {
    /**
     * One entry.
     *
     * @param key   the key and its place
     * @param value the value
     */
    public record Entry(Text key, YamlNode value) {
    }

    private final Map<String, Entry> entries;
    private final Location at;
    private final Problems problems;

    YamlMap(Map<String, Entry> entries, Location at, Problems problems) {
        this.entries = entries;
        this.at = at;
        this.problems = problems;
    }

    @Override
    public Location at() {
        return at;
    }

    /** Where accessors report to. */
    public Problems problems() {
        return problems;
    }

    /** The entries in the order of the file. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** The keys in the order of the file. */
    public Set<String> keys() {
        return new LinkedHashMap<>(entries).sequencedKeySet();
    }

    /** True if the key is there. */
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The place of a key, or of the map if it is not there. */
    public Location at(String key) {
        Entry e = entries.get(key);
        return e == null ? at : e.key().at();
    }

    /** Reports every other key, with the known one that is nearest. */
    public YamlMap allow(String... known) {
        List<String> choices = List.of(known);
        for (Entry e : entries.values()) {
            if (!choices.contains(e.key().value())) {
                problems.error(e.key(), "unknown key '" + e.key().value() + "'", Nearest.help(e.key().value(), choices));
            }
        }
        return this;
    }

    /** The text under a key that must be there and not be blank; "" if it is not. */
    public String text(String key) {
        return located(key).value();
    }

    /** The same with its place. */
    public Text located(String key) {
        Entry e = required(key);
        if (e == null) {
            return new Text("", at);
        }
        Text text = asText(key, e.value());
        if (text.value().isBlank() && e.value() instanceof YamlText) {
            problems.error(e.key(), "'" + key + "' is empty", "write a value behind the colon");
        }
        return text;
    }

    /** The text under a key; {@code otherwise} if the key is not there. */
    public String text(String key, String otherwise) {
        Entry e = entries.get(key);
        return e == null ? otherwise : asText(key, e.value()).value();
    }

    /** The whole number under a key that must be there; 0 if it is not. */
    public int number(String key) {
        Text text = located(key);
        try {
            return text.value().isBlank() ? 0 : Integer.parseInt(text.value().strip());
        } catch (NumberFormatException e) {
            problems.error(text, "'" + key + "' must be a whole number", "");
            return 0;
        }
    }

    /** The items under a key; empty if the key is not there. A single value counts as a list of one. */
    public List<YamlNode> list(String key) {
        Entry e = entries.get(key);
        if (e == null) {
            return List.of();
        }
        return e.value() instanceof YamlList list ? list.items() : List.of(e.value());
    }

    /** The items under a key as maps; other items are reported and left out. */
    public List<YamlMap> maps(String key) {
        List<YamlMap> maps = new ArrayList<>();
        for (YamlNode item : list(key)) {
            if (item instanceof YamlMap map) {
                maps.add(map);
            } else {
                problems.error(item.at(), "'" + key + "' must be a list of maps", "write each item as '- key: value'");
            }
        }
        return maps;
    }

    /** The items under a key as texts; other items are reported and left out. A single text counts as a list of one. */
    public List<Text> texts(String key) {
        List<Text> texts = new ArrayList<>();
        for (YamlNode item : list(key)) {
            if (item instanceof YamlText text) {
                texts.add(text.text());
            } else {
                problems.error(item.at(), "'" + key + "' must be a text or a list of texts", "");
            }
        }
        return texts;
    }

    /** The map under a key that must be there; empty if it is not. */
    public YamlMap map(String key) {
        Entry e = required(key);
        if (e != null && e.value() instanceof YamlMap map) {
            return map;
        }
        if (e != null) {
            problems.error(e.key(), "'" + key + "' must be a map", "write 'name: value' lines below it, indented");
        }
        return new YamlMap(Map.of(), at, problems);
    }

    private Text asText(String key, YamlNode value) {
        if (value instanceof YamlText text) {
            return text.text();
        }
        problems.error(value.at(), "'" + key + "' must be a text", "");
        return new Text("", value.at());
    }

    private Entry required(String key) {
        Entry e = entries.get(key);
        if (e == null) {
            problems.error(at, "'" + key + "' is missing", "add a line '" + key + ": ...'");
        }
        return e;
    }
}
