package saslscope.definition;

import java.util.List;

/**
 * A list.
 *
 * @param items its items
 * @param at    its first character
 */
public record YamlList(List<YamlNode> items, Location at) implements YamlNode {
}
