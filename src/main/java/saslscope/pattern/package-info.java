/**
 * What a syslog message means, by patterns that people can read and extend.
 *
 * <p>In: {@link saslscope.syslog.SyslogRecord}s, and pattern files (grok lines with programs, an event and samples). Out: a
 * {@link saslscope.pattern.Match} with named fields, or the word that the message is irrelevant or unrecognised; also the
 * needles by which a block scan can skip most lines unseen. Secrets end here: what leaves this package is masked.
 *
 * <p>It knows nothing of sessions, attempts or causes, and keeps no state between messages, but for
 * {@link saslscope.pattern.Dialogues} and {@link saslscope.pattern.Transcript}, which must follow a login dialogue to tell a name from a password.
 */
package saslscope.pattern;
