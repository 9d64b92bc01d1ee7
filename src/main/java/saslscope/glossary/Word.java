package saslscope.glossary;

import java.util.List;

/**
 * What one phrase means.
 *
 * @param says   the forms in which people meet it; {@code *} stands for anything
 * @param by     who says it
 * @param means  in plain words
 * @param causes codes of what can be behind it, the most common first; may be empty
 * @param advice what to do; may be empty
 */
public record Word(List<String> says, String by, String means, List<String> causes, String advice) {
}
