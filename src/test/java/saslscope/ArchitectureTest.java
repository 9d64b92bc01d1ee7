package saslscope;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the table of packages: data flows one way, and nothing calls back up. A package that is not in the table is an
 * error, so adding one means deciding what it may know.
 */
class ArchitectureTest {
    private static final List<String> SPINE =
        List.of("definition", "source", "syslog", "pattern", "event", "attempt", "diagnosis", "incident");

    /** What every package may use. */
    private static final String FOR_ALL = "bounded";

    /** What each package may use of ours. A stage also sees the types that its input's types are made of. */
    private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
        Map.entry(FOR_ALL, Set.of()),
        Map.entry("definition", Set.of()),
        Map.entry("source", Set.of()),
        Map.entry("syslog", Set.of("source")),
        Map.entry("pattern", Set.of("definition", "syslog", "source")),
        Map.entry("event", Set.of("pattern", "syslog", "source")),
        Map.entry("attempt", Set.of("event", "source")),
        Map.entry("diagnosis", Set.of("definition", "attempt", "event", "source")),
        Map.entry("incident", Set.of("diagnosis", "attempt", "event", "source")),
        Map.entry("flow", Set.copyOf(SPINE)),
        Map.entry("index", spineAnd("flow")),
        Map.entry("export", spineAnd("flow")),
        Map.entry("report", spineAnd("flow")),
        Map.entry("live", spineAnd("flow")),
        Map.entry("glossary", Set.of("definition")),
        Map.entry("redact", Set.of("definition", "pattern", "syslog", "source")),
        Map.entry("doctor", Set.of("definition", "diagnosis", "attempt", "event")),
        Map.entry("probe", Set.of()),
        Map.entry("cli", spineAnd("flow", "index", "export", "report", "live", "glossary", "redact", "doctor", "probe"))));

    /** The words that patterns, attempts and causes have in common: names of fields and events, nothing else. */
    private static final Set<String> VOCABULARY = Set.of("saslscope.pattern.Field", "saslscope.pattern.EventKind");
    private static final Set<String> READS_VOCABULARY = Set.of("attempt", "diagnosis", "incident");

    private static JavaClasses ours;

    @BeforeAll
    static void readClasses() {
        ours = new ClassFileImporter().importPath(Path.of("target/classes"));
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> unknown = new TreeSet<>();
        for (JavaClass c : ours) {
            if (!MAY_USE.containsKey(packageOf(c))) {
                unknown.add(c.getPackageName());
            }
        }
        assertEquals(Set.of(), unknown, "decide in MAY_USE what these packages may use");
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<String> silent = packagesInUse()
            .filter(p -> Files.notExists(Path.of("src/main/java/saslscope", p, "package-info.java"))).toList();
        assertEquals(List.of(), silent, "no package-info.java: what comes in, what goes out, what it may not know");
    }

    static Stream<String> packagesInUse() {
        return MAY_USE.keySet().stream().filter(p -> ours.stream().anyMatch(c -> packageOf(c).equals(p)));
    }

    @ParameterizedTest
    @MethodSource("packagesInUse")
    void usesOnlyWhatTheTableAllows(String name) {
        var allowed = DescribedPredicate.describe("allowed for " + name + ": " + MAY_USE.get(name), (JavaClass used) -> {
            JavaClass type = used.getBaseComponentType();
            return !type.getPackageName().startsWith("saslscope")
                || packageOf(type).equals(name)
                || packageOf(type).equals(FOR_ALL)
                || MAY_USE.get(name).contains(packageOf(type))
                || READS_VOCABULARY.contains(name) && VOCABULARY.contains(type.getName());
        });
        check(classes().that().resideInAPackage("saslscope." + name + "..").should().onlyDependOnClassesThat(allowed));
    }

    @Test
    void packagesFormNoCycle() {
        check(slices().matching("saslscope.(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyTheCommandLineTalksToTheTerminalAndParsesOptions() {
        var outside = noClasses().that(resideOutsideOfPackage("saslscope.cli.."));
        check(outside.should().accessField(System.class, "out"));
        check(outside.should().accessField(System.class, "err"));
        check(outside.should().accessField(System.class, "in"));
        check(outside.should().dependOnClassesThat(resideInAPackage("picocli..")));
    }

    @Test
    void onlyMainEndsTheProcess() {
        var others = noClasses().that().doNotHaveFullyQualifiedName("saslscope.cli.Main");
        check(others.should().callMethod(System.class, "exit", int.class));
        check(others.should().callMethod(Runtime.class, "exit", int.class));
        check(others.should().callMethod(Runtime.class, "halt", int.class));
    }

    @Test
    void nobodyLogs() {
        check(noClasses().should().dependOnClassesThat(resideInAPackage("java.util.logging..")));
        check(noClasses().should().dependOnClassesThat(resideInAPackage("org.slf4j..")));
        check(noClasses().should().callMethod(Throwable.class, "printStackTrace"));
    }

    @Test
    void nothingIsSharedAndChangeable() {
        check(fields().that().areStatic().should().beFinal());
    }

    @Test
    void namesSayWhatAThingIs() {
        check(noClasses().should().resideInAnyPackage("..util..", "..utils..", "..common..", "..model..", "..impl.."));
        check(noClasses().should().haveSimpleNameEndingWith("Manager"));
        check(noClasses().should().haveSimpleNameEndingWith("Util"));
        check(noClasses().should().haveSimpleNameEndingWith("Utils"));
        check(noClasses().should().haveSimpleNameEndingWith("Helper"));
        check(noClasses().should().haveSimpleNameEndingWith("Impl"));
    }

    private static void check(ArchRule rule) {
        rule.check(ours);
    }

    /** The first part of the package below {@code saslscope}. */
    private static String packageOf(JavaClass c) {
        String[] parts = c.getPackageName().split("\\.");
        return parts.length < 2 ? "" : parts[1];
    }

    private static Set<String> spineAnd(String... more) {
        Set<String> all = new TreeSet<>(SPINE);
        all.addAll(List.of(more));
        return all;
    }
}
