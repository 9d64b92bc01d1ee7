package saslscope.definition;

/**
 * A scalar; numbers and booleans are kept as they are written.
 *
 * @param text the value and its place
 */
public record YamlText(Text text) implements YamlNode {
    @Override
    public Location at() {
        return text.at();
    }

    /** The value. */
    public String value() {
        return text.value();
    }
}
