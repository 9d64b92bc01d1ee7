import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Makes up the log of a busy Postfix, for measuring. The same arguments give the same bytes.
 *
 * <pre>java bench/Logs.java [--size 1G] [--fail-ratio 0.02] [--seed 5] OUT</pre>
 * Beside OUT it writes OUT.counts: lines, sessions, and failed logins by cause, one {@code name number} a line.
 *
 * <p>A session is a client's visit: mail from outside (two of three), mail of a user after a login, a refusal, a scan, or, by
 * the given ratio, a failed login. Sessions of one second are woven into each other line by line, each in its own order.
 */
final class Logs {
    private static final int PER_SECOND = 25;
    private static final String[] NAMES = {"amelie", "bruno", "celine", "dorothea", "emil", "fatima", "gustav", "hanna", "igor", "jana", "kofi", "lena", "mateo",
        "nadia", "otto", "paula", "quentin", "rosa", "stefan", "tamara", "ulrich", "vera", "wanda", "xenia", "yusuf", "zora"};
    private static final String[] GUESSES = {"admin", "test", "info", "office", "scanner", "backup", "sales", "support", "root", "postmaster"};
    private static final String[] SITES = {"uni.example", "shop.example.net", "paper.example.org", "bank.example", "club.example", "city.example.net"};
    private static final String[] CIPHERS = {
        "TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256",
        "TLSv1.3 with cipher TLS_AES_128_GCM_SHA256 (128/128 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256",
        "TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)"};
    private static final String[] DELAYS = {"0.4, delays=0.1/0.01/0.19/0.1", "1.6, delays=0.2/0/0.7/0.7", "0.08, delays=0.05/0/0/0.03", "5.3, delays=2.2/0.02/1.9/1.2"};
    private static final String[] MONTHS = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    private static final String HOME = "example.com";

    /** How often a cause is behind a hundred failures. */
    private enum Cause {
        WRONG_PASSWORD(46), NO_SUCH_USER(26), WRONG_REALM(6), SASLAUTHD_SAID_NO(6), ABORTED(4), DISCONNECTED(4), BAD_ENCODING(2), NO_SUCH_MECHANISM(2),
        SASLDB_UNREADABLE(1), UNKNOWN_VERIFIER(1), SASLAUTHD_AWAY(1), TIMEOUT(1);

        private final int weight;

        Cause(int weight) {
            this.weight = weight;
        }
    }

    private final SplittableRandom random;
    private final double ratio;
    private final Map<String, Long> counts = new TreeMap<>();
    private final String[] clients = new String[2500];
    private final String[] users = new String[800];
    private final int[] smtpd = new int[40];
    private final int[] submission = new int[30];
    private final int[] served = new int[70];
    private int nextSmtpd;
    private int nextSubmission;
    private int pid;
    private long queue = 0x4f31;
    private long sessions;

    private Logs(long seed, double ratio) {
        random = new SplittableRandom(seed);
        this.ratio = ratio;
        pid = 1200 + random.nextInt(3000);
        for (int i = 0; i < clients.length; i++) {
            clients[i] = client();
        }
        for (int i = 0; i < users.length; i++) {
            users[i] = NAMES[i % NAMES.length] + (i < NAMES.length ? "" : "." + NAMES[i / NAMES.length % NAMES.length]) + (i < 676 ? "" : "" + i);
        }
        for (int i = 0; i < smtpd.length; i++) {
            smtpd[i] = next();
        }
        for (int i = 0; i < submission.length; i++) {
            submission[i] = next();
        }
    }

    public static void main(String[] args) throws IOException {
        long size = 10 << 20;
        double ratio = 0.02;
        long seed = 1;
        Path out = null;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--size" -> size = bytes(args[++i]);
                case "--fail-ratio" -> ratio = Double.parseDouble(args[++i]);
                case "--seed" -> seed = Long.parseLong(args[++i]);
                default -> out = Path.of(args[i]);
            }
        }
        if (out == null || !Files.isDirectory(out.toAbsolutePath().getParent())) {
            System.err.println("usage: java bench/Logs.java [--size 1G] [--fail-ratio 0.02] [--seed 5] OUT");
            System.exit(2);
        }
        new Logs(seed, ratio).write(out, size);
    }

    private static long bytes(String text) {
        long unit = switch (Character.toUpperCase(text.charAt(text.length() - 1))) {
            case 'K' -> 1L << 10;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            default -> 1;
        };
        return Long.parseLong(unit == 1 ? text : text.substring(0, text.length() - 1)) * unit;
    }

    /** Writes whole seconds until the file has at least so many bytes. */
    private void write(Path out, long size) throws IOException {
        long written = 0;
        long lines = 0;
        Deque<List<Deque<String>>> later = new ArrayDeque<>();
        for (int i = 0; i < 8; i++) {
            later.add(new ArrayList<>());
        }
        StringBuilder text = new StringBuilder(1 << 16);
        try (OutputStream file = Files.newOutputStream(out)) {
            for (long second = 6 * 3600; written < size; second++) {
                List<Deque<String>> now = later.removeFirst();
                later.addLast(new ArrayList<>());
                List<List<Deque<String>>> ahead = List.copyOf(later);
                for (int i = 0; i < PER_SECOND; i++) {
                    session(now, ahead);
                }
                String stamp = stamp(second);
                text.setLength(0);
                // Few processes are at work at the same moment.
                List<Deque<String>> open = new ArrayList<>();
                int begun = 0;
                while (begun < now.size() || !open.isEmpty()) {
                    while (open.size() < 4 && begun < now.size()) {
                        open.add(now.get(begun++));
                    }
                    int at = random.nextInt(open.size());
                    text.append(stamp).append(open.get(at).removeFirst()).append('\n');
                    lines++;
                    if (open.get(at).isEmpty()) {
                        open.remove(at);
                    }
                }
                byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
                file.write(bytes);
                written += bytes.length;
            }
        }
        StringBuilder said = new StringBuilder("bytes " + written + "\nlines " + lines + "\nsessions " + sessions + "\n");
        counts.forEach((name, n) -> said.append(name).append(' ').append(n).append('\n'));
        Files.writeString(out.resolveSibling(out.getFileName() + ".counts"), said);
    }

    private static String stamp(long second) {
        int day = (int) (second / 86_400);
        int[] lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        int month = 2;
        while (day >= lengths[month % 12]) {
            day -= lengths[month++ % 12];
        }
        long s = second % 86_400;
        return String.format(Locale.ROOT, "%s %2d %02d:%02d:%02d mx1 ", MONTHS[month % 12], day + 1, s / 3600, s / 60 % 60, s % 60);
    }

    private void session(List<Deque<String>> now, List<List<Deque<String>>> later) {
        sessions++;
        if (random.nextDouble() < ratio) {
            failure(now);
            return;
        }
        int kind = random.nextInt(100);
        if (kind < 64) {
            mail(now, later, false);
        } else if (kind < 86) {
            mail(now, later, true);
        } else if (kind < 94) {
            refusal(now);
        } else {
            scan(now);
        }
    }

    private void mail(List<Deque<String>> now, List<List<Deque<String>>> later, boolean login) {
        String c = one(clients);
        String p = smtpd(login, now);
        String id = String.format(Locale.ROOT, "%05X%05X", random.nextInt(1 << 20), queue++ & 0xfffff);
        String user = one(users) + "@" + HOME;
        String from = login ? user : random.nextInt(20) == 0 ? "" : one(NAMES) + "@" + one(SITES);
        boolean tls = login || random.nextInt(4) > 0;
        Deque<String> lines = lines(p + "connect from " + c);
        if (tls) {
            lines.add(p + "Anonymous TLS connection established from " + c + ": " + one(CIPHERS));
        }
        lines.add(p + id + ": client=" + c + (login ? ", sasl_method=" + one("PLAIN", "PLAIN", "LOGIN", "CRAM-MD5") + ", sasl_username=" + user : ""));
        lines.add("postfix/cleanup[" + (900 + random.nextInt(12)) + "]: " + id + ": message-id=<" + Integer.toHexString(random.nextInt()) + "." + id + "@"
            + (from.isEmpty() ? HOME : from.substring(from.indexOf('@') + 1)) + ">");
        lines.add("postfix/qmgr[811]: " + id + ": from=<" + from + ">, size=" + (900 + (int) (2000 / (0.002 + random.nextDouble()))) + ", nrcpt=1 (queue active)");
        lines.add(p + "disconnect from " + c + " ehlo=" + (tls ? "2 starttls=1" : "1") + (login ? " auth=1" : "") + " mail=1 rcpt=1 data=1 quit=1 commands="
            + ((tls ? 7 : 5) + (login ? 1 : 0)));
        now.add(lines);
        String delivered = login
            ? "postfix/smtp[" + (950 + random.nextInt(20)) + "]: " + id + ": to=<" + one(NAMES) + "@" + one(SITES) + ">, relay=mx." + one(SITES) + "[192.0.2."
                + random.nextInt(1, 255) + "]:25, delay=" + one(DELAYS) + ", dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as " + Integer.toHexString(random.nextInt())
                + ")"
            : "postfix/lmtp[" + (980 + random.nextInt(9)) + "]: " + id + ": to=<" + user + ">, relay=store.example.com[private/lmtp], delay=" + one(DELAYS)
                + ", dsn=2.1.5, status=sent (250 2.1.5 Saved)";
        later.get(random.nextInt(4)).add(lines(delivered, "postfix/qmgr[811]: " + id + ": removed"));
        count(login ? "logins" : "mails");
    }

    private void refusal(List<Deque<String>> now) {
        String c = one(clients);
        String p = smtpd(false, now);
        String to = random.nextBoolean() ? "gone" + random.nextInt(500) + "@" + HOME : one(NAMES) + "@" + one(SITES);
        String why = to.endsWith("@" + HOME) ? "550 5.1.1 <" + to + ">: Recipient address rejected: User unknown in virtual mailbox table" : "554 5.7.1 <" + to
            + ">: Relay access denied";
        now.add(lines(p + "connect from " + c, p + "NOQUEUE: reject: RCPT from " + c + ": " + why + "; from=<" + one(NAMES) + "@" + one(SITES) + "> to=<" + to
            + "> proto=ESMTP helo=<" + c.substring(0, c.indexOf('[')) + ">", p + "disconnect from " + c + " ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4"));
        count("refused");
    }

    private void scan(List<Deque<String>> now) {
        String c = one(clients);
        String p = smtpd(false, now);
        String address = c.substring(c.indexOf('['));
        now.add(switch (random.nextInt(4)) {
            case 0 -> lines("postfix/postscreen[777]: CONNECT from " + address + ":" + random.nextInt(2000, 60_000) + " to [203.0.113.9]:25",
                "postfix/postscreen[777]: PREGREET 14 after 0.0" + random.nextInt(10) + " from " + address + ":40000: EHLO ylmf-pc\\r\\n",
                "postfix/postscreen[777]: DISCONNECT " + address + ":40000");
            case 1 -> lines(p + "connect from " + c, p + "lost connection after CONNECT from " + c, p + "disconnect from " + c + " commands=0/0");
            case 2 -> lines(p + "connect from " + c, p + "SSL_accept error from " + c + ": -1",
                p + "warning: TLS library problem: error:0A00010B:SSL routines::wrong version number:../ssl/record/ssl3_record.c:354:",
                p + "lost connection after STARTTLS from " + c, p + "disconnect from " + c + " ehlo=1 starttls=0/1 commands=1/2");
            default -> lines(p + "warning: hostname ptr" + random.nextInt(900) + ".isp.example does not resolve to address " + address.replaceAll("[\\[\\]]", "")
                + ": Name or service not known", p + "connect from unknown" + address, p + "disconnect from unknown" + address + " ehlo=1 quit=1 commands=2");
        });
        count("scans");
    }

    private void failure(List<Deque<String>> now) {
        int at = random.nextInt(100);
        Cause cause = Cause.WRONG_PASSWORD;
        for (Cause c : Cause.values()) {
            at -= c.weight;
            if (at < 0) {
                cause = c;
                break;
            }
        }
        String c = one(clients);
        String p = smtpd(random.nextInt(5) < 3, now);
        String user = one(users) + "@" + HOME;
        Deque<String> lines = lines(p + "connect from " + c);
        String quit = p + "disconnect from " + c + " ehlo=1 auth=0/1 quit=1 commands=2/3";
        String gone = p + "disconnect from " + c + " ehlo=1 auth=0/1 commands=1/2";
        String mech = one("PLAIN", "LOGIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5");
        String plain = one("PLAIN", "LOGIN");
        switch (cause) {
            case WRONG_PASSWORD -> verdict(lines, p, c, mech, "authentication failure", user, switch (mech) {
                case "PLAIN" -> "SASL authentication failure: Password verification failed";
                case "CRAM-MD5" -> "SASL authentication failure: incorrect digest response";
                case "DIGEST-MD5" -> "SASL authentication failure: client response doesn't match what we generated (tried bogus)";
                default -> null;
            });
            case NO_SUCH_USER -> verdict(lines, p, c, plain, "authentication failure", one(GUESSES) + "@" + HOME,
                plain.equals("PLAIN") ? "SASL authentication failure: Password verification failed" : null);
            case WRONG_REALM -> verdict(lines, p, c, plain, "authentication failure", user.replace(HOME, "mx1." + HOME),
                plain.equals("PLAIN") ? "SASL authentication failure: Password verification failed" : null);
            case SASLAUTHD_SAID_NO -> {
                String name = user.substring(0, user.indexOf('@'));
                String s = "saslauthd[602]: ";
                lines.add(s + "pam_unix(smtp:auth): authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=  user=" + name);
                lines.add(s + "DEBUG: auth_pam: pam_authenticate failed: Authentication failure");
                lines.add(s + "do_auth         : auth failure: [user=" + name + "] [service=smtp] [realm=" + HOME + "] [mech=pam] [reason=PAM auth error]");
                verdict(lines, p, c, plain, "authentication failure", user, plain.equals("PLAIN") ? "SASL authentication failure: Password verification failed" : null);
            }
            case BAD_ENCODING -> verdict(lines, p, c, plain, "bad protocol / cancel", "(unavailable)", null);
            case NO_SUCH_MECHANISM -> verdict(lines, p, c, "NTLM", "no mechanism available", "(unavailable)", "SASL authentication failure: Couldn't find mech NTLM");
            case SASLDB_UNREADABLE -> verdict(lines, p, c, plain, "generic failure", user,
                "SASL authentication problem: unable to open Berkeley db /etc/sasldb2: Permission denied");
            case UNKNOWN_VERIFIER -> verdict(lines, p, c, plain, "no mechanism available", user, "SASL authentication problem: unknown password verifier(s) sasldb");
            case SASLAUTHD_AWAY -> verdict(lines, p, c, plain, "generic failure", user,
                "SASL authentication failure: cannot connect to saslauthd server: No such file or directory");
            case ABORTED -> lines.add(p + "warning: " + c + ": SASL " + plain + " authentication aborted");
            case DISCONNECTED -> lines.add(p + "lost connection after AUTH from " + c);
            case TIMEOUT -> lines.add(p + "timeout after AUTH from " + c);
        }
        lines.add(cause == Cause.DISCONNECTED || cause == Cause.TIMEOUT ? gone : quit);
        now.add(lines);
        count("failed");
        count("failed." + cause.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static void verdict(Deque<String> lines, String p, String c, String mech, String reason, String user, String before) {
        if (before != null) {
            lines.add(p + "warning: " + before);
        }
        lines.add(p + "warning: " + c + ": SASL " + mech + " authentication failed: " + reason + ", sasl_username=" + user);
    }

    /** The tag of a process that takes the next client. After a hundred clients a new one takes its place, and libsasl2 says what it misses. */
    private String smtpd(boolean users, List<Deque<String>> now) {
        int[] all = users ? submission : smtpd;
        // In turn: a process has one client at a time.
        int i = users ? nextSubmission++ % all.length : nextSmtpd++ % all.length;
        String tag = users ? "postfix/submission/smtpd[" : "postfix/smtpd[";
        if (++served[users ? smtpd.length + i : i] > 100) {
            served[users ? smtpd.length + i : i] = 0;
            all[i] = next();
            String p = tag + all[i] + "]: ";
            now.add(lines(p + "sql_select option missing", p + "auxpropfunc error no mechanism available",
                p + "_sasl_plugin_load failed on sasl_auxprop_plug_init for plugin: sql"));
        }
        return tag + all[i] + "]: ";
    }

    private int next() {
        pid = pid > 4_000_000 ? 1200 : pid + 1 + random.nextInt(9);
        return pid;
    }

    private String client() {
        String ip = switch (random.nextInt(4)) {
            case 0 -> "192.0.2." + random.nextInt(1, 255);
            case 1 -> "203.0.113." + random.nextInt(1, 255);
            default -> "198." + random.nextInt(18, 20) + "." + random.nextInt(256) + "." + random.nextInt(1, 255);
        };
        return (random.nextInt(3) == 0 ? "unknown" : one("mail", "mx", "relay", "host-", "dyn-") + random.nextInt(200) + "." + one(SITES)) + "[" + ip + "]";
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private static Deque<String> lines(String... all) {
        return new ArrayDeque<>(Arrays.asList(all));
    }

    private void count(String name) {
        counts.merge(name, 1L, Long::sum);
    }
}
