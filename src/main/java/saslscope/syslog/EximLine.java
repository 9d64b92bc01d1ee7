package saslscope.syslog;

import java.nio.charset.StandardCharsets;

/**
 * Tells lines of Exim's mainlog, which Exim writes by itself: a stamp, then the message, without host and program
 * (Exim src/log.c, log_write()). Only what nobody else writes behind a stamp counts: a failed authenticator, a protocol error
 * about AUTH, or a message's id with the arrow of an arrival or a delivery.
 */
final class EximLine {
    private static final int LONGEST_NAME = 64;
    private static final byte[] FAILED = "authenticator failed for ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROTOCOL = "SMTP protocol error in \"".getBytes(StandardCharsets.US_ASCII);
    /** Parts of an id: time, process, fraction; longer since Exim 4.97. */
    private static final int[][] ID = {{6, 6, 2}, {6, 11, 4}};

    private EximLine() {
    }

    /** Whether Exim's message begins there; it may begin with the process id (log_selector = +pid). */
    static boolean begins(byte[] b, int from, int to) {
        int p = process(b, from, to);
        if (matches(b, p, to, PROTOCOL)) {
            return true;
        }
        int end = p;
        while (end < to && end - p < LONGEST_NAME && (letter(b[end]) || b[end] == '_' || b[end] == '-')) {
            end++;
        }
        if (end == p || end >= to || b[end] != ' ') {
            return false;
        }
        return matches(b, end + 1, to, FAILED) || id(b, p, end) && arrow(b, end + 1, to);
    }

    private static int process(byte[] b, int from, int to) {
        int p = from;
        if (p < to && b[p] == '[') {
            p++;
            while (p < to && Stamp.digit(b[p])) {
                p++;
            }
            return p > from + 1 && p + 1 < to && b[p] == ']' && b[p + 1] == ' ' ? p + 2 : from;
        }
        return from;
    }

    private static boolean id(byte[] b, int from, int end) {
        for (int[] parts : ID) {
            if (end - from == parts[0] + parts[1] + parts[2] + 2 && b[from + parts[0]] == '-' && b[from + parts[0] + 1 + parts[1]] == '-') {
                return true;
            }
        }
        return false;
    }

    /** Arrived {@code <=}, delivered {@code => -> >> *>}, failed {@code **}, put off {@code ==}. */
    private static boolean arrow(byte[] b, int p, int to) {
        if (p + 2 >= to || b[p + 2] != ' ') {
            return false;
        }
        int second = b[p + 1];
        return switch (b[p]) {
            case '<', '=' -> second == '=' || b[p] == '=' && second == '>';
            case '-', '>' -> second == '>';
            case '*' -> second == '*' || second == '>';
            default -> false;
        };
    }

    private static boolean matches(byte[] b, int p, int to, byte[] text) {
        if (p + text.length > to) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (b[p + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean letter(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || Stamp.digit(c);
    }
}
