/**
 * Says why an attempt failed, and how sure that is.
 *
 * <p>In: {@link saslscope.attempt.Attempt}, facts about the host. Out: {@link saslscope.diagnosis.Diagnosis}. What proves,
 * suggests, allows and excludes a cause stands in its file under {@code patterns/causes/}; here is only the reasoning.
 * Where two causes write the same bytes, the log alone never yields {@code DETERMINED}.
 */
package saslscope.diagnosis;
