package saslscope.probe;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash functions of the mechanisms. */
final class Hashes {
    private Hashes() {
    }

    /** A digest by its JCA name; every Java has MD5, SHA-1 and SHA-256. */
    static byte[] digest(String name, byte[] data) {
        try {
            return MessageDigest.getInstance(name).digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + name, e);
        }
    }

    /** RFC 2104 with {@code HmacMD5}, {@code HmacSHA1} or {@code HmacSHA256}. */
    static Mac hmac(String name, byte[] key) {
        try {
            Mac mac = Mac.getInstance(name);
            // A key of no bytes is not allowed here, and padded with zeros it is the same one.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + name, e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
