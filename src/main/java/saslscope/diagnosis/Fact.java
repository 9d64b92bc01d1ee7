package saslscope.diagnosis;

import saslscope.event.Origin;

/**
 * One thing known about an attempt.
 *
 * @param name  {@code ended}, {@code mechanism.kind}, {@code host.sasldb} ...
 * @param value its value
 * @param line  the line that says so; null if it does not rest on one line
 */
public record Fact(String name, String value, Origin line) {
}
