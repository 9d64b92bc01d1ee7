package saslscope.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a piece of base64 in a login dialogue is. What may be a password is never shown. */
final class Encoded {
    private static final Pattern TOKEN = Pattern.compile("(?<![0-9A-Za-z+/=])[0-9A-Za-z+/]{8,2000}={0,2}(?![0-9A-Za-z+/=])");
    private static final String CHANGE = " Whoever sees this line has the password: if it was shown to others, change it.";

    private Encoded() {
    }

    /** What the first piece of base64 is; empty if there is none that holds anything to speak of. */
    static Optional<String> explain(String text) {
        Matcher m = TOKEN.matcher(text);
        while (m.find()) {
            Optional<String> said = decoded(m.group()).flatMap(bytes -> meaning(bytes, text));
            if (said.isPresent()) {
                return said;
            }
        }
        return Optional.empty();
    }

    private static Optional<byte[]> decoded(String token) {
        try {
            return Optional.of(Base64.getDecoder().decode(token));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> meaning(byte[] bytes, String text) {
        String plain;
        try {
            plain = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        String[] parts = plain.split("\0", -1);
        if (parts.length == 3) {
            return Optional.of("base64 of a PLAIN response (RFC 4616): " + (parts[0].isEmpty() ? "" : "acting as " + parts[0] + ", ")
                + "login " + (parts[1].isEmpty() ? "(empty)" : parts[1]) + ", and a password, which is not shown"
                + (parts[2].isEmpty() ? "; here it is empty." : "." + CHANGE));
        }
        if (plain.chars().anyMatch(c -> c < ' ' && c != 1)) {
            return Optional.empty();
        }
        if (plain.matches("<[^<>@ ]+@[^<>@ ]+>")) {
            return Optional.of("base64 of a CRAM-MD5 challenge: " + plain + ". The part behind the @ is the name the server goes by.");
        }
        if (plain.matches("(?s).* [0-9a-f]{32}")) {
            return Optional.of("base64 of a CRAM-MD5 response: login " + plain.substring(0, plain.length() - 33) + ", and a digest.");
        }
        if (plain.startsWith("user=") && plain.indexOf(1) > 0) {
            return Optional.of("base64 of an XOAUTH2 response: login " + plain.substring(5, plain.indexOf(1)) + ", and a token, which is not shown.");
        }
        // A word of letters decodes to something by chance; only what stands in a dialogue, or alone, is taken for base64.
        boolean alone = text.strip().equals(Base64.getEncoder().encodeToString(bytes));
        return alone && plain.chars().allMatch(c -> c >= ' ' && c < 127)
            ? Optional.of("base64 of " + bytes.length + " characters. They are not shown, since in AUTH LOGIN the name and the password look alike." + CHANGE)
            : Optional.empty();
    }
}
