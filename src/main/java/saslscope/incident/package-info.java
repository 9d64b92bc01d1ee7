/**
 * Gathers failed attempts with one cause and one scope into incidents.
 *
 * <p>In: {@link saslscope.attempt.Attempt} with its {@link saslscope.diagnosis.Diagnosis}. Out:
 * {@link saslscope.incident.Incident}. The host's own faults are one incident for the host, trouble of a user is one for
 * the user, guessing is one for the client. Knows nothing of where incidents are shown or kept.
 */
package saslscope.incident;
