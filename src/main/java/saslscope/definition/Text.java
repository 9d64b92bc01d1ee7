package saslscope.definition;

/**
 * A word or value of a definition file, and where it stands.
 *
 * @param value the text, quotes and escapes resolved
 * @param at    its first character
 */
public record Text(String value, Location at) {

    /** The length to underline, at least 1. */
    public int width() {
        return Math.max(1, value.length());
    }
}
