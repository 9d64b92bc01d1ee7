package saslscope.diagnosis;

import java.util.function.Supplier;
import saslscope.event.Origin;

/**
 * One thing known about an attempt.
 *
 * @param name   {@code ended}, {@code mechanism.kind}, {@code host.sasldb} ...
 * @param value  its value
 * @param line   the line that says so; null if it does not rest on one line
 * @param teller makes what {@link #told} says; null if the rule's own words are enough. Of most attempts nobody asks
 */
public record Fact(String name, String value, Origin line, Supplier<String> teller) {
    /** A fact that the rule's own words tell. */
    public Fact(String name, String value, Origin line) {
        this(name, value, line, null);
    }

    /** The same for people, with times, counts and names; null if the rule's own words are enough. */
    public String told() {
        return teller == null ? null : teller.get();
    }
}
