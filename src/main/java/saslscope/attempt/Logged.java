package saslscope.attempt;

import java.nio.charset.StandardCharsets;

/** How Postfix writes a login name into a log line, and what that does to it. */
final class Logged {
    /** Bytes of a name that newer releases log at most (src/smtpd/smtpd_sasl_glue.c). */
    private static final int CUT = 100;

    private Logged() {
    }

    /**
     * The name as the client sent it, where the logged name can be told to be the same one altered: with {@code ?} for characters that
     * can't be printed, with a realm behind, or cut. A logged name that is the one to act as gives way to the one that logged in.
     *
     * @param authzid as whom the client wanted to act; may be null
     * @return the logged name if it is another one
     */
    static String asSent(String logged, String sent, String authzid) {
        if (same(logged, sent)) {
            return restored(logged, sent);
        }
        return authzid != null && same(logged, authzid) ? sent : logged;
    }

    /** Whether a name may have been logged in that form. */
    static boolean same(String logged, String sent) {
        String p = printable(sent);
        return logged.equals(p) || logged.startsWith(p + "@") || cut(logged) && (p.startsWith(logged) || (p + "@").startsWith(logged));
    }

    private static String restored(String logged, String sent) {
        String p = printable(sent);
        return logged.startsWith(p) ? sent + logged.substring(p.length()) : sent;
    }

    /** Whether the name is as long as a name gets in the log, so that its end may be missing. */
    static boolean cut(String logged) {
        return logged.getBytes(StandardCharsets.UTF_8).length == CUT;
    }

    /** Postfix src/util/printable.c: what can't be printed becomes a question mark. */
    private static String printable(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            out.append(c < ' ' || c == 127 ? '?' : c);
        }
        return out.toString();
    }
}
