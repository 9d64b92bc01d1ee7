package saslscope.diagnosis;

import saslscope.event.Origin;

/**
 * One thing known about an attempt.
 *
 * @param name  {@code ended}, {@code mechanism.kind}, {@code host.sasldb} ...
 * @param value its value
 * @param line  the line that says so; null if it does not rest on one line
 * @param told  the same for people, with times, counts and names; null if the rule's own words are enough
 */
public record Fact(String name, String value, Origin line, String told) {
    /** A fact that the rule's own words tell. */
    public Fact(String name, String value, Origin line) {
        this(name, value, line, null);
    }
}
