package saslscope.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Strings that break writers which are not careful: known ones, and random mixtures with a fixed seed. */
final class Hostile {
    private static final List<String> KNOWN = List.of("", " ", "\"", "\\", "\\\"", "'", "{", "}", "[\"", "a\"b", "\u0000", "\u0001!",
        "\u0002", "\u001b[31m", "\u007f", "\u0085", "\u2028", "\u202eevil", "\ufeff", "\ufffd", "\ud83d\ude00", "ユーザ", "e\u0301",
        "alice@example.com", "@", "a@@b", "1", "12", "123", "00123", "0123456789abcdef", "10:00:00", "2026-11-20T10:00:00", "Nov 20 10:00:00",
        "192.0.2.1", "rip=192.0.2.1, lip=192.0.2.255.", "from a[2001:db8::5]:25 to b[2001:db8::5]", "::ffff:192.0.2.1", "::1", "fe80::1%eth0",
        "1.2.3", "1.2.3.4.5", "192.0.2.01", "a.b.c.d", "2001:DB8::5", "12:34:56:", "0A1B2C3D4E: 0A1B2C3D4E", "4XyZ12345678 and 4XyZ12345678",
        "4711", "mail", "warning", "event", "line\nfeed", "cr\r\n", "=cmd|' /C calc'!A0", "</script>", "%s%n", "x".repeat(1000), "y".repeat(1001));
    private static final String ALPHABET = "ab01@.:\"\\/\t\r\n \u001b\u0000\u0001\u0005\u2028é\u4e00#{}[]";

    private Hostile() {
    }

    static List<String> all(long seed) {
        List<String> all = new ArrayList<>(KNOWN);
        Random random = new Random(seed);
        for (int i = 0; i < 1500; i++) {
            StringBuilder s = new StringBuilder();
            for (int n = random.nextInt(10); n >= 0; n--) {
                s.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            all.add(s.toString());
        }
        return all;
    }
}
