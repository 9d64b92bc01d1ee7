/**
 * Writes documents as CSV or as JSON lines, and files whole or not at all.
 *
 * <p>In: documents, maps from the keys of the contract to strings, numbers, booleans, times and lists of these (for
 * candidates: lists of such maps). Out: text on the writer it was given. It does not know where documents come from, and
 * it changes what is written only so far that neither a spreadsheet nor a terminal nor a parser takes harm.
 */
package saslscope.export;
