package saslscope.pattern;

import java.util.List;
import java.util.Optional;
import saslscope.definition.Location;
import saslscope.definition.Text;

/**
 * A pattern as it was written.
 *
 * @param name     its name
 * @param text     the expression
 * @param parsed   the expression, references not resolved
 * @param programs globs of the tags it applies to
 * @param event    what it yields
 * @param about    the subject, for a keyword pattern
 * @param from     who writes the message
 * @param because  a remark for people
 * @param samples  messages that must match
 * @param nots     messages that must not match
 */
record Definition(Text name, Text text, Node parsed, List<Text> programs, Optional<EventKind> event, Optional<Text> about,
                  String from, String because, List<Sample> samples, List<Text> nots) {

    String id() {
        return name.value();
    }

    Location at() {
        return name.at();
    }

    /** True if it is run against messages, and not only part of others. */
    boolean runs() {
        return event.isPresent() || about.isPresent();
    }

    /** True if its matches go on: what it finds is neither noise nor a keyword. */
    boolean yields() {
        return event.isPresent() && event.get() != EventKind.IGNORED;
    }
}
