package saslscope.probe;

import java.net.IDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one server that is talked to.
 *
 * @param host     name or address, without brackets; ASCII
 * @param port     1 to 65535
 * @param implicit TLS from the first byte, as at port 465 (RFC 8314); others ask for it with STARTTLS (RFC 3207)
 */
public record Target(String host, int port, boolean implicit) {
    /** The port of mail clients (RFC 6409). */
    private static final int SUBMISSION = 587;
    private static final int SUBMISSIONS = 465;
    private static final Pattern FORM = Pattern.compile("\\[([0-9A-Fa-f:.%a-z]+)](?::(\\d{1,5}))?|([^:\\[\\]]+)(?::(\\d{1,5}))?|([0-9A-Fa-f]*:[0-9A-Fa-f:.]+)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})");

    /**
     * Reads {@code HOST[:PORT]}; an IPv6 address with a port stands in brackets.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Target parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("not of the form HOST or HOST:PORT; an IPv6 address with a port stands in brackets");
        }
        String port = m.group(2) == null ? m.group(4) : m.group(2);
        int number = port == null ? SUBMISSION : Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("the port is not between 1 and 65535; mail clients log in at 587, 465 or 25");
        }
        if (m.group(3) == null) {
            return new Target(m.group(1) == null ? m.group(5) : m.group(1), number, number == SUBMISSIONS);
        }
        String host;
        try {
            host = IDN.toASCII(m.group(3), IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            host = "";
        }
        if (!NAME.matcher(host).matches()) {
            throw new IllegalArgumentException("no host name; name the one server to log in to");
        }
        return new Target(host, number, number == SUBMISSIONS);
    }

    /** The same with TLS from the first byte, whatever the port. */
    public Target withTls() {
        return new Target(host, port, true);
    }

    /** {@code mail.example.com:587}. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
