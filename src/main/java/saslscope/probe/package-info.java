/**
 * One SMTP AUTH dialogue with one server, as a mail client leads it, up to the answer to AUTH; no mail is sent.
 *
 * <p>In: the target and a login. Out: a {@link saslscope.probe.Trial}: every step said and heard with secrets masked,
 * the stage it ended in, and why. Knows nothing of logs, causes or the terminal. What the server says is hostile until
 * it is shown: lengths and times are bounded here, escaping is for whoever shows it.
 */
package saslscope.probe;
