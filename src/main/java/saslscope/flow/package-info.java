/**
 * Drives the stages and feeds the sinks.
 *
 * <p>In: streams of lines. Out: calls to {@link saslscope.flow.Sink}. Merges logs by time, keeps the
 * {@link saslscope.flow.Ledger}, knows how far each log was read and from where a restart must read again. Knows nothing
 * of what sinks do.
 */
package saslscope.flow;
