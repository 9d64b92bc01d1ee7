package saslscope.diagnosis;

import java.util.List;
import saslscope.attempt.Attempt;

/**
 * What was found out about an attempt, and what it says about earlier ones.
 *
 * @param diagnosis null for a success
 * @param past      what was known of its user and client
 * @param revised   earlier attempts that are understood better now
 */
public record Finding(Diagnosis diagnosis, Past past, List<Revised> revised) {
    /** An earlier attempt with its new diagnosis. */
    public record Revised(Attempt attempt, Diagnosis diagnosis) {
    }
}
