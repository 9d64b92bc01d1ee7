/**
 * What the words mean that people meet when a login fails: replies that mail clients show, and jargon.
 *
 * <p>In: the files {@code words/*.yaml} of the folders of definitions, and a text that somebody typed or pasted. Out: the
 * {@link saslscope.glossary.Word}s that speak of it, the best first. It knows nothing of logs, patterns and rules.
 */
package saslscope.glossary;
