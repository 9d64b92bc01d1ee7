package saslscope.pattern;

import java.util.List;
import java.util.Optional;
import saslscope.definition.Location;

/**
 * A pattern as {@code patterns list} shows it.
 *
 * @param name     its name
 * @param programs globs of the syslog tags it applies to; empty for any
 * @param event    what it yields; empty for a building block or a keyword pattern
 * @param about    the subject of a keyword pattern ({@code authentication}); empty for others
 * @param from     the source that writes the message; empty if not told
 * @param because  a remark for people; empty if there is none
 * @param at       where it is defined
 * @param samples  how many samples it has
 * @param matcher  how it is run
 */
public record PatternInfo(String name, List<String> programs, Optional<EventKind> event, String about, String from, String because,
                          Location at, int samples, Matcher matcher) {

    /** How a pattern is run. */
    public enum Matcher {
        /** Compiled to a matcher on bytes. */
        SEGMENTS,
        /** Run as a regular expression, bounded in time. */
        REGEX,
        /** Not run by itself: a building block for others. */
        NONE
    }
}
