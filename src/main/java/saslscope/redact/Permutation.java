package saslscope.redact;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Rearranges all sequences of digits of the same form, by a key: different sequences stay different, and without the key nobody can tell
 * which became which. A Feistel network over digits of mixed radix, with HMAC-SHA-256 as its round function; the idea is that of
 * format-preserving encryption (NIST SP 800-38G), without its claim to a strength in bits: names are short and few.
 */
final class Permutation {
    private static final int ROUNDS = 8;
    /** Digits of one network; longer sequences are taken in pieces, each depending on those before it. */
    private static final int LONGEST = 24;
    /** What a piece depends on, in characters; more is told by its hash. */
    private static final int LONGEST_FORM = 1_024;

    private final Mac mac;

    /** @param key at least one byte */
    Permutation(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    /**
     * @param digits  each at least 0 and less than its radix
     * @param radixes of each digit
     * @param form    what else tells this kind of sequence from others
     */
    int[] apply(int[] digits, int[] radixes, String form) {
        int[] out = digits.clone();
        StringBuilder before = new StringBuilder(form);
        for (int from = 0; from < digits.length; from += LONGEST) {
            int to = Math.min(digits.length, from + LONGEST);
            for (int i = from; i < to; i++) {
                before.append('/').append(radixes[i]);
            }
            if (before.length() > LONGEST_FORM) {
                // Else a word as long as a line would cost the square of its length.
                String hash = HexFormat.of().formatHex(mac.doFinal(before.toString().getBytes(StandardCharsets.UTF_8)));
                before.setLength(0);
                before.append(hash);
            }
            network(out, radixes, from, to, before.toString());
            for (int i = from; i < to; i++) {
                before.append(',').append(digits[i]);
            }
        }
        return out;
    }

    private void network(int[] digits, int[] radixes, int from, int to, String form) {
        int middle = (from + to) / 2;
        for (int round = 0; round < ROUNDS; round++) {
            boolean left = round % 2 == 1 && middle > from;
            add(digits, radixes, left ? from : middle, left ? middle : to,
                round(form, round, digits, left ? middle : from, left ? to : middle));
        }
    }

    private byte[] round(String form, int round, int[] digits, int from, int to) {
        mac.update(form.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        mac.update((byte) round);
        for (int i = from; i < to; i++) {
            mac.update((byte) (digits[i] >> 8));
            mac.update((byte) digits[i]);
        }
        return mac.doFinal();
    }

    private static void add(int[] digits, int[] radixes, int from, int to, byte[] noise) {
        BigInteger value = BigInteger.ZERO;
        for (int i = from; i < to; i++) {
            value = value.multiply(BigInteger.valueOf(radixes[i])).add(BigInteger.valueOf(digits[i]));
        }
        value = value.add(new BigInteger(1, noise));
        for (int i = to - 1; i >= from; i--) {
            BigInteger[] parts = value.divideAndRemainder(BigInteger.valueOf(radixes[i]));
            digits[i] = parts[1].intValue();
            value = parts[0];
        }
    }
}
