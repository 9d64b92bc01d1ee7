package saslscope.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks passwords and keys in configuration text. */
final class Secrets {
    static final String MASK = "********";
    /** Keys of smtpd.conf, saslauthd.conf, Dovecot, PAM modules and Postfix's SQL and LDAP tables, by their endings. */
    private static final Pattern KEY = Pattern.compile(
        "(?im)\\b([\\w.-]*(?:passwd|password|passwort|_pw|bindpw|dnpass|bind_pw|secret|_key|api_key|token))(\\s*[:=]\\s*)(\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s;,}]+)");
    /** Whose values are files, tables, schemes or words, no secrets. */
    private static final Pattern HARMLESS = Pattern.compile(
        "(?i)smtpd?_.*|lmtp_.*|tls_.*|ssl_.*|.*_password_(?:maps|result_delimiter|filter)|ldap_password_attr|default_pass_scheme|nsswitch.*");
    private static final Pattern STATIC = Pattern.compile("(?i)\\b((?:static|inline):)(\\{[^\\n]*\\}|[^\\s,]+:[^\\s,]+)");
    private static final Pattern URI = Pattern.compile("(\\w+://[^\\s:/@]+:)([^\\s\"'<>]+)(@)");
    private static final Pattern PEM = Pattern.compile("(?s)(-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(-----END|\\z)");
    private static final Pattern HASH = Pattern.compile("(\\{[A-Z0-9.-]{2,}\\}|\\$(?:1|2[aby]|5|6|y|argon2\\w*)\\$)[^\\s:'\"]+");

    private Secrets() {
    }

    /**
     * The text without what must not be shown.
     *
     * @param masking what kind of file it is
     */
    static String masked(String text, Root.Masking masking) {
        String t = switch (masking) {
            case SECRETS -> text;
            case TABLE -> table(text);
            case ACCOUNTS -> accounts(text);
        };
        t = t.contains("-----BEGIN ") ? PEM.matcher(t).replaceAll("$1\n" + MASK + "\n$2") : t;
        t = HASH.matcher(t).replaceAll("$1" + MASK);
        t = t.contains("://") ? URI.matcher(t).replaceAll("$1" + MASK + "$3") : t;
        Matcher m = KEY.matcher(t);
        StringBuilder b = new StringBuilder();
        while (m.find()) {
            // nsswitch.conf has a line passwd: FILES.
            boolean keep = HARMLESS.matcher(m.group(1)).matches() || m.group(1).equals("passwd") && m.group(2).startsWith(":");
            m.appendReplacement(b, Matcher.quoteReplacement(keep ? m.group() : m.group(1) + m.group(2) + MASK));
        }
        t = m.appendTail(b).toString();
        return t.contains("static:") || t.contains("inline:") ? statics(t) : t;
    }

    /** {@code static:user:password}: a password table without a file. A table of other words has no colon in it. */
    private static String statics(String text) {
        return STATIC.matcher(text).replaceAll("$1" + MASK);
    }

    /** {@code key name:password} lines. */
    private static String table(String text) {
        StringBuilder b = new StringBuilder(text.length());
        for (String line : text.split("\n", -1)) {
            String s = line.strip();
            int blank = s.isEmpty() || s.startsWith("#") ? -1 : blank(line.stripTrailing());
            int colon = blank < 0 ? -1 : line.indexOf(':', blank);
            b.append(s.startsWith("#") ? "#" : colon < 0 ? blank < 0 ? s : line.substring(0, blank) + " " + MASK
                : line.substring(0, colon + 1) + MASK).append('\n');
        }
        return b.toString();
    }

    /** {@code name:password:...} lines. */
    private static String accounts(String text) {
        StringBuilder b = new StringBuilder(text.length());
        text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#") && !l.startsWith(":"))
            .forEach(l -> b.append(l, 0, l.indexOf(':') < 0 ? l.length() : l.indexOf(':')).append(":").append(MASK).append('\n'));
        return b.toString();
    }

    private static int blank(String line) {
        for (int i = 1; i < line.length(); i++) {
            if (Character.isWhitespace(line.charAt(i)) && !Character.isWhitespace(line.charAt(i - 1))) {
                return i;
            }
        }
        return -1;
    }
}
