package saslscope.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.attempt.Attempt;
import saslscope.attempt.Ending;
import saslscope.attempt.Outcome;
import saslscope.definition.DefinitionException;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;
import saslscope.source.LogFile;

class DiagnoserTest {
    @TempDir
    Path dir;

    @BeforeEach
    void folder() throws IOException {
        Files.createDirectory(dir.resolve("causes"));
    }

    private void cause(String code, int rank, String rules) throws IOException {
        Files.writeString(dir.resolve("causes").resolve(code + ".yaml"), """
            title: Title of %s
            kind: credentials
            rank: %d
            summary: s
            %s
            decides: {hand: check %s}
            remedy: {debian: apt, rhel: dnf, freebsd: pkg}
            samples:
              - log: x
                ends: {cause: %s, certainty: likely}
            """.formatted(code, rank, rules.strip(), code, code));
    }

    private static String rule(String effect, String when) {
        return effect + ":\n  - when: " + when + "\n    because: because of " + effect + "\n";
    }

    private Diagnosis diagnose(Origin... lines) throws DefinitionException {
        return diagnose(HostFacts.NONE, lines);
    }

    private Diagnosis diagnose(HostFacts host, Origin... lines) throws DefinitionException {
        Causes causes = Causes.load(List.of(dir), Set.of("DOWN", "VERDICT", "NOISE"));
        List<AuthEvent> events = new ArrayList<>();
        for (Origin o : lines) {
            events.add(new AuthEvent.Detail(o));
        }
        Attempt a = new Attempt("1", "sasl-auth", Outcome.FAILURE, Ending.REJECTED, false, null, "a@b", "a", "b", "PLAIN",
            "generic failure", lines[lines.length - 1], events, List.of(), List.of());
        return new Diagnoser(causes, host, new History(100), "freebsd").diagnose(a);
    }

    private static Origin line(String pattern, Map<String, String> fields) {
        return new Origin(0, ZoneOffset.UTC, "mail", "postfix/smtpd", 1, new LogFile("/var/log/maillog", 1), 10, 7, 1, pattern,
            fields, "text", 1, null);
    }

    private static final Origin VERDICT = line("VERDICT", Map.of());

    @Test
    void aProvenCauseIsDeterminedAndItsRivalsAreLeftOut() throws Exception {
        cause("down", 5, rule("proves", "{line: DOWN, error: Connection refused}"));
        cause("path", 1, rule("allows", "{line: DOWN}"));
        Diagnosis d = diagnose(line("DOWN", Map.of("error", "Connection refused")), VERDICT);
        assertEquals("down", d.cause());
        assertEquals(Certainty.DETERMINED, d.certainty());
        assertEquals(List.of("down"), d.candidates().stream().map(Candidate::cause).toList());
        assertEquals(List.of("because of proves (maillog:7)"), d.candidates().getFirst().evidence());
        assertNull(d.check());
        assertEquals("pkg", d.remedy());
    }

    @Test
    void fieldsMustHoldOnTheSameLine() throws Exception {
        cause("down", 5, rule("proves", "{line: DOWN, error: refused, path: /b}"));
        cause("any", 9, rule("allows", "{ended: rejected}"));
        Diagnosis d = diagnose(line("DOWN", Map.of("error", "refused", "path", "/a")), line("DOWN", Map.of("error", "x", "path", "/b")));
        assertEquals("any", d.cause());
    }

    @Test
    void twoProvenCausesAreAmbiguousAndBothProofsAreSaid() throws Exception {
        cause("one", 5, rule("proves", "{line: DOWN}"));
        cause("two", 1, rule("proves", "{line: VERDICT}"));
        cause("three", 1, rule("suggests", "{line: VERDICT}"));
        Diagnosis d = diagnose(line("DOWN", Map.of()), VERDICT);
        assertEquals(Certainty.AMBIGUOUS, d.certainty());
        assertEquals(List.of("two", "one"), codes(d));
        assertEquals("The lines show two causes at once: because of proves (maillog:7); and because of proves (maillog:7). "
            + "Either may have counted. check two", d.check());
        assertTrue(d.remedy().startsWith("If it is two: "), d.remedy());
    }

    @Test
    void aProofThatMeetsAnExclusionIsAContradictionAndDecidesNothing() throws Exception {
        cause("one", 5, rule("proves", "{line: DOWN}") + rule("excludes", "{line: NOISE}"));
        cause("two", 1, rule("proves", "{line: NOISE}"));
        Diagnosis d = diagnose(line("DOWN", Map.of()), line("NOISE", Map.of()), VERDICT);
        assertEquals(Certainty.AMBIGUOUS, d.certainty());
        assertEquals(List.of("two", "one"), codes(d));
        assertEquals(List.of("because of proves (maillog:7)", "but because of excludes (maillog:7)"), d.candidates().getLast().evidence());
        assertTrue(d.check().startsWith("The lines contradict each other: because of proves (maillog:7); yet because of excludes (maillog:7)."), d.check());
    }

    @Test
    void anExclusionThatMeetsNoProofRemovesTheCause() throws Exception {
        cause("one", 5, rule("suggests", "{line: DOWN}") + rule("excludes", "{line: NOISE}"));
        cause("two", 1, rule("proves", "{line: NOISE}"));
        Diagnosis d = diagnose(line("DOWN", Map.of()), line("NOISE", Map.of()), VERDICT);
        assertEquals(Certainty.DETERMINED, d.certainty());
        assertEquals(List.of("two"), codes(d));
    }

    @Test
    void aDoubtTakesTheCertaintyButNotTheCandidate() throws Exception {
        cause("down", 5, rule("proves", "{line: DOWN}") + rule("doubts", "{reason: generic failure}"));
        cause("other", 1, rule("allows", "{ended: rejected}"));
        Diagnosis d = diagnose(line("DOWN", Map.of()), VERDICT);
        assertEquals(Certainty.AMBIGUOUS, d.certainty());
        assertEquals(List.of("down", "other"), codes(d));
        assertEquals(Standing.SUPPORTED, d.candidates().getFirst().standing());
    }

    @Test
    void aDoubtfulCauseThatStandsAloneIsNotLikely() throws Exception {
        cause("down", 5, rule("proves", "{line: DOWN}") + rule("doubts", "{reason: generic failure}"));
        assertEquals(Certainty.AMBIGUOUS, diagnose(line("DOWN", Map.of()), VERDICT).certainty());
    }

    @Test
    void whatLeansToACauseOnlyPutsItBeforeItsEquals() throws Exception {
        cause("one", 1, rule("allows", "{ended: rejected}"));
        cause("two", 2, rule("allows", "{ended: rejected}") + rule("leans", "{line: NOISE}"));
        cause("never", 1, rule("leans", "{ended: rejected}") + rule("allows", "{line: DOWN}"));
        assertEquals(List.of("one", "two"), codes(diagnose(VERDICT)));
        Diagnosis d = diagnose(line("NOISE", Map.of()), VERDICT);
        assertEquals(List.of("two", "one"), codes(d));
        assertEquals(Certainty.AMBIGUOUS, d.certainty());
        assertEquals(List.of("because of allows (maillog:7)", "because of leans (maillog:7)"), d.candidates().getFirst().evidence());
    }

    private static List<String> codes(Diagnosis d) {
        return d.candidates().stream().map(Candidate::cause).toList();
    }

    @Test
    void oneSupportedAmongPossibleIsLikely() throws Exception {
        cause("one", 5, rule("suggests", "{mechanism.kind: plaintext}"));
        cause("two", 1, rule("allows", "{user.form: with-realm}"));
        Diagnosis d = diagnose(VERDICT);
        assertEquals(Certainty.LIKELY, d.certainty());
        assertEquals(List.of("one", "two"), d.candidates().stream().map(Candidate::cause).toList());
    }

    @Test
    void severalWithoutFavourAreAmbiguousInTheOrderOfTheirRank() throws Exception {
        cause("one", 5, rule("allows", "{reason: generic failure}"));
        cause("two", 1, rule("allows", "{reason: [other, generic failure]}"));
        Files.writeString(dir.resolve("ambiguities.yaml"), "- group: G\n  causes: [one, two]\n  check: look here\n");
        Diagnosis d = diagnose(VERDICT);
        assertEquals(Certainty.AMBIGUOUS, d.certainty());
        assertEquals("two", d.cause());
        assertEquals("look here", d.check());
        assertTrue(d.remedy().startsWith("If it is two: "), d.remedy());
    }

    @Test
    void aGroupGivesItsCheckOnlyWhereItMakesSense() throws Exception {
        cause("one", 5, rule("allows", "{ended: rejected}"));
        cause("two", 1, rule("allows", "{ended: rejected}"));
        Files.writeString(dir.resolve("ambiguities.yaml"), """
            - group: A
              when: {line: NOISE}
              causes: [one, two]
              check: ask the noise
            - group: B
              causes: [one, two, three]
              check: ask anybody
            """);
        cause("three", 9, rule("allows", "{line: DOWN}"));
        assertEquals("ask anybody", diagnose(VERDICT).check());
        assertEquals("ask the noise", diagnose(line("NOISE", Map.of()), VERDICT).check());
    }

    @Test
    void anExcludedCauseIsNoCandidate() throws Exception {
        cause("one", 1, rule("allows", "{ended: rejected}") + rule("excludes", "{line: NOISE}"));
        cause("two", 2, rule("allows", "{ended: rejected}"));
        assertEquals("two", diagnose(line("NOISE", Map.of()), VERDICT).cause());
    }

    @Test
    void absenceIsAFact() throws Exception {
        cause("one", 1, rule("allows", "{ended: rejected, without: [NOISE, DOWN]}"));
        assertEquals("one", diagnose(VERDICT).cause());
        assertEquals(Certainty.UNKNOWN, diagnose(line("NOISE", Map.of()), VERDICT).certainty());
    }

    @Test
    void hostFactsDecide() throws Exception {
        cause("one", 1, rule("allows", "{ended: rejected}"));
        cause("two", 2, rule("allows", "{ended: rejected}") + rule("proves", "{host.sasldb: absent}"));
        assertEquals("two", diagnose(a -> List.of(new Fact("host.sasldb", "absent", null)), VERDICT).cause());
    }

    @Test
    void everyFaultOfACauseFileIsReportedWithItsPlace() throws Exception {
        Files.writeString(dir.resolve("causes/bad.yaml"), """
            titel: x
            kind: configuraton
            rank: two
            summary: s
            proves:
              - when: {lin: DOWN}
                because: b
              - when: {line: DONW, eror: x}
                because: b
            confused_with: [nobody]
            decides: {hand: h}
            remedy: {debian: a, rhel: b}
            samples:
              - log: x
                ends: {cause: bad, certainty: sure}
            """);
        String text = assertThrows(DefinitionException.class, () -> diagnose(VERDICT)).getMessage();
        for (String part : List.of("bad.yaml:1:1: error: unknown key 'titel'", "title", "unknown kind 'configuraton'", "configuration",
            "'rank' must be a whole number", "there is no fact 'lin'", "there is no pattern 'DONW'", "DOWN", "there is no fact 'eror'",
            "there is no cause 'nobody'", "'freebsd' is missing", "unknown certainty 'sure'")) {
            assertTrue(text.contains(part), part + " not in\n" + text);
        }
    }

    @Test
    void aCauseWithoutWayToItIsRefused() throws Exception {
        cause("lonely", 1, rule("excludes", "{line: DOWN}"));
        String text = assertThrows(DefinitionException.class, () -> diagnose(VERDICT)).getMessage();
        assertTrue(text.contains("nothing can lead to this cause"), text);
    }

    @Test
    void aMissingFolderStopsTheLoad() throws Exception {
        Files.delete(dir.resolve("causes"));
        assertThrows(DefinitionException.class, () -> diagnose(VERDICT));
    }
}
