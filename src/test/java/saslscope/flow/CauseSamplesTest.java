package saslscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import saslscope.definition.DefinitionException;
import saslscope.diagnosis.Ambiguity;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Cause;
import saslscope.diagnosis.Certainty;
import saslscope.diagnosis.Diagnosis;
import saslscope.incident.DiagnosedAttempt;

/** Runs the log excerpts of the cause files through the whole pipeline. */
class CauseSamplesTest {
    @TestFactory
    Stream<DynamicTest> everySampleEndsWhereItsFileSays() throws DefinitionException {
        return Run.builtIn().causes().all().stream().flatMap(c -> c.samples().stream()
            .map(s -> dynamicTest(c.file().getFileName() + ":" + s.line(), () -> check(s))));
    }

    private static void check(Cause.Sample s) throws DefinitionException {
        List<DiagnosedAttempt> failures = Run.of(s.log()).failures();
        assertFalse(failures.isEmpty(), "no failed attempt in\n" + s.log());
        Diagnosis d = failures.getLast().diagnosis();
        String said = d.candidates().toString();
        assertEquals(s.cause(), d.cause(), said);
        assertEquals(s.certainty(), d.certainty(), said);
        if (s.candidates() != null) {
            assertEquals(s.candidates(), d.candidates().stream().map(Candidate::cause).toList(), said);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCauseHasASampleThatNamesItAndOneThatEndsElsewhere() throws DefinitionException {
        return Run.builtIn().causes().all().stream().map(c -> dynamicTest(c.code(), () -> {
            boolean named = false;
            for (Cause.Sample s : c.samples()) {
                named |= Run.of(s.log()).failures().getLast().diagnosis().candidates().stream().anyMatch(x -> x.cause().equals(c.code()));
            }
            assertTrue(named, "no sample has it among its candidates");
            assertTrue(c.samples().stream().anyMatch(s -> !c.code().equals(s.cause())), "no sample ends elsewhere");
        }));
    }

    @TestFactory
    Stream<DynamicTest> whereCausesWriteTheSameBytesTheLogAloneDeterminesNothing() throws DefinitionException {
        return Run.builtIn().causes().ambiguities().stream().filter(a -> a.log() != null)
            .map(a -> dynamicTest(a.group(), () -> undetermined(a)));
    }

    private static void undetermined(Ambiguity a) throws DefinitionException {
        List<DiagnosedAttempt> failures = Run.of(a.log()).failures();
        assertFalse(failures.isEmpty(), "no failed attempt in\n" + a.log());
        Diagnosis d = failures.getLast().diagnosis();
        assertNotEquals(Certainty.DETERMINED, d.certainty(), d.candidates()::toString);
        assertNotEquals(Certainty.UNKNOWN, d.certainty(), "no cause allows these lines");
    }
}
