package saslscope.diagnosis;

import java.util.List;
import java.util.Set;

/**
 * Causes that write the same bytes, and what tells them apart.
 *
 * @param group  its name in the definitions
 * @param causes codes
 * @param check  the one check that splits them best
 * @param log    lines that all of them write; a log alone never determines one of them
 * @param line   where the group stands in the file, 1-based
 */
public record Ambiguity(String group, Set<String> causes, String check, String log, int line) {
    /** Copies the codes. */
    public Ambiguity {
        causes = Set.copyOf(causes);
    }

    /** Whether it covers all that remains. */
    boolean covers(List<Candidate> remaining) {
        for (Candidate c : remaining) {
            if (!causes.contains(c.cause())) {
                return false;
            }
        }
        return true;
    }
}
