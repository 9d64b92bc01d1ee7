package saslscope.definition;

/** A value of a YAML file that knows where it stands. */
public sealed interface YamlNode permits YamlMap, YamlList, YamlText {
    /** Its first character. */
    Location at();
}
