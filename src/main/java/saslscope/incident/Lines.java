package saslscope.incident;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import saslscope.event.Origin;

/** A log line as it is shown again: as it stood in the log, secrets masked. */
public final class Lines {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

    private Lines() {
    }

    /** The line with its own stamp; one that only says that an earlier one repeats gets the usual form. Not escaped: sinks do that. */
    public static String show(Origin o) {
        if (o.head() != null) {
            return o.head() + o.text();
        }
        StringBuilder b = new StringBuilder(o.text().length() + 64);
        b.append(STAMP.format(o.time())).append(' ').append(o.host()).append(' ').append(o.tag());
        if (o.pid() >= 0) {
            b.append('[').append(o.pid()).append(']');
        }
        return b.append(": ").append(o.text()).toString();
    }
}
