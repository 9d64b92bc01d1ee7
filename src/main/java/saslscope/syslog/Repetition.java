package saslscope.syslog;

import java.nio.charset.StandardCharsets;

/** The two ways in which a syslog daemon says that a message came again. Counts only if the whole message says so. */
final class Repetition {
    /** More than this in one line is not believed. */
    static final int MOST = 1_000_000;

    private static final byte[] QUOTED = ascii("message repeated ");
    private static final byte[] LAST = ascii("last message repeated ");
    private static final byte[] TIME = ascii(" time");
    private static final byte[] BRACKET = ascii(": [");

    /** How many times. */
    int count;
    /** Where the repeated message stands in the line, after {@link #quoted}. */
    int from;
    int to;

    /** rsyslog with {@code $RepeatedMsgReduction}: {@code message repeated N times: [ text]}. */
    boolean quoted(byte[] b, int start, int end) {
        int p = counted(b, start, end, QUOTED);
        if (p < 0 || b[end - 1] != ']' || !starts(b, p, end - 1, BRACKET)) {
            return false;
        }
        p += BRACKET.length;
        from = p < end - 1 && b[p] == ' ' ? p + 1 : p;
        to = end - 1;
        return true;
    }

    /** BSD and classic syslogd: {@code last message repeated N times}. */
    boolean last(byte[] b, int start, int end) {
        return counted(b, start, end, LAST) == end;
    }

    /** Reads the lead, a number in bounds, and {@code time} or {@code times}; the index behind, -1 if it is not so. */
    private int counted(byte[] b, int start, int end, byte[] lead) {
        if (!starts(b, start, end, lead)) {
            return -1;
        }
        int p = start + lead.length;
        int n = 0;
        while (p < end && n <= MOST && Stamp.digit(b[p])) {
            n = n * 10 + b[p++] - '0';
        }
        if (n < 1 || n > MOST || !starts(b, p, end, TIME)) {
            return -1;
        }
        count = n;
        p += TIME.length;
        return p < end && b[p] == 's' ? p + 1 : p;
    }

    private static boolean starts(byte[] b, int from, int end, byte[] lead) {
        if (end - from < lead.length) {
            return false;
        }
        for (int i = 0; i < lead.length; i++) {
            if (b[from + i] != lead[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
