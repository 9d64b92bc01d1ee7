/**
 * Definition files, read with care for the person who wrote them.
 *
 * <p>In: files of patterns (grok lines with indented attributes) and of causes (YAML). Out: located blocks and nodes, where
 * every word knows its file, line and column, and a list of {@link saslscope.definition.Problem}s, each shown with the
 * line, a caret and a help line. All problems of a load are collected (up to a limit), not only the first.
 *
 * <p>It knows the two notations, not what is said in them: no event names, no fields, no facts. It depends on no other
 * package of saslscope.
 */
package saslscope.definition;
