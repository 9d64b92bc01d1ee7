package saslscope.diagnosis;

import java.util.Map;
import java.util.Set;

/**
 * Facts that must all hold.
 *
 * @param facts name to allowed values; {@code *} allows any value. With {@code line}, keys that are names of captured
 *              fields must hold on that same line; {@code without} lists patterns that must not occur
 */
record Condition(Map<String, Set<String>> facts) {
}
