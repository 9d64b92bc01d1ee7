package saslscope.definition;

import java.util.List;

/**
 * An indented line below a pattern, and the lines indented deeper below it.
 *
 * @param key      its first word
 * @param value    the rest of the line; empty if there is none
 * @param children the lines below it
 */
public record Attribute(Text key, Text value, List<Attribute> children) {
}
