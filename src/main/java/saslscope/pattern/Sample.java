package saslscope.pattern;

import java.util.Map;
import saslscope.definition.Text;

/**
 * A message that a pattern must match, and every field that must come out.
 *
 * @param message  the message
 * @param expected values by field name
 */
record Sample(Text message, Map<String, Text> expected) {
}
