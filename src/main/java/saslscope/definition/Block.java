package saslscope.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern as it stands in a file: {@code NAME regex} and the indented lines below.
 *
 * @param name       the name
 * @param pattern    the expression
 * @param attributes the indented lines; empty in a plain grok file
 */
public record Block(Text name, Text pattern, List<Attribute> attributes) {

    /** The attributes of that key. */
    public List<Attribute> all(String key) {
        List<Attribute> found = new ArrayList<>();
        for (Attribute a : attributes) {
            if (a.key().value().equals(key)) {
                found.add(a);
            }
        }
        return found;
    }
}
