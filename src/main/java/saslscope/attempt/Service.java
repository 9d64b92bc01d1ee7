package saslscope.attempt;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import saslscope.event.Origin;

/** What kind of service wrote a line: which program, for which protocol, and whether its clients must log in. */
public final class Service {
    private static final Set<String> SUBMISSION = Set.of("submission", "submissions", "smtps", "587", "465");
    private static final Set<String> WRAPPED = Set.of("submissions", "smtps", "465");

    /**
     * Programs by the first word of their patterns' names. The tag alone does not tell: {@code imapd} is Cyrus, Courier and UW-IMAP.
     */
    private static final Map<String, String> TYPES = Map.of("EXIM", "exim", "SENDMAIL", "sendmail", "COURIER", "courier",
        "UWIMAP", "uw-imap", "VPOPMAIL", "vpopmail", "IMAPD", "cyrus-imapd", "DOVECOT", "dovecot");

    private Service() {
    }

    /** ECS {@code service.type}: {@code postfix}, {@code dovecot}, {@code cyrus-imapd}, {@code saslauthd}, {@code exim} ... */
    public static String type(Origin o) {
        String tag = o.tag();
        if (tag.startsWith("dovecot")) {
            return "dovecot";
        }
        if (tag.equals("saslauthd")) {
            return "saslauthd";
        }
        int end = o.pattern().indexOf('_');
        return TYPES.getOrDefault(end < 0 ? o.pattern() : o.pattern().substring(0, end), "postfix");
    }

    /**
     * ECS {@code event.action} of a login that was not made through Postfix: {@code imap-login}, {@code pop3-login}, or {@code sasl-auth} for
     * mail that is sent.
     *
     * @param name as the line names the service ({@code imap}, {@code pop3s}); null if only the tag can tell
     */
    static String action(String name, String tag) {
        String service = name != null ? name : tag.toLowerCase(Locale.ROOT);
        if (service.contains("pop")) {
            return "pop3-login";
        }
        if (service.contains("sieve")) {
            return "managesieve-login";
        }
        if (service.contains("http") || service.contains("webmail")) {
            return "http-login";
        }
        if (service.contains("lmtp")) {
            return "lmtp-login";
        }
        if (service.equals("submission")) {
            return "submission-login";
        }
        return service.contains("smtp") || service.contains("submission") || SUBMISSION.contains(service) ? "sasl-auth" : "imap-login";
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
        return hasPart(tag, SUBMISSION);
    }

    /** Whether a client of that service speaks TLS from its first byte on (RFC 8314 section 3), so that there is no STARTTLS. */
    public static boolean wrapped(String tag) {
        return hasPart(tag, WRAPPED);
    }

    /** Whether one of the words between a tag's slashes and dashes is among these. */
    private static boolean hasPart(String tag, Set<String> words) {
        int from = 0;
        for (int i = 0; i <= tag.length(); i++) {
            if (i == tag.length() || tag.charAt(i) == '/' || tag.charAt(i) == '-') {
                if (i > from && words.contains(tag.substring(from, i).toLowerCase(Locale.ROOT))) {
                    return true;
                }
                from = i + 1;
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
