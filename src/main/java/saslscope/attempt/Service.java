package saslscope.attempt;

import java.util.Locale;
import java.util.Set;

/** Tells services that only serve clients who log in from port 25, which serves the world. */
public final class Service {
    private static final Set<String> SUBMISSION = Set.of("submission", "submissions", "smtps", "587", "465");

    private Service() {
    }

    /**
     * Whether a client of that service must log in.
     *
     * @param name as anvil and rate limit lines name it ({@code submission}, {@code 587}); may be null
     * @param tag  the syslog tag ({@code postfix/submission/smtpd}, by {@code -o syslog_name} in master.cf)
     */
    public static boolean mustLogIn(String name, String tag) {
        if (name != null) {
            return SUBMISSION.contains(name.toLowerCase(Locale.ROOT));
        }
        for (String part : tag.toLowerCase(Locale.ROOT).split("[/-]")) {
            if (SUBMISSION.contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** {@code submission}, {@code smtp} or {@code other}: the fact {@code service.kind}. */
    public static String kind(String tag) {
        if (mustLogIn(null, tag)) {
            return "submission";
        }
        return tag.endsWith("smtpd") ? "smtp" : "other";
    }
}
