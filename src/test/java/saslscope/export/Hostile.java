package saslscope.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Strings that break writers which are not careful: known ones, and random mixtures with a fixed seed. */
final class Hostile {
    static final List<String> KNOWN = List.of("", " ", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1",
        "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "a,b", "a;b", "a\\;b", "a\\", "\"", "\"\"", "'x'", "a\"b,c", "line\nfeed",
        "cr\r\nlf", "\u001b[31mred\u001b[0m", "\u0000", "\u0007", "\u007f", "\u0085", "\u009b31m", "\u202eevil\u2066x",
        "\u200bzero", "\ufeffbom", "\u2028\u2029", "\ud800", "\udc00x", "ab\ud83d", "\ud83d\ude00", "\udb40\udc41tag",
        "#comment", "alice@example.com", "пользователь", "ユーザ", "e\u0301", "{\"a\":1}", "</script>", "%s%n", "x".repeat(5000));
    private static final String ALPHABET = "ab=+-@;,\"'\\\t\r\n \u001b\u0000\u0085\u202e\u2028\ud83d\ude00\uff1dé#{}";

    private Hostile() {
    }

    static List<String> all(long seed) {
        List<String> all = new ArrayList<>(KNOWN);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder s = new StringBuilder();
            for (int n = random.nextInt(8); n >= 0; n--) {
                s.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            all.add(s.toString());
        }
        return all;
    }
}
