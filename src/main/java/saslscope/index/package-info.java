/**
 * Where attempts, events and incidents live between runs, and how they are found again.
 *
 * <p>In: documents as flat maps whose keys are those of the JSON that saslscope prints, and the positions read so far.
 * Out: the same maps, newest first; counts; the positions of the last commit.
 *
 * <p>Knows how documents are stored and what the query language means. May not know how a document came to be, nor how
 * it will be shown: no terminal, no CSV, no HTML.
 */
package saslscope.index;
