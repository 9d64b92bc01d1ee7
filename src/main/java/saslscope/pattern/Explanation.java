package saslscope.pattern;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the definitions make of one message, for people.
 *
 * @param text    the message, secrets masked; indices below count its characters
 * @param matched the pattern that matched; empty if none did
 * @param nearest if none matched: up to three patterns of that program, the one that got furthest first
 * @param about   true if it is about authentication by its words or program
 */
public record Explanation(String text, Optional<Matched> matched, List<Near> nearest, boolean about) {

    /**
     * @param pattern the pattern
     * @param fields  what it captured, by field name
     */
    public record Matched(PatternInfo pattern, Map<String, String> fields) {
    }

    /**
     * @param pattern a pattern that does not match
     * @param stopped 0-based index of the first character of the text that it could not take; the length of the text if it
     *                wanted more
     * @param wanted  what it wanted there, as written in the pattern; empty if not known
     */
    public record Near(PatternInfo pattern, int stopped, String wanted) {
    }
}
