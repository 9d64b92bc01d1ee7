/**
 * The terminal view: incidents as they happen, folded repeats, and a summary.
 *
 * <p>In: attempts and incidents from {@link saslscope.flow}. Out: lines of text on the writer it was given, harmless for
 * any terminal. It knows neither where the lines come from, nor the index, nor the other sinks, nor which stream the
 * writer stands for.
 */
package saslscope.live;
