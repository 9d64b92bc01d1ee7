package saslscope.pattern;

import java.util.Arrays;
import java.util.Base64;

/** One line's part in a login dialogue, as it was logged. Holds passwords: it has no text form, and nobody else can look inside. */
final class Said {
    /** A longer one is no login. */
    private static final int LONGEST = 4_096;

    /** Which of the hidden fields it is. */
    final Field what;
    private final byte[] bytes;

    private Said(Field what, byte[] bytes) {
        this.what = what;
        this.bytes = bytes;
    }

    /** The first capture that belongs to a dialogue counts. */
    static Said with(Said before, Field what, byte[] text, int from, int to) {
        if (before != null || what == Field.SECRET || to - from > LONGEST) {
            return before;
        }
        return new Said(what, Arrays.copyOfRange(text, from, to));
    }

    /** Whether it is one of the questions that AUTH LOGIN always asks, so that it tells nothing but how far the dialogue has come. */
    static boolean prompt(Field what, byte[] text, int from, int to) {
        if (what != Field.CHALLENGE && what != Field.CHALLENGE_TEXT || to - from > LONGEST) {
            return false;
        }
        byte[] decoded = with(null, what, text, from, to).decoded();
        return decoded != null && (Dialogue.asksName(decoded) || Dialogue.asksPassword(decoded));
    }

    boolean response() {
        return what == Field.RESPONSE || what == Field.RESPONSE_TEXT;
    }

    /** What was said, decoded; null if it is not base64. */
    byte[] decoded() {
        if (what == Field.RESPONSE_TEXT || what == Field.CHALLENGE_TEXT) {
            return bytes;
        }
        // A single = stands for nothing (RFC 4954 section 4).
        if (bytes.length == 1 && bytes[0] == '=') {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(bytes);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    boolean empty() {
        return bytes.length == 0;
    }

    @Override
    public String toString() {
        return Redactor.MASK;
    }
}
