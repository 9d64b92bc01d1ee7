package saslscope.pattern;

import java.util.Map;
import saslscope.syslog.SyslogRecord;

/**
 * A message that a pattern with an event recognised.
 *
 * @param record  the message
 * @param pattern the name of the pattern
 * @param event   what it means
 * @param fields  captured fields by name ({@link Field}), in the order of the pattern; secrets are left out
 * @param text    the message with secrets masked; the only form of it that later stages may keep
 * @param said    its part in a login dialogue, for {@link Dialogues} alone; null if it has none
 */
public record Match(SyslogRecord record, String pattern, EventKind event, Map<String, String> fields, String text, Said said)
    implements Recognition {
}
