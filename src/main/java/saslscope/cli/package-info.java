/**
 * The command line: arguments become a plan, the plan is run, its answer is an exit code.
 *
 * <p>In: what was typed, the settings files, the environment. Out: text on the two output streams and an exit code. The
 * only place that knows picocli, the process's streams and {@code System.exit}. Nothing else may know this package.
 * Command classes hold options only; what these mean is resolved and checked before any log is opened.
 */
package saslscope.cli;
