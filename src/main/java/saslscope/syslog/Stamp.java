package saslscope.syslog;

/**
 * A time stamp as it stands in a line. One object is used again for each line.
 *
 * <p>Forms: {@code Nov  2 16:50:12}, {@code Nov 02 16:50:12.123456} (journalctl short-precise),
 * {@code Nov 22 2026 16:50:12}, {@code 2026 Nov 22 16:50:12}; ISO 8601 with {@code T} or a blank, any fraction, and
 * {@code Z}, {@code +01:00}, {@code +0100}, {@code +01} or no offset; {@code Sun 2026-11-22 16:50:12 CET} (journalctl
 * short-full); {@code 1795362612.123456} (journalctl short-unix).
 */
final class Stamp {
    /** Value of {@link #offset} if the stamp carries none. */
    static final int NO_OFFSET = Integer.MIN_VALUE;

    private static final int LATEST_OFFSET = 18 * 3600;
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** 0 if the stamp carries none. */
    int year;
    /** 1 to 12. */
    int month;
    /** 1 to 31, right for the month (and for the year if there is one). */
    int day;
    /** Second of the day, 0 to 86400 (a leap second at the end). */
    int second;
    int micros;
    /** Seconds east of Greenwich, or {@link #NO_OFFSET}. */
    int offset;
    /** Seconds since 1970 for short-unix, which has no date; else -1. */
    long epoch;

    /**
     * Reads a stamp.
     *
     * @return the index behind it, where there is a blank; -1 if there is no such stamp
     */
    int read(byte[] b, int from, int to) {
        if (to - from < 15) {
            return -1;
        }
        year = 0;
        micros = 0;
        offset = NO_OFFSET;
        epoch = -1;
        int first = b[from];
        int p = -1;
        if (first >= 'A' && first <= 'Z') {
            p = month(b, from) > 0 ? traditional(b, from, to) : full(b, from, to);
        } else if (digit(first)) {
            if (b[from + 4] == '-') {
                p = iso(b, from, to);
            } else if (b[from + 4] == ' ') {
                p = yearFirst(b, from, to);
            } else {
                p = unix(b, from, to);
            }
        }
        return p > 0 && p < to && b[p] == ' ' ? p : -1;
    }

    /** True if the stamp alone says which moment it means. */
    boolean absolute() {
        return epoch >= 0 || offset != NO_OFFSET;
    }

    static boolean leap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** {@code Nov  2 [2026 ]16:50:12[.123]}: RFC 3164 4.1.2; the day is padded with a blank, a zero, or not at all. */
    private int traditional(byte[] b, int from, int to) {
        month = month(b, from);
        int p = from + 3;
        if (b[p++] != ' ') {
            return -1;
        }
        if (b[p] == ' ') {
            p++;
        }
        if (!digit(b[p])) {
            return -1;
        }
        day = b[p++] - '0';
        if (digit(b[p])) {
            day = day * 10 + b[p++] - '0';
        }
        if (b[p++] != ' ') {
            return -1;
        }
        if (p + 4 < to && b[p + 4] == ' ') {
            year = digits(b, p, 4, to);
            if (year < 1970) {
                return -1;
            }
            p += 5;
        }
        return dated() ? time(b, p, to) : -1;
    }

    /** {@code 2026 Nov 22 16:50:12}. */
    private int yearFirst(byte[] b, int from, int to) {
        int y = digits(b, from, 4, to);
        int rest = from + 5;
        if (y < 1970 || to - rest < 15 || month(b, rest) == 0) {
            return -1;
        }
        int p = traditional(b, rest, to);
        if (p < 0 || year != 0) {
            return -1;
        }
        year = y;
        return dated() ? p : -1;
    }

    private int iso(byte[] b, int from, int to) {
        if (to - from < 19 || b[from + 7] != '-') {
            return -1;
        }
        year = digits(b, from, 4, to);
        month = digits(b, from + 5, 2, to);
        day = digits(b, from + 8, 2, to);
        int between = b[from + 10];
        if (year < 1970 || !dated() || between != 'T' && between != ' ' && between != 't') {
            return -1;
        }
        int p = time(b, from + 11, to);
        return p > 0 && p < to ? offset(b, p, to) : p;
    }

    /** {@code Sun 2026-11-22 16:50:12 CET}; the name of a zone other than UTC tells nothing that the assumed zone does not. */
    private int full(byte[] b, int from, int to) {
        if (b[from + 3] != ' ' || !lower(b[from + 1]) || !lower(b[from + 2]) || !digit(b[from + 4])) {
            return -1;
        }
        int p = iso(b, from + 4, to);
        if (p < 0 || p >= to || b[p] != ' ' || offset != NO_OFFSET) {
            return -1;
        }
        int zone = p + 1;
        int end = zone;
        while (end < to && b[end] != ' ') {
            end++;
        }
        if (end - zone < 2 || end - zone > 6) {
            return -1;
        }
        if (b[zone] == '+' || b[zone] == '-') {
            return offset(b, zone, to) == end ? end : -1;
        }
        for (int i = zone; i < end; i++) {
            if (b[i] < 'A' || b[i] > 'Z') {
                return -1;
            }
        }
        if (end - zone == 3 && (b[zone] == 'U' && b[zone + 1] == 'T' && b[zone + 2] == 'C'
            || b[zone] == 'G' && b[zone + 1] == 'M' && b[zone + 2] == 'T')) {
            offset = 0;
        }
        return end;
    }

    /** Seconds and six digits of fraction. */
    private int unix(byte[] b, int from, int to) {
        long seconds = 0;
        int p = from;
        while (p < to && digit(b[p]) && p - from < 12) {
            seconds = seconds * 10 + b[p++] - '0';
        }
        if (p - from < 9 || p - from > 11 || p >= to || b[p] != '.') {
            return -1;
        }
        int fraction = digits(b, p + 1, 6, to);
        if (fraction < 0) {
            return -1;
        }
        epoch = seconds;
        micros = fraction;
        return p + 7;
    }

    /** {@code 16:50:12} with any fraction behind it. */
    private int time(byte[] b, int from, int to) {
        if (to - from < 8 || b[from + 2] != ':' || b[from + 5] != ':') {
            return -1;
        }
        int h = digits(b, from, 2, to);
        int m = digits(b, from + 3, 2, to);
        int s = digits(b, from + 6, 2, to);
        if ((h | m | s) < 0 || h > 23 || m > 59 || s > 60) {
            return -1;
        }
        second = h * 3600 + m * 60 + s;
        int p = from + 8;
        if (p + 1 < to && (b[p] == '.' || b[p] == ',') && digit(b[p + 1])) {
            int scale = 100_000;
            for (p++; p < to && digit(b[p]); p++) {
                micros += (b[p] - '0') * scale;
                scale /= 10;
            }
        }
        return p;
    }

    /** {@code Z}, {@code +hh:mm}, {@code +hhmm}, {@code +hh} or nothing. */
    private int offset(byte[] b, int from, int to) {
        int sign = b[from];
        if (sign == 'Z' || sign == 'z') {
            offset = 0;
            return from + 1;
        }
        if (sign != '+' && sign != '-') {
            return from;
        }
        int h = digits(b, from + 1, 2, to);
        int p = from + 3;
        int m = 0;
        if (p < to && b[p] != ' ') {
            if (b[p] == ':') {
                p++;
            }
            m = digits(b, p, 2, to);
            p += 2;
        }
        int seconds = h * 3600 + m * 60;
        if (h < 0 || m < 0 || m > 59 || seconds > LATEST_OFFSET) {
            return -1;
        }
        offset = sign == '-' ? -seconds : seconds;
        return p;
    }

    private boolean dated() {
        return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1]
            && (month != 2 || day != 29 || year == 0 || leap(year));
    }

    /** The number of the month with that English name, 0 if there is none. */
    private static int month(byte[] b, int p) {
        return switch (b[p] << 16 | b[p + 1] << 8 | b[p + 2]) {
            case 'J' << 16 | 'a' << 8 | 'n' -> 1;
            case 'F' << 16 | 'e' << 8 | 'b' -> 2;
            case 'M' << 16 | 'a' << 8 | 'r' -> 3;
            case 'A' << 16 | 'p' << 8 | 'r' -> 4;
            case 'M' << 16 | 'a' << 8 | 'y' -> 5;
            case 'J' << 16 | 'u' << 8 | 'n' -> 6;
            case 'J' << 16 | 'u' << 8 | 'l' -> 7;
            case 'A' << 16 | 'u' << 8 | 'g' -> 8;
            case 'S' << 16 | 'e' << 8 | 'p' -> 9;
            case 'O' << 16 | 'c' << 8 | 't' -> 10;
            case 'N' << 16 | 'o' << 8 | 'v' -> 11;
            case 'D' << 16 | 'e' << 8 | 'c' -> 12;
            default -> 0;
        };
    }

    /** The number of exactly that many digits, -1 if something else stands there. */
    private static int digits(byte[] b, int from, int count, int to) {
        if (to - from < count) {
            return -1;
        }
        int n = 0;
        for (int i = from; i < from + count; i++) {
            if (!digit(b[i])) {
                return -1;
            }
            n = n * 10 + b[i] - '0';
        }
        return n;
    }

    static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean lower(int c) {
        return c >= 'a' && c <= 'z';
    }
}
