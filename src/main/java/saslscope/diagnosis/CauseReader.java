package saslscope.diagnosis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import saslscope.definition.DefinitionException;
import saslscope.definition.Nearest;
import saslscope.definition.Problems;
import saslscope.definition.Text;
import saslscope.definition.YamlList;
import saslscope.definition.YamlMap;
import saslscope.definition.YamlNode;
import saslscope.pattern.Field;

/** Reads cause files and checks their laws. */
final class CauseReader {
    private static final List<String> KINDS = List.of("credentials", "configuration", "outage", "client", "policy", "relay");
    static final List<String> FACTS = Stream.of(Stream.of("line", "without", "ended", "direction", "action", "reason", "mechanism",
        "mechanism.kind", "user.form", "user.shape", "server", "service.kind", "service.type", "starttls", "helper", "saslauthd",
        "saslauthd.user", "sasl.detail", "started"),
        History.FACTS.stream().sorted(), Hindsight.FACTS.stream().sorted()).flatMap(s -> s).toList();
    /** Families of facts whose last part is a name from the log or from elsewhere. */
    static final List<String> FAMILIES = List.of("auxprop.", "host.");

    private final Problems problems;
    private final Set<String> patterns;
    private final Map<String, Cause> causes = new TreeMap<>();
    private final Map<String, Causes.Judge> judges = new TreeMap<>();
    private final Map<String, Ambiguity> ambiguities = new LinkedHashMap<>();
    /** Where a group's check makes sense, by the group's name. */
    private final Map<String, Condition> settings = new LinkedHashMap<>();
    private final Map<String, List<Text>> mentioned = new LinkedHashMap<>();

    CauseReader(Set<String> patterns, Problems problems) {
        this.patterns = patterns;
        this.problems = problems;
    }

    Causes read(CauseFiles files) throws DefinitionException {
        files.causes().forEach(this::cause);
        files.groups().forEach(this::groups);
        mentioned.forEach((code, places) -> {
            if (!causes.containsKey(code)) {
                places.forEach(at -> problems.error(at, "there is no cause '" + code + "'", Nearest.help(code, List.copyOf(causes.keySet()))));
            }
        });
        problems.throwIfFatal();
        return new Causes(causes, List.copyOf(judges.values()), List.copyOf(ambiguities.values()), settings);
    }

    private void cause(Path file, YamlMap map) {
        YamlMap m = map.allow("title", "kind", "rank", "summary", "proves", "suggests", "allows", "leans", "doubts", "excludes",
            "confused_with", "decides", "remedy", "samples");
        String name = file.getFileName().toString();
        String code = name.substring(0, name.length() - ".yaml".length());
        String kind = m.text("kind");
        if (!kind.isEmpty() && !KINDS.contains(kind)) {
            problems.error(m.located("kind"), "unknown kind '" + kind + "'", Nearest.help(kind, KINDS));
        }
        YamlMap decides = m.map("decides").allow("tool", "hand");
        YamlMap remedy = m.map("remedy").allow("debian", "rhel", "freebsd");
        Map<String, String> remedies = new LinkedHashMap<>();
        for (String platform : List.of("debian", "rhel", "freebsd")) {
            remedies.put(platform, remedy.text(platform).strip());
        }
        List<String> confused = codes(m, "confused_with");
        List<Cause.RuleText> texts = new ArrayList<>();
        List<Rule> proves = rules(m, "proves", texts);
        List<Rule> suggests = rules(m, "suggests", texts);
        List<Rule> allows = rules(m, "allows", texts);
        List<Rule> leans = rules(m, "leans", texts);
        List<Rule> doubts = rules(m, "doubts", texts);
        List<Rule> excludes = rules(m, "excludes", texts);
        if (proves.isEmpty() && suggests.isEmpty() && allows.isEmpty()) {
            problems.error(m.at(), "nothing can lead to this cause", "add an entry under 'proves', 'suggests' or 'allows'");
        }
        Cause c = new Cause(code, m.text("title").strip(), kind, m.number("rank"), m.text("summary").strip(), List.copyOf(texts),
            confused, decides.text("hand").strip(), decides.text("tool", null), Map.copyOf(remedies), samples(m), file);
        causes.put(code, c);
        judges.put(code, new Causes.Judge(c, proves, suggests, allows, leans, doubts, excludes));
    }

    private List<Rule> rules(YamlMap m, String effect, List<Cause.RuleText> texts) {
        List<Rule> rules = new ArrayList<>();
        for (YamlMap r : m.maps(effect)) {
            r.allow("when", "because", "source");
            Map<String, List<String>> shown = new LinkedHashMap<>();
            Condition when = when(r.map("when"), shown);
            if (shown.isEmpty()) {
                problems.error(r.at(), "a rule without facts holds always", "write what must be so under 'when'");
            }
            String because = r.text("because").strip().replaceAll("\\s+", " ");
            String source = r.text("source", null);
            rules.add(new Rule(when, because, source));
            texts.add(new Cause.RuleText(effect, shown, because, source));
        }
        return List.copyOf(rules);
    }

    private Condition when(YamlMap when, Map<String, List<String>> shown) {
        Map<String, Set<String>> facts = new LinkedHashMap<>();
        for (YamlMap.Entry e : when.entries()) {
            List<String> values = when.texts(e.key().value()).stream().map(Text::value).toList();
            fact(when, e.key());
            facts.put(e.key().value(), Set.copyOf(new LinkedHashSet<>(values)));
            shown.put(e.key().value(), values);
        }
        return Condition.of(facts);
    }

    private void fact(YamlMap when, Text key) {
        String name = key.value();
        boolean line = when.has("line");
        boolean known = FACTS.contains(name) || FAMILIES.stream().anyMatch(name::startsWith)
            || line && Field.of(name).isPresent();
        if (!known) {
            List<String> all = new ArrayList<>(FACTS);
            if (line) {
                for (Field f : Field.values()) {
                    all.add(f.text());
                }
            }
            problems.error(key, "there is no fact '" + name + "'", Nearest.help(name, all));
        }
        if (name.equals("line") || name.equals("without") || name.equals("started")) {
            for (Text p : when.texts(name)) {
                if (!patterns.contains(p.value())) {
                    problems.error(p, "there is no pattern '" + p.value() + "'", Nearest.help(p.value(), List.copyOf(patterns)));
                }
            }
        }
    }

    private List<Cause.Sample> samples(YamlMap m) {
        List<Cause.Sample> samples = new ArrayList<>();
        for (YamlMap s : m.maps("samples")) {
            s.allow("log", "ends");
            YamlMap ends = s.map("ends").allow("cause", "certainty", "candidates");
            String cause = ends.text("cause", null);
            if (cause != null) {
                mention(ends.located("cause"));
            }
            samples.add(new Cause.Sample(s.text("log"), s.at("log").line(), cause, certainty(ends),
                ends.has("candidates") ? codes(ends, "candidates") : null));
        }
        if (samples.isEmpty()) {
            problems.error(m.at(), "a cause without samples can't be tested", "add a log excerpt under 'samples'");
        }
        return List.copyOf(samples);
    }

    private Certainty certainty(YamlMap ends) {
        Text t = ends.located("certainty");
        for (Certainty c : Certainty.values()) {
            if (c.name().toLowerCase(Locale.ROOT).equals(t.value())) {
                return c;
            }
        }
        problems.error(t, "unknown certainty '" + t.value() + "'", "one of determined, likely, ambiguous, unknown");
        return Certainty.UNKNOWN;
    }

    private List<String> codes(YamlMap m, String key) {
        List<String> codes = new ArrayList<>();
        for (Text t : m.texts(key)) {
            mention(t);
            codes.add(t.value());
        }
        return List.copyOf(codes);
    }

    private void mention(Text code) {
        mentioned.computeIfAbsent(code.value(), k -> new ArrayList<>()).add(code);
    }

    private void groups(YamlNode root) {
        if (!(root instanceof YamlList list)) {
            problems.error(root.at(), "the file must hold a list of groups", "begin each with '- group: NAME'");
            return;
        }
        for (YamlNode item : list.items()) {
            if (!(item instanceof YamlMap g)) {
                problems.error(item.at(), "a group must be a map", "begin each with '- group: NAME'");
                continue;
            }
            g.allow("group", "when", "causes", "check", "because", "log", "never_determined");
            String name = g.text("group");
            if (g.has("when")) {
                settings.put(name, when(g.map("when"), new LinkedHashMap<>()));
            }
            ambiguities.put(name, new Ambiguity(name, new LinkedHashSet<>(codes(g, "causes")), g.text("check").strip(),
                g.text("log", null), g.at().line()));
        }
    }
}
