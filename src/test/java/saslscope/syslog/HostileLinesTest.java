package saslscope.syslog;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import saslscope.Fuzz;

/** No line makes the parser fail, and what comes out is within the line and within bounds. */
class HostileLinesTest {
    private static final List<String> REAL = List.of(
        "Nov 22 16:50:13 mail postfix/submission/smtpd[5127]: warning: SASL authentication failure: no secret",
        "Nov 22 16:51:41 mail saslauthd[21816]:                 : auth failure: [user=alice] [reason=Unknown]",
        "2026-11-22T16:50:42.126248+00:00 mail postfix/smtpd[21302]: connect from unknown[127.0.0.7]",
        "<22>1 2026-11-22T16:50:14.846346+00:00 mail postfix 13366 - -  starting the Postfix mail system",
        "<165>1 2026-11-22T16:50:14Z mail app 1 ID47 [a b=\"x\\\"]y\"][c d=\"e\"] \uFEFFtext",
        "2026-11-22T16:50:14+0100 mail postfix 13366 - - text",
        "Nov 22 17:02:34 mail postfix/smtpd[6772]: message repeated 5 times: [ warning: unknown[127.0.0.5]: x]",
        "Nov 22 17:02:34 mail last message repeated 5 times",
        "Nov 22 16:50:12 <mail.info> mail postfix/smtpd[1]: x",
        "Nov 22 16:50:12 mx mail.info postfix/smtpd[1]: x",
        "mail-1  | 2026-11-22T16:50:12.123456789Z Nov 22 16:50:12 mail postfix/smtpd[1]: x",
        "2026-11-22T16:50:12.123456789Z stdout F <22>1 2026-11-22T16:50:14.846346+00:00 mail app - - - x",
        "[pod/mail-0/postfix] Sun 2026-11-22 16:50:12 CET mail postfix/smtpd[1]: x",
        "1795362612.123456 mail postfix/smtpd[1]: x", "postfix/smtpd[12]: connect from unknown[127.0.0.7]",
        "Feb 29 2024 23:59:60 mail t: x", "Feb 29 23:59:60 mail t: x", "2026 Nov 22 16:50:12 mail t: x");
    private static final String PIECES = " :[]<>-|./\"\\+ZTF0123456789JanFebDec\u0000\t\u007f\u00ff";

    private final Log log = new Log("Europe/Berlin", OptionalInt.empty()).part("2026-11-22T18:00",
        "Nov  1 00:00:00 h t: x");

    private void read(byte[] line, String what) {
        SyslogRecord r;
        try {
            r = log.read(line);
        } catch (RuntimeException e) {
            fail(what + ": " + new String(line, StandardCharsets.ISO_8859_1), e);
            return;
        }
        if (r != null) {
            assertTrue(r.from() >= 0 && r.from() <= r.to() && r.to() <= r.text().length, what);
            assertTrue(r.pid() >= -1 && r.repeat() >= 1 && r.repeat() <= 1_000_000, what);
            assertTrue(r.host().length() <= 255 && r.tag().length() <= 128, what);
            r.time();
            r.message();
        }
    }

    @Test
    void everyBeginningOfARealLine() {
        for (String line : REAL) {
            byte[] b = Log.bytes(line);
            for (int n = 0; n <= b.length; n++) {
                read(Arrays.copyOf(b, n), "first " + n + " bytes");
                read(Arrays.copyOfRange(b, n, b.length), "without the first " + n + " bytes");
            }
        }
    }

    @Test
    void everyByteOfARealLineReplaced() {
        for (String line : REAL) {
            for (int n = 0; n < Math.min(90, line.length()); n++) {
                for (int c : new int[] {0, ' ', ':', '[', ']', '<', '"', '\\', '-', '0', '9', 'Z', 0x7f, 0x80, 0xff}) {
                    byte[] b = Log.bytes(line);
                    b[n] = (byte) c;
                    read(b, "byte " + n);
                }
            }
        }
    }

    @Test
    void randomMutationsOfRealLines() {
        Fuzz.run(100_000, r -> {
            byte[] b = Log.bytes(REAL.get(r.nextInt(REAL.size())));
            for (int i = r.nextInt(6); i >= 0; i--) {
                int at = r.nextInt(Math.min(b.length, 80));
                switch (r.nextInt(3)) {
                    case 0 -> b[at] = (byte) PIECES.charAt(r.nextInt(PIECES.length()));
                    case 1 -> {
                        byte[] other = Log.bytes(REAL.get(r.nextInt(REAL.size())));
                        int length = Math.min(r.nextInt(20), Math.min(other.length, b.length - at));
                        System.arraycopy(other, r.nextInt(other.length - length + 1), b, at, length);
                    }
                    case 2 -> {
                        byte[] shorter = new byte[b.length - 1];
                        System.arraycopy(b, 0, shorter, 0, at);
                        System.arraycopy(b, at + 1, shorter, at, b.length - at - 1);
                        b = shorter;
                    }
                    default -> throw new IllegalStateException();
                }
            }
            read(b, "mutated");
        });
    }

    @Test
    void randomBytes() {
        Random r = new Random(20261122);
        for (int i = 0; i < 50_000; i++) {
            byte[] b = new byte[r.nextInt(120)];
            if (r.nextBoolean()) {
                r.nextBytes(b);
            } else {
                for (int k = 0; k < b.length; k++) {
                    b[k] = (byte) PIECES.charAt(r.nextInt(PIECES.length()));
                }
            }
            read(b, "number " + i);
        }
    }

    @Test
    void lineOfAMegabyteWithoutBlanks() {
        byte[] b = new byte[1 << 20];
        for (byte c : new byte[] {'a', '1', ':', '[', '|', '<', '"', -17, 0}) {
            Arrays.fill(b, c);
            read(b, "all " + c);
            byte[] head = Log.bytes("Nov 22 16:50:13 mail ");
            System.arraycopy(head, 0, b, 0, head.length);
            read(b, "header, then all " + c);
        }
    }
}
