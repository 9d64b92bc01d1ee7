/**
 * Reads the header of a log line: {@link saslscope.source.Line} comes in,
 * {@link saslscope.syslog.SyslogRecord} goes out, or null for a line without a header that can be read.
 *
 * <p>Knows how syslog daemons, journalctl, Postfix's own log writer and container runtimes lay out a line, how to
 * find the year and the zone of a stamp that has none, and how a repeated message is written. Does not know what any
 * message means, and takes nothing from inside a message: that text may be chosen by a stranger.
 */
package saslscope.syslog;
