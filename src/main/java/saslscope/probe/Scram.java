package saslscope.probe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;

/** SCRAM-SHA-1 and SCRAM-SHA-256 without channel binding (RFC 5802, RFC 7677). */
final class Scram implements Exchange {
    /** "n": this client does no channel binding. */
    private static final String GS2 = "n,";
    /** More would only keep this machine busy; OWASP's advice for PBKDF2 is below it. */
    private static final int MOST_ROUNDS = 2_000_000;

    private final String hmac;
    private final String digest;
    private final String password;
    private final String header;
    private final String first;
    private final String nonce;
    private byte[] proof;
    private int rounds;
    private boolean proven;

    /**
     * @param digest {@code SHA-1} or {@code SHA-256}
     * @param nonce  printable, without comma
     */
    Scram(String digest, Login login, String nonce) {
        this.digest = digest;
        this.hmac = "Hmac" + digest.replace("-", "");
        this.password = prepared(login.password());
        this.nonce = nonce;
        this.header = GS2 + (login.authzid() == null ? "" : "a=" + name(login.authzid())) + ",";
        this.first = "n=" + name(login.name()) + ",r=" + nonce;
    }

    private static String name(String raw) {
        return prepared(raw).replace("=", "=3D").replace(",", "=2C");
    }

    /** SASLprep (RFC 4013) as far as it changes text: blanks become a space, invisible signs go, then NFKC. */
    static String prepared(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> {
            if (Character.getType(c) == Character.SPACE_SEPARATOR) {
                out.append(' ');
            } else if (c != 0xad && c != 0x34f && c != 0x1806 && c != 0x200b && c != 0x2060 && c != 0xfeff
                && !(c >= 0x180b && c <= 0x180d) && c != 0x200c && c != 0x200d && !(c >= 0xfe00 && c <= 0xfe0f)) {
                out.appendCodePoint(c);
            }
        });
        return Normalizer.normalize(out, Normalizer.Form.NFKC);
    }

    @Override
    public byte[] initial() {
        return Simple.utf8(header + first);
    }

    @Override
    public byte[] answer(byte[] challenge) throws Broken {
        String said = new String(challenge, StandardCharsets.UTF_8);
        if (proof != null) {
            finish(said);
            return new byte[0];
        }
        if (attribute(said, 'e') != null && attribute(said, 'r') == null) {
            throw new Broken("the server reports the error " + attribute(said, 'e'));
        }
        String joint = attribute(said, 'r');
        String salt = attribute(said, 's');
        String count = attribute(said, 'i');
        if (said.startsWith("m=") || joint == null || salt == null || count == null || !count.matches("[1-9]\\d{0,8}")) {
            throw new Broken("the challenge is not one of SCRAM (RFC 5802)");
        }
        if (!joint.startsWith(nonce) || joint.length() == nonce.length()) {
            throw new Broken("the challenge does not repeat the client's nonce: somebody else's answer");
        }
        rounds = Integer.parseInt(count);
        if (rounds > MOST_ROUNDS) {
            throw new Broken("the server asks for " + rounds + " rounds of hashing, more than the " + MOST_ROUNDS + " that are done here");
        }
        byte[] salted = salted(decoded(salt));
        String last = "c=" + Base64.getEncoder().encodeToString(Simple.utf8(header)) + ",r=" + joint;
        byte[] all = Simple.utf8(first + "," + said + "," + last);
        byte[] client = Hashes.hmac(hmac, salted).doFinal(Simple.utf8("Client Key"));
        byte[] signature = Hashes.hmac(hmac, Hashes.digest(digest, client)).doFinal(all);
        byte[] sent = new byte[client.length];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (client[i] ^ signature[i]);
        }
        proof = Hashes.hmac(hmac, Hashes.hmac(hmac, salted).doFinal(Simple.utf8("Server Key"))).doFinal(all);
        return Simple.utf8(last + ",p=" + Base64.getEncoder().encodeToString(sent));
    }

    private void finish(String said) throws Broken {
        String error = attribute(said, 'e');
        if (error != null) {
            throw new Broken("the server reports the error " + error);
        }
        String verifier = attribute(said, 'v');
        if (verifier == null || !MessageDigest.isEqual(proof, decoded(verifier))) {
            throw new Broken("the server does not know the password: its signature is wrong");
        }
        proven = true;
    }

    /** Hi() of RFC 5802: PBKDF2 of one block. */
    private byte[] salted(byte[] salt) {
        Mac mac = Hashes.hmac(hmac, Simple.utf8(password));
        mac.update(salt);
        byte[] u = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] all = u.clone();
        for (int i = 1; i < rounds; i++) {
            u = mac.doFinal(u);
            for (int j = 0; j < all.length; j++) {
                all[j] ^= u[j];
            }
        }
        return all;
    }

    private static byte[] decoded(String base64) throws Broken {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new Broken("the challenge holds what is not base64");
        }
    }

    private static String attribute(String said, char name) {
        for (String part : said.split(",")) {
            if (part.length() > 1 && part.charAt(0) == name && part.charAt(1) == '=') {
                return part.substring(2);
            }
        }
        return null;
    }

    @Override
    public void accepted() throws Broken {
        if (!proven) {
            throw new Broken("the server accepts without proving that it knows the password, which SCRAM demands");
        }
    }

    @Override
    public List<String> told() {
        return rounds == 0 || proven ? List.of() : List.of(rounds + " rounds of " + digest + (rounds < 4096 ? "; RFC 5802 asks for 4096 at least" : ""));
    }
}
