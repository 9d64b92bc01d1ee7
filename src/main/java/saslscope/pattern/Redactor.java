package saslscope.pattern;

import java.nio.charset.StandardCharsets;

/**
 * Masks passwords, and what holds them, in any log text; knows the places where Postfix, libsasl2, saslauthd, Dovecot and PAM write
 * them, mostly when a debug option is on. When in doubt it masks: a login name sent in base64 can't be told from a password.
 *
 * <p>Works on one line or message at a time. What a mask hides: base64 responses and tokens behind {@code AUTH}, in the dialogue that
 * {@code smtpd -v} writes and in the lines of its SASL glue; values behind words such as {@code password=}; both sides of a comparison of
 * passwords; stored password hashes. Challenges of a server are no secrets and stay: they can be all that tells a cause.
 */
public final class Redactor {
    /** What stands in place of a secret. */
    public static final String MASK = "[secret]";

    /** Every place where a secret can begin has one of these shortly before it. */
    private static final boolean[] TRIGGER = table(" =:'`${(<>");

    private Redactor() {
    }

    /** The text without secrets. Other characters stay as they are. */
    public static String redact(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Spans spans = find(bytes, 0, bytes.length);
        return spans.empty() ? text : spans.render(bytes, 0, bytes.length);
    }

    /** The ranges that hold secrets. */
    static Spans find(byte[] text, int from, int to) {
        Spans spans = new Spans();
        for (int i = from; i < to; i++) {
            if (TRIGGER[text[i] & 255]) {
                SecretPlaces.at(text, from, to, i, spans);
            }
        }
        return spans;
    }

    private static boolean[] table(String characters) {
        boolean[] table = new boolean[256];
        characters.chars().forEach(c -> table[c] = true);
        return table;
    }
}
