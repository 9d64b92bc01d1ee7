package saslscope.incident;

import saslscope.attempt.Attempt;
import saslscope.diagnosis.Diagnosis;

/**
 * An attempt, why it failed, and the incident it belongs to.
 *
 * @param diagnosis  null for a success
 * @param incidentId null for a success
 */
public record DiagnosedAttempt(Attempt attempt, Diagnosis diagnosis, String incidentId) {
}
