package saslscope.flow;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Writes a mail log with the lines of Postfix 3.7 and Cyrus SASL 2.1.28; seconds count from 2026-11-22 10:00:00. */
final class MailLog {
    private static final LocalDateTime START = LocalDateTime.of(2026, 11, 22, 10, 0);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

    private record Entry(double seconds, String text) {
    }

    private final List<Entry> entries = new ArrayList<>();
    private int pid = 1000;

    MailLog line(double seconds, String text) {
        entries.add(new Entry(seconds, text));
        return this;
    }

    private MailLog smtpd(double seconds, String text) {
        return line(seconds, "postfix/submission/smtpd[" + pid + "]: " + text);
    }

    MailLog fail(double seconds, String user, String ip) {
        return fail(seconds, user, ip, "LOGIN", "authentication failure");
    }

    MailLog fail(double seconds, String user, String ip, String mechanism, String reason) {
        pid++;
        return smtpd(seconds, "connect from unknown[" + ip + "]")
            .smtpd(seconds, "warning: unknown[" + ip + "]: SASL " + mechanism + " authentication failed: " + reason + ", sasl_username=" + user)
            .smtpd(seconds, "disconnect from unknown[" + ip + "] ehlo=1 auth=0/1 quit=1 commands=2/3");
    }

    /** saslauthd's socket is there and nobody listens, or it is not there. */
    MailLog down(double seconds, String user, String ip, String error) {
        pid++;
        return smtpd(seconds, "connect from unknown[" + ip + "]")
            .smtpd(seconds, "warning: SASL authentication failure: cannot connect to saslauthd server: " + error)
            .smtpd(seconds, "warning: unknown[" + ip + "]: SASL LOGIN authentication failed: generic failure, sasl_username=" + user)
            .smtpd(seconds, "disconnect from unknown[" + ip + "] ehlo=1 auth=0/1 quit=1 commands=2/3");
    }

    MailLog works(double seconds, String user, String ip) {
        pid++;
        return smtpd(seconds, "connect from unknown[" + ip + "]")
            .smtpd(seconds, "957F82" + pid + ": client=unknown[" + ip + "], sasl_method=LOGIN, sasl_username=" + user)
            .smtpd(seconds, "disconnect from unknown[" + ip + "] ehlo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6");
    }

    /** A login without a mail: only that there was one is logged. */
    MailLog worksQuietly(double seconds, String ip) {
        pid++;
        return smtpd(seconds, "connect from unknown[" + ip + "]").smtpd(seconds, "disconnect from unknown[" + ip + "] ehlo=1 auth=1 quit=1 commands=3");
    }

    /** Postfix may not read the password file. */
    MailLog forbidden(double seconds, String user, String ip) {
        pid++;
        return smtpd(seconds, "connect from unknown[" + ip + "]")
            .smtpd(seconds, "warning: SASL authentication problem: unable to open Berkeley db /etc/sasldb2: Permission denied")
            .smtpd(seconds, "warning: unknown[" + ip + "]: SASL LOGIN authentication failed: generic failure, sasl_username=" + user)
            .smtpd(seconds, "disconnect from unknown[" + ip + "] ehlo=1 auth=0/1 quit=1 commands=2/3");
    }

    MailLog saslauthdStarts(double seconds) {
        return line(seconds, "saslauthd[811]:                 : master pid is: 811")
            .line(seconds, "saslauthd[811]:                 : listening on socket: /run/saslauthd/mux");
    }

    MailLog reload(double seconds) {
        return line(seconds, "postfix/master[700]: reload -- version 3.7.11, configuration /etc/postfix");
    }

    /** In the order of time. */
    @Override
    public String toString() {
        StringBuilder b = new StringBuilder();
        entries.stream().sorted(Comparator.comparingDouble(Entry::seconds)).forEach(e -> b.append(STAMP.format(
            START.plusNanos((long) (e.seconds * 1e9)))).append(" mail ").append(e.text).append('\n'));
        return b.toString();
    }
}
