package saslscope.syslog;

/**
 * Finds the parts of a line's header. One object is used again for each line; after {@link #read} returned true its
 * fields tell where the parts are.
 *
 * <p>Layouts, with the program that writes them (see {@link SyslogParser} for the list).
 */
final class Header {
    private static final int LONGEST_HOST = 255;
    private static final int LONGEST_TAG = 128;
    private static final int DEEPEST = 4;

    /** The stamp that counts; valid if {@link #stamped}. */
    Stamp stamp = new Stamp();
    boolean stamped;
    /** The stamp of a container tool, before {@link #stamp}; valid if {@link #wrapped}. */
    Stamp outer = new Stamp();
    boolean wrapped;
    /** More than a tag shows that this is a log line: a container tool's prefix, or the version of RFC 5424. */
    boolean framed;
    int hostFrom;
    int hostTo;
    int tagFrom;
    /** Equal to {@link #tagFrom} if the line has no tag. */
    int tagTo;
    /** A line of Exim's own log, which names neither host nor program. */
    boolean exim;
    /** -1 if not logged. */
    int pid;
    int messageFrom;

    private byte[] b;
    private int to;

    /** True if there is a header; a line without any stamp has one only if its tag carries a process id. */
    boolean read(byte[] bytes) {
        b = bytes;
        to = bytes.length;
        stamped = false;
        wrapped = false;
        framed = false;
        exim = false;
        hostFrom = hostTo = tagFrom = tagTo = messageFrom = 0;
        pid = -1;
        boolean found = find(bom(0));
        b = null;
        return found;
    }

    private boolean find(int start) {
        int p = start;
        for (int depth = 0; depth < DEEPEST; depth++) {
            int pri = priority(p);
            if (versioned(pri, pri > p)) {
                return version1(pri + 2);
            }
            // Overwrites a stamp that is no longer needed: only one without a year looks back at the outer one.
            Stamp free = outer;
            int q = free.read(b, pri, to);
            if (q < 0) {
                int inner = stamped || framed ? -1 : Container.name(b, p, to);
                if (inner < 0) {
                    p = pri;
                    break;
                }
                framed = true;
                p = inner;
                continue;
            }
            outer = stamp;
            stamp = free;
            wrapped = stamped;
            stamped = true;
            p = q + 1;
            if (!stamp.absolute() || p >= to) {
                break;
            }
            int inner = Container.stream(b, p, to);
            if (inner >= 0) {
                framed = true;
                p = inner;
            } else if (!Stamp.digit(b[p]) && b[p] != '<' && (b[p] < 'A' || b[p] > 'Z')) {
                break;
            }
        }
        return stamped ? afterStamp(p) : tag(p) && pid >= 0;
    }

    /** Behind {@code <22>}; the same index if there is none. */
    private int priority(int p) {
        if (p + 2 >= to || b[p] != '<') {
            return p;
        }
        int i = p + 1;
        while (i < to && i < p + 4 && Stamp.digit(b[i])) {
            i++;
        }
        return i > p + 1 && i + 1 < to && b[i] == '>' && b[i + 1] != ' ' ? i + 1 : p;
    }

    /** RFC 5424 section 6: version 1, then a stamp; or, behind a priority, the nil stamp. */
    private boolean versioned(int p, boolean prioritised) {
        return p + 3 < to && b[p] == '1' && b[p + 1] == ' '
            && (prioritised && b[p + 2] == '-' && b[p + 3] == ' ' || p + 6 < to && Stamp.digit(b[p + 2]) && b[p + 6] == '-');
    }

    private boolean version1(int p) {
        framed = true;
        int after = p + 2;
        if (b[p] != '-') {
            int q = stamp.read(b, p, to);
            if (q < 0) {
                return false;
            }
            stamped = true;
            after = q + 1;
        }
        return host(after) && fields(hostTo + 1, false);
    }

    private boolean afterStamp(int start) {
        int p = start;
        if (stamp.year != 0 && EximLine.begins(b, p, to)) {
            exim = true;
            hostFrom = hostTo = tagFrom = tagTo = p;
            messageFrom = p;
            return true;
        }
        if (p < to && b[p] == '<') {
            p = facility(p);
        }
        if (tag(p)) {
            hostFrom = hostTo = p;
            return true;
        }
        if (!host(p)) {
            return false;
        }
        p = hostTo + 1;
        if (p < to && b[p] == '<') {
            p = facility(p);
        }
        if (tag(p)) {
            return true;
        }
        int named = severity(p);
        if (named > p && tag(named)) {
            return true;
        }
        if (stamp.year != 0 && fields(p, true)) {
            return true;
        }
        tagFrom = tagTo = messageFrom = Math.min(p, to);
        pid = -1;
        return true;
    }

    private boolean host(int from) {
        int end = word(from, LONGEST_HOST);
        if (end < 0) {
            return false;
        }
        boolean nil = end == from + 1 && b[from] == '-';
        hostFrom = nil ? end : from;
        hostTo = end;
        return true;
    }

    /** FreeBSD's syslogd -v and -vv: {@code <2.6> }, {@code <mail.info> }. */
    private int facility(int p) {
        int end = word(p, 24);
        return end > 0 && end < to && b[end - 1] == '>' ? end + 1 : p;
    }

    /** busybox syslogd writes {@code mail.info } before the tag. */
    private int severity(int p) {
        int end = word(p, 24);
        if (end < 0 || end >= to) {
            return p;
        }
        int dot = end - 1;
        while (dot > p && b[dot] != '.') {
            dot--;
        }
        int length = end - dot - 1;
        if (dot == p || length < 3 || length > 7) {
            return p;
        }
        for (int i = p; i < end; i++) {
            if (i != dot && (b[i] < 'a' || b[i] > 'z') && !(i < dot && Stamp.digit(b[i]))) {
                return p;
            }
        }
        return switch (b[dot + 1] << 16 | b[dot + 2] << 8 | b[dot + 3]) {
            case 'e' << 16 | 'm' << 8 | 'e', 'a' << 16 | 'l' << 8 | 'e', 'c' << 16 | 'r' << 8 | 'i',
                'e' << 16 | 'r' << 8 | 'r', 'w' << 16 | 'a' << 8 | 'r', 'n' << 16 | 'o' << 8 | 't',
                'i' << 16 | 'n' << 8 | 'f', 'd' << 16 | 'e' << 8 | 'b' -> end + 1;
            default -> p;
        };
    }

    /**
     * {@code postfix/smtpd[12]: }, {@code saslauthd: }: a word that ends in a colon before a blank or the end. A colon
     * or a bracket elsewhere belongs to it ({@code postfix/127.0.0.1:10025/smtpd[12]:}).
     */
    private boolean tag(int from) {
        int end = Math.min(to, from + LONGEST_TAG);
        for (int p = from; p < end; p++) {
            int c = b[p];
            if (c >= 0 && c <= ' ' || c == 0x7f) {
                return false;
            }
            if (c == ':' && p > from && (p + 1 == to || b[p + 1] == ' ')) {
                pid = -1;
                return tagged(from, p, p + 1);
            }
            if (c == '[' && p > from) {
                int close = p + 1;
                while (close < to && Stamp.digit(b[close])) {
                    close++;
                }
                if (close > p + 1 && close + 1 < to && b[close] == ']' && (b[close + 1] == ':' || b[close + 1] == ' ')) {
                    pid = number(p + 1, close);
                    return tagged(from, p, b[close + 1] == ':' ? close + 2 : close + 1);
                }
            }
        }
        return false;
    }

    private boolean tagged(int from, int end, int after) {
        tagFrom = from;
        tagTo = end;
        messageFrom = after < to && b[after] == ' ' ? after + 1 : after;
        return true;
    }

    /**
     * RFC 5424 6.2.5 to 6.4: APP-NAME PROCID MSGID STRUCTURED-DATA and the message.
     *
     * @param strict only if it cannot be taken for anything else: nothing announced this format
     */
    private boolean fields(int app, boolean strict) {
        int appEnd = word(app, LONGEST_TAG);
        int processEnd = appEnd < 0 ? -1 : word(appEnd + 1, LONGEST_TAG);
        int idEnd = processEnd < 0 ? -1 : word(processEnd + 1, LONGEST_TAG);
        int dataEnd = idEnd < 0 ? -1 : structuredData(idEnd + 1);
        if (dataEnd < 0) {
            return false;
        }
        int process = appEnd + 1;
        boolean none = processEnd == process + 1 && b[process] == '-';
        int number = none ? -1 : number(process, processEnd);
        if (strict && !none && number < 0) {
            return false;
        }
        pid = number;
        tagFrom = appEnd == app + 1 && b[app] == '-' ? appEnd : app;
        tagTo = appEnd;
        int p = dataEnd < to ? dataEnd + 1 : to;
        messageFrom = text(bom(p));
        return true;
    }

    /**
     * rsyslog keeps the blank that RFC 3164 puts behind the tag, so the message begins with one more blank than the
     * program wrote. saslauthd itself begins with sixteen (saslauthd/log.c: {@code %-16s:}), which are left whole.
     */
    private int text(int from) {
        int p = from;
        while (p < to && b[p] == ' ') {
            p++;
        }
        boolean padding = p - from == 16 && p < to && b[p] == ':';
        return p > from && !padding ? from + 1 : from;
    }

    /** Behind {@code -} or {@code [id name="va\"l]ue"][id2]}; -1 if it is neither. RFC 5424 6.3. */
    private int structuredData(int from) {
        if (from < to && b[from] == '-') {
            return from + 1 == to || b[from + 1] == ' ' ? from + 1 : -1;
        }
        int p = from;
        while (p < to && b[p] == '[') {
            boolean quoted = false;
            for (p++; p < to && (quoted || b[p] != ']'); p++) {
                if (b[p] == '"') {
                    quoted = !quoted;
                } else if (quoted && b[p] == '\\') {
                    p++;
                }
            }
            if (p >= to) {
                return -1;
            }
            p++;
        }
        return p > from && (p == to || b[p] == ' ') ? p : -1;
    }

    /** End of the printable word that starts there; -1 if there is none, or one longer than that. */
    private int word(int from, int longest) {
        int p = from;
        while (p < to && b[p] != ' ') {
            if (b[p] >= 0 && b[p] < ' ' || b[p] == 0x7f || p - from >= longest) {
                return -1;
            }
            p++;
        }
        return p > from ? p : -1;
    }

    /** The number written there, -1 if it is none or too great. */
    private int number(int from, int end) {
        if (end <= from || end - from > 10) {
            return -1;
        }
        long n = 0;
        for (int i = from; i < end; i++) {
            if (!Stamp.digit(b[i])) {
                return -1;
            }
            n = n * 10 + b[i] - '0';
        }
        return n > Integer.MAX_VALUE ? -1 : (int) n;
    }

    private int bom(int p) {
        return p + 2 < to && (b[p] & 0xff) == 0xef && (b[p + 1] & 0xff) == 0xbb && (b[p + 2] & 0xff) == 0xbf ? p + 3 : p;
    }
}
