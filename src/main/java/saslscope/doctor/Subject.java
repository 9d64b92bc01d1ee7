package saslscope.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What was seen of one service, or of the host as a whole. */
final class Subject {
    private final String name;
    private final Service service;
    private final List<Noted> notes = new ArrayList<>();

    /**
     * @param service null for the host
     */
    Subject(String name, Service service) {
        this.name = name;
        this.service = service;
    }

    String name() {
        return name;
    }

    Service service() {
        return service;
    }

    List<Noted> notes() {
        return notes;
    }

    /** Adds one; {@code words} alternate name and text. */
    void note(String fact, String value, String place, String... words) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            map.put(words[i], words[i + 1]);
        }
        notes.add(new Noted("host." + fact, value, place, map));
    }

    boolean has(String fact, String... values) {
        Set<String> wanted = Set.of(values);
        return notes.stream().anyMatch(n -> n.fact().equals("host." + fact) && wanted.contains(n.value()));
    }

    /** The values of a fact. */
    Set<String> values(String fact) {
        return notes.stream().filter(n -> n.fact().equals("host." + fact)).map(Noted::value).collect(Collectors.toCollection(TreeSet::new));
    }
}
