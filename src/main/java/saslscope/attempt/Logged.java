package saslscope.attempt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** How Postfix writes a login name into a log line, and what that does to it. */
final class Logged {
    /** Bytes of a name that releases since 3.8 log at most (src/smtpd/smtpd_sasl_glue.c). */
    private static final int CUT = 100;
    private static final Pattern LINE = Pattern.compile("sasl_(?:user|meth|send)|\\]: SASL |authentication (?:failed|aborted)|: client=|"
        + "\\[(?:service|realm|mech|reason)=|, rip=");
    private static final Pattern CODED = Pattern.compile("[0-9A-Za-z+/]{8,}={0,2}");

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
        for (String form : forms(sent)) {
            // Of a realm that may be cut nothing is said.
            if (cut(logged) && (form.startsWith(whole(logged)) || logged.startsWith(form + "@"))) {
                return sent;
            }
            if (logged.equals(form) || logged.startsWith(form + "@")) {
                return sent + logged.substring(form.length());
            }
        }
        return authzid != null && sameName(logged, authzid) ? sent : logged;
    }

    /** Whether a name may have been logged in that form. */
    static boolean sameName(String logged, String sent) {
        return forms(sent).stream().anyMatch(f -> logged.equals(f) || logged.startsWith(f + "@") || cut(logged) && f.startsWith(whole(logged)));
    }

    /** Whether the name is as long as a name gets in the log, so that its end may be missing. */
    static boolean cut(String logged) {
        if (logged.length() < CUT / 3) {
            return false;
        }
        int bytes = whole(logged).getBytes(StandardCharsets.UTF_8).length;
        // A character of several bytes may be torn at the end.
        return whole(logged).length() == logged.length() ? bytes == CUT : bytes < CUT && bytes > CUT - 4;
    }

    private static String whole(String logged) {
        int end = logged.length();
        while (end > 0 && logged.charAt(end - 1) == '\uFFFD') {
            end--;
        }
        return logged.substring(0, end);
    }

    /** Postfix src/util/printable.c: each byte that can't be printed becomes a question mark; UTF-8 stays in a session that uses it. */
    private static List<String> forms(String name) {
        StringBuilder kept = new StringBuilder(name.length());
        StringBuilder ascii = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            String one = c < ' ' || c == 127 ? "?" : Character.toString(c);
            kept.append(one);
            ascii.append(c < 128 ? one : "?".repeat(one.getBytes(StandardCharsets.UTF_8).length));
        });
        return List.of(kept.toString(), ascii.toString());
    }

    /**
     * What has to be known of a name before it is trusted, one sentence each.
     *
     * @param login  the name that the attempt has
     * @param logged as the line of the outcome has it; null if it has none
     * @param sent   what the dialogue of a verbose log shows; null if nothing
     */
    static List<String> notes(String login, String logged, Session.Exchange sent) {
        List<String> notes = new ArrayList<>(1);
        boolean told = sent != null && sent.login != null;
        if (told && logged == null) {
            notes.add("the login is what the client sent, by the dialogue in the log; the outcome's line names none");
        } else if (told && !login.equals(logged)) {
            notes.add("the login is what the client sent, by the dialogue in the log; the outcome's line has it as " + logged);
        } else if (cut(login)) {
            notes.add("the login may be longer: the log has its first 100 bytes");
        } else if (login.indexOf('?') >= 0 && !told) {
            notes.add("a ? in the login may stand for a character that can't be printed");
        }
        if (sent != null && sent.authzid != null && sent.login != null && !sent.authzid.equals(sent.login)) {
            notes.add("the client logs in as " + sent.login + " and wants to act as " + sent.authzid);
        }
        boolean plain = login.indexOf(' ') < 0 && login.indexOf('[') < 0 && !login.contains("sasl_");
        if (!plain && LINE.matcher(login).find()) {
            notes.add("the login looks like part of a log line: all of it is what the client sent, and says nothing");
        }
        if (coded(login)) {
            notes.add("the login is an address in base64: the client coded it once too often");
        }
        return notes;
    }

    /** Whether a name is an address in base64. Plain words may look like base64 by chance. */
    private static boolean coded(String login) {
        if (login.length() % 4 != 0 || !CODED.matcher(login).matches()) {
            return false;
        }
        try {
            String text = new String(Base64.getDecoder().decode(login), StandardCharsets.UTF_8);
            int at = text.indexOf('@');
            boolean plain = text.chars().allMatch(c -> c > ' ' && c < 127);
            return plain && at > 0 && text.indexOf('.', at) > at + 1 && text.indexOf('@', at + 1) < 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
