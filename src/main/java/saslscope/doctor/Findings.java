package saslscope.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import saslscope.definition.DefinitionException;
import saslscope.definition.Nearest;
import saslscope.definition.Problems;
import saslscope.definition.Text;
import saslscope.definition.YamlFile;
import saslscope.definition.YamlList;
import saslscope.definition.YamlMap;
import saslscope.definition.YamlNode;
import saslscope.diagnosis.Cause;
import saslscope.diagnosis.Causes;

/** The definitions of findings, from {@code doctor.yaml}: which facts make one, what it means, what to do. */
public final class Findings {
    /** The file's name in a definition folder. */
    public static final String FILE = "doctor.yaml";
    private static final Pattern WORD = Pattern.compile("\\{([a-z]+)\\}");

    private final List<Definition> definitions;

    private Findings(List<Definition> definitions) {
        this.definitions = List.copyOf(definitions);
    }

    /**
     * A definition.
     *
     * @param when    facts and their values; the first one gives the place
     * @param text    with {@code {words}} of the facts
     * @param remedies as {@link Finding#remedies()}
     */
    private record Definition(String id, Map<String, Set<String>> when, Finding.Status status, String cause, String text, Map<String, String> remedies) {
    }

    /**
     * Reads the file of each folder that has one; a same-named finding of a later folder replaces an earlier one.
     *
     * @throws DefinitionException with everything that is wrong
     */
    public static Findings load(List<Path> folders, Causes causes) throws DefinitionException {
        Problems problems = new Problems();
        Map<String, Definition> all = new LinkedHashMap<>();
        for (Path folder : folders) {
            Path file = folder.resolve(FILE);
            if (Files.exists(file)) {
                YamlFile.readAny(file, problems).ifPresent(root -> read(root, causes, problems, all));
            }
        }
        problems.throwIfFatal();
        return new Findings(new ArrayList<>(all.values()));
    }

    private static void read(YamlNode root, Causes causes, Problems problems, Map<String, Definition> all) {
        if (!(root instanceof YamlList list)) {
            problems.error(root.at(), "the file must hold a list of findings", "begin each with '- finding: NAME'");
            return;
        }
        for (YamlNode node : list.items()) {
            if (!(node instanceof YamlMap m)) {
                problems.error(node.at(), "a finding must be a map", "begin each with '- finding: NAME'");
                continue;
            }
            m.allow("finding", "when", "status", "cause", "text", "remedy", "source");
            Map<String, Set<String>> when = new LinkedHashMap<>();
            YamlMap facts = m.map("when");
            for (YamlMap.Entry e : facts.entries()) {
                if (!e.key().value().startsWith("host.")) {
                    problems.error(e.key(), "there is no fact '" + e.key().value() + "' here", "facts about a host begin with 'host.'");
                }
                Set<String> values = new LinkedHashSet<>();
                facts.texts(e.key().value()).forEach(t -> values.add(t.value()));
                when.put(e.key().value(), values);
            }
            Finding.Status status = status(m.located("status"), problems);
            String cause = m.text("cause", null);
            if (cause != null && causes.get(cause).isEmpty()) {
                problems.error(m.located("cause"), "there is no cause '" + cause + "'", Nearest.help(cause, causes.all().stream().map(Cause::code).toList()));
            }
            m.text("source");
            all.put(m.text("finding"), new Definition(m.text("finding"), when, status, cause, m.text("text").strip(), remedies(m, status, cause, causes)));
        }
    }

    private static Finding.Status status(Text text, Problems problems) {
        for (Finding.Status s : Finding.Status.values()) {
            if (s.word().equals(text.value())) {
                return s;
            }
        }
        problems.error(text, "unknown status '" + text.value() + "'", "one of faulty, could-not-look, fine");
        return Finding.Status.FINE;
    }

    /** Its own, else those of the cause. */
    private static Map<String, String> remedies(YamlMap m, Finding.Status status, String cause, Causes causes) {
        Map<String, String> remedies = new LinkedHashMap<>();
        if (m.has("remedy")) {
            YamlMap own = m.map("remedy").allow("debian", "rhel", "freebsd");
            own.text("debian");
            own.keys().forEach(k -> remedies.put(k, own.text(k).strip()));
        } else if (status == Finding.Status.FAULTY && cause != null) {
            causes.get(cause).ifPresent(c -> List.of("debian", "rhel", "freebsd").forEach(p -> remedies.put(p, c.remedy(p))));
        }
        return Map.copyOf(remedies);
    }

    /** What the facts make: what is faulty first, then what could not be looked at. */
    List<Finding> of(List<Subject> subjects) {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (Definition d : definitions) {
            for (Subject s : subjects) {
                for (List<Noted> match : matches(d, s)) {
                    add(found, d, s, match);
                }
            }
        }
        List<Finding> sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparing(Finding::status));
        return List.copyOf(sorted);
    }

    /** One for each value of the first fact that fits, if the other facts hold, too. */
    private static List<List<Noted>> matches(Definition d, Subject s) {
        List<Noted> rest = new ArrayList<>();
        List<Noted> first = List.of();
        boolean begun = false;
        for (Map.Entry<String, Set<String>> w : d.when.entrySet()) {
            List<Noted> fits = s.notes().stream().filter(n -> n.fact().equals(w.getKey()) && w.getValue().contains(n.value())
                || n.fact().equals(w.getKey()) && w.getValue().contains("*")).toList();
            if (fits.isEmpty()) {
                return List.of();
            }
            if (begun) {
                rest.add(fits.getFirst());
            } else {
                first = fits;
            }
            begun = true;
        }
        return first.stream().map(n -> {
            List<Noted> all = new ArrayList<>(List.of(n));
            all.addAll(rest);
            return all;
        }).toList();
    }

    private static void add(Map<String, Finding> found, Definition d, Subject s, List<Noted> match) {
        Map<String, String> words = new LinkedHashMap<>();
        match.forEach(n -> n.words().forEach(words::putIfAbsent));
        String text = filled(d.text, words);
        String place = match.getFirst().place();
        Map<String, String> remedies = new LinkedHashMap<>();
        d.remedies.forEach((p, r) -> remedies.put(p, filled(r, words)));
        String key = d.id + "\n" + text + "\n" + (s.service() == null ? place : "");
        Finding before = found.get(key);
        List<String> services = new ArrayList<>(before == null ? List.of() : before.services());
        if (s.service() != null && !services.contains(s.name())) {
            services.add(s.name());
        }
        found.put(key, new Finding(d.id, d.status, d.cause, before == null ? place : before.place(), List.copyOf(services), text, remedies));
    }

    /** Puts in the words; a brace that is none of them stays. */
    private static String filled(String text, Map<String, String> words) {
        Matcher m = WORD.matcher(text);
        StringBuilder b = new StringBuilder();
        while (m.find()) {
            m.appendReplacement(b, Matcher.quoteReplacement(words.getOrDefault(m.group(1), m.group())));
        }
        return m.appendTail(b).toString().replaceAll("\\s+", " ");
    }
}
