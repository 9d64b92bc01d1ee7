package saslscope.diagnosis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import saslscope.definition.DefinitionException;

/** All causes that are known, and what is known of their ambiguities. Immutable. */
public final class Causes {
    private static final String UNKNOWN_CHECK =
        "No known cause fits these lines. Try the login with `smtpd -v` for this one client (debug_peer_list) and look at the dialogue.";

    private final Map<String, Cause> byCode;
    private final List<Judge> judges;
    private final Gate gate;
    private final List<Ambiguity> ambiguities;
    private final Map<String, Condition> settings;
    private final Map<String, Boolean> fields;

    /** @param settings what must hold where a group's check makes sense, by the group's name; none: anywhere */
    Causes(Map<String, Cause> byCode, List<Judge> judges, List<Ambiguity> ambiguities, Map<String, Condition> settings) {
        this.byCode = Map.copyOf(byCode);
        this.gate = new Gate(judges.stream().flatMap(Judge::rules).map(Rule::when).toList());
        this.judges = judges.stream().map(j -> j.behind(gate)).toList();
        this.ambiguities = List.copyOf(ambiguities);
        this.settings = Map.copyOf(settings);
        this.fields = Stream.concat(judges.stream()
            .flatMap(Judge::rules).map(Rule::when), settings.values().stream()).flatMap(c -> c.fields().stream())
            .collect(Collectors.toUnmodifiableMap(Condition.Wanted::name, w -> !w.values().equals(Set.of("*")), Boolean::logicalOr));
    }

    /** The captured fields that some rule looks at, and whether it looks at their values or only that they are there. */
    Map<String, Boolean> fields() {
        return fields;
    }

    /** A cause with its rules ready to be held against facts. */
    record Judge(Cause cause, List<Rule> proves, List<Rule> suggests, List<Rule> allows, List<Rule> leans,
                 List<Rule> doubts, List<Rule> excludes) {
        Stream<Rule> rules() {
            return Stream.of(proves, suggests, allows, leans, doubts, excludes).flatMap(List::stream);
        }

        Judge behind(Gate gate) {
            return new Judge(cause, behind(gate, proves), behind(gate, suggests), behind(gate, allows), behind(gate, leans),
                behind(gate, doubts), behind(gate, excludes));
        }

        private static List<Rule> behind(Gate gate, List<Rule> rules) {
            return rules.stream().map(r -> r.behind(gate)).toList();
        }
    }

    /** Tells which rules need no closer look. */
    Gate gate() {
        return gate;
    }

    /**
     * Reads {@code causes/*.yaml} and {@code ambiguities.yaml} of each folder; a same-named file of a later folder
     * replaces an earlier one.
     *
     * @param folders  definition folders; the first must hold causes
     * @param patterns names of the loaded patterns, which conditions may name
     * @throws DefinitionException with everything that is wrong
     */
    public static Causes load(List<Path> folders, Set<String> patterns) throws DefinitionException {
        return CauseFiles.read(folders).causes(patterns);
    }

    /** The cause of that code. */
    public Optional<Cause> get(String code) {
        return code == null ? Optional.empty() : Optional.ofNullable(byCode.get(code));
    }

    /** Whether every cause that remains is a fault of the host: nobody's name and password were looked at, or to no avail. */
    public boolean ownFault(Diagnosis d) {
        for (Candidate c : d.candidates()) {
            Cause x = get(c.cause()).orElse(null);
            if (x == null || !x.kind().equals("configuration") && !x.kind().equals("outage")) {
                return false;
            }
        }
        return !d.candidates().isEmpty();
    }

    /** All causes, by code. */
    public Collection<Cause> all() {
        return byCode.values().stream().sorted(Comparator.comparing(Cause::code)).toList();
    }

    /** Groups of causes that write the same bytes. */
    public List<Ambiguity> ambiguities() {
        return ambiguities;
    }

    List<Judge> judges() {
        return judges;
    }

    String unknownCheck() {
        return UNKNOWN_CHECK;
    }

    /** The check that splits what remains best: that of the smallest group that fits and covers it, else the leading cause's own. */
    String check(List<Candidate> remaining, Facts facts) {
        if (remaining.size() > 1) {
            Ambiguity smallest = null;
            for (Ambiguity a : ambiguities) {
                if ((smallest == null || a.causes().size() < smallest.causes().size()) && a.covers(remaining)
                    && (!settings.containsKey(a.group()) || facts.hold(settings.get(a.group()), new ArrayList<>()))) {
                    smallest = a;
                }
            }
            if (smallest != null) {
                return smallest.check();
            }
        }
        return remaining.getFirst().check();
    }
}
