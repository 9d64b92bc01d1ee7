/**
 * Looks at a host's Postfix and SASL configuration as Postfix itself would.
 *
 * <p>In: a host's files and the answers of a few read-only commands ({@link saslscope.doctor.Root}), the finding
 * definitions in {@code patterns/doctor.yaml}. Out: {@link saslscope.doctor.Finding}s, and
 * {@link saslscope.diagnosis.HostFacts} for the diagnosis. It changes nothing on the host, starts nothing but the
 * commands in {@link saslscope.doctor.Command}, and knows nothing of logs beyond the attempt it is asked about.
 * Secrets in files are masked when a file is read ({@code Secrets}), so nothing later can show them.
 */
package saslscope.doctor;
