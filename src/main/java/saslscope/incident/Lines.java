package saslscope.incident;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import saslscope.event.Origin;

/** A log line as it is shown again: secrets masked, stamp and tag restored. */
public final class Lines {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

    private Lines() {
    }

    /** {@code Nov 22 16:50:13 mail postfix/smtpd[12]: ...}. Not escaped: sinks do that. */
    public static String show(Origin o) {
        StringBuilder b = new StringBuilder(o.text().length() + 64);
        b.append(STAMP.format(o.time())).append(' ').append(o.host()).append(' ').append(o.tag());
        if (o.pid() >= 0) {
            b.append('[').append(o.pid()).append(']');
        }
        return b.append(": ").append(o.text()).toString();
    }
}
