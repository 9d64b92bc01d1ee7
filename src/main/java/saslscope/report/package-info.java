/**
 * One HTML file that tells what was wrong, to be opened offline, printed or mailed.
 *
 * <p>In: attempts and incidents as flat documents ({@link saslscope.flow.Fields}, {@link saslscope.flow.IncidentFields}), in any order. Out: a page
 * without scripts, without anything to load, plots as inline SVG. All text from the log is escaped here. Memory is bounded whatever comes in.
 *
 * <p>It knows nothing of the store the documents come from, nor of files.
 */
package saslscope.report;
