package saslscope.pattern;

import java.nio.charset.StandardCharsets;

/**
 * Where in a log text secrets stand. One method for each kind of place; each is asked at one character and adds what it finds.
 */
final class SecretPlaces {
    /** Words before {@code =}, {@code : } or a quote. */
    private static final Scan.Ends BEFORE_VALUE = new Scan.Ends("password", "passwd", "passphrase", "pass", "pw", "pwd", "resp", "secret", "token",
        "auth_token", "credentials");
    /** Words before a colon, when all that follows is secret (Postfix src/xsasl/xsasl_cyrus_*.c; Dovecot; saslauthd auth_shadow.c). */
    private static final Scan.Ends BEFORE_COLON = new Scan.Ends("decoded response", "decoded initial response", "client response", "initial reply",
        "initial response", "given password", "Debug: Credentials", "client_get_passwd", "pw mismatch", "plaintext password", "cleartext password");
    /** Words before a blank, when all that follows is secret. */
    private static final Scan.Ends BEFORE_BLANK = new Scan.Ends("init_response", "decoded initial response", "uncoded client response", "Bearer",
        "Authorization: Basic");
    /** First words of a command that are no response to a challenge (RFC 5321 and extensions). */
    private static final byte[][] COMMANDS = Scan.words("EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "BDAT", "RSET", "NOOP", "QUIT", "VRFY",
        "EXPN", "HELP", "ETRN", "STARTTLS", "XCLIENT", "XFORWARD", "AUTH", "BURL", "GET", "POST", "CONNECT", "*", ".");
    /** What may stand where a secret would, and is none. */
    private static final byte[][] HARMLESS = Scan.words("<hidden>", "(null)", "[secret]", "(none)", "***");

    private static final byte[] AUTH = "AUTH".getBytes(StandardCharsets.US_ASCII);
    private static final byte[][] MECHANISMS = Scan.words("PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "NTLM", "GSSAPI", "GS2-KRB5", "EXTERNAL",
        "ANONYMOUS", "XOAUTH2", "OAUTHBEARER", "OTP", "SRP", "PASSDSS-3DES-1", "KERBEROS_V4", "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256",
        "SCRAM-SHA-256-PLUS", "SCRAM-SHA-384", "SCRAM-SHA-512", "SCRAM-SHA-512-PLUS", "SCRAM-SHA-224");

    private SecretPlaces() {
    }

    /** Looks at one character; {@link Redactor} asks only at those that can matter. */
    static void at(byte[] text, int from, int to, int i, Spans spans) {
        switch (text[i]) {
            case '=' -> value(text, from, to, i, spans);
            case ':' -> colon(text, from, to, i, spans);
            case '\'', '`' -> quoted(text, from, to, i, spans);
            case '$' -> crypt(text, to, i, spans);
            case '{' -> scheme(text, to, i, spans);
            case '<', '>' -> dialogue(text, from, to, i, spans);
            case '(' -> dovecotNote(text, from, to, i, spans);
            default -> blank(text, from, to, i, spans);
        }
    }

    /** {@code password=x}, {@code pw = 'x'}. */
    private static void value(byte[] text, int from, int to, int i, Spans spans) {
        int end = Scan.back(text, from, i);
        if (BEFORE_VALUE.fit(text, from, end)) {
            token(text, Scan.skipBlanks(text, i + 1, to), to, spans);
        }
    }

    private static void colon(byte[] text, int from, int to, int i, Spans spans) {
        if (Scan.starts(text, i, to, "://")) {
            uri(text, i + 3, to, spans);
        }
        if (i + 1 >= to || text[i + 1] != ' ') {
            return;
        }
        if (BEFORE_COLON.fit(text, from, i)) {
            boolean inParentheses = opened(text, from, i);
            int end = inParentheses && text[to - 1] == ')' ? to - 1 : to;
            hide(text, i + 2, end, spans);
        } else if (Scan.endsWith(text, from, i, "_password_maps") || Scan.endsWith(text, from, i, "_passwd_maps")) {
            lookup(text, i, to, spans);
        }
    }

    /** {@code scheme://user:password@host} (RFC 3986 section 3.2.1), as database and directory URIs hold it. */
    private static void uri(byte[] text, int from, int to, Spans spans) {
        int colon = -1;
        int at = -1;
        // A password may hold an @, a colon or a slash itself: the last @ ends it, the first colon begins it.
        for (int i = from; i < to && text[i] != ' ' && text[i] != '"' && text[i] != '>' && (text[i] != '/' || colon >= 0); i++) {
            colon = colon < 0 && text[i] == ':' ? i : colon;
            at = text[i] == '@' ? i : at;
        }
        if (colon >= 0 && at > colon) {
            hide(text, colon + 1, at, spans);
        }
    }

    /** Postfix src/global/maps.c with -v: {@code maps_find: smtp_sasl_password_maps: hash:/file(0,lock): key = user:password}. */
    private static void lookup(byte[] text, int i, int to, Spans spans) {
        int equals = Scan.indexOf(text, i, to, " = ");
        if (equals >= 0) {
            int colon = Scan.indexOf(text, equals, to, ":");
            hide(text, colon < 0 ? equals + 3 : colon + 1, to, spans);
        }
    }

    /** {@code password 'x'}, {@code pass `x'}, and {@code PLAIN(x) != 'y'} (Dovecot src/auth/auth-request.c). */
    private static void quoted(byte[] text, int from, int to, int i, Spans spans) {
        int end = i;
        while (end > from && text[end - 1] == ' ') {
            end--;
        }
        boolean compared = Scan.endsWith(text, from, end, ") !=");
        if (compared) {
            // "passdb(user,address): SCHEME(" comes first; the password may hold parentheses itself.
            int prefix = Math.max(from, Scan.indexOf(text, from, end, "): "));
            int open = Scan.indexOf(text, prefix, end, "(");
            hide(text, open < 0 ? prefix : open + 1, end - ") !=".length(), spans);
        }
        if (compared || end < i && BEFORE_VALUE.fit(text, from, end)) {
            int close = to - 1;
            while (close > i && text[close] != '\'') {
                close--;
            }
            hide(text, i + 1, close > i ? close : to, spans);
        }
    }

    /** A stored hash, crypt(5): {@code $6$salt$hash}. */
    private static void crypt(byte[] text, int to, int i, Spans spans) {
        int id = i + 1;
        while (id < to && ByteSet.ALNUM.has(text[id] & 255)) {
            id++;
        }
        if (id == i + 1 || id - i > 12 || id >= to || text[id] != '$') {
            return;
        }
        int end = id;
        while (end < to && (ByteSet.ALNUM.has(text[end] & 255) || "./$+=,-".indexOf(text[end]) >= 0)) {
            end++;
        }
        if (end - id > 8) {
            spans.add(i, end);
        }
    }

    /** A stored hash with its scheme in front, RFC 2307 and Dovecot: <code>{SSHA}...</code>. */
    private static void scheme(byte[] text, int to, int i, Spans spans) {
        int close = i + 1;
        while (close < to && (ByteSet.UPPER.has(text[close] & 255) || ByteSet.DIGIT.has(text[close] & 255) || "-._".indexOf(text[close]) >= 0)) {
            close++;
        }
        if (close > i + 2 && close < to && text[close] == '}') {
            token(text, close + 1, to, spans);
        }
    }

    /** {@code smtpd -v} and {@code smtp -v}, src/global/smtp_stream.c: {@code < name[address]: line} and {@code > name[address]:port: line}. */
    private static void dialogue(byte[] text, int from, int to, int i, Spans spans) {
        boolean starts = i == from || i >= from + 2 && text[i - 1] == ' ';
        if (!starts || i + 1 >= to || text[i + 1] != ' ') {
            return;
        }
        int k = i + 2;
        while (k < to && text[k] != ' ' && text[k] != '[') {
            k++;
        }
        int close = k < to && text[k] == '[' ? Scan.indexOf(text, k, to, "]") : -1;
        if (close < 0) {
            return;
        }
        int colon = close + 1;
        if (colon < to && text[colon] == ':' && colon + 1 < to && text[colon + 1] != ' ') {
            colon++;
            while (colon < to && ByteSet.DIGIT.has(text[colon] & 255)) {
                colon++;
            }
        }
        if (colon + 1 >= to || text[colon] != ':' || text[colon + 1] != ' ') {
            return;
        }
        int line = colon + 2;
        if (!command(text, line, to) && !reply(text, line, to)) {
            hide(text, line, to, spans);
        }
    }

    private static boolean command(byte[] text, int from, int to) {
        int end = from;
        while (end < to && text[end] != ' ' && text[end] != ':') {
            end++;
        }
        for (byte[] word : COMMANDS) {
            if (word.length == end - from && Scan.same(text, from, word)) {
                return true;
            }
        }
        return end == from;
    }

    private static boolean reply(byte[] text, int from, int to) {
        boolean digits = to - from >= 3 && text[from] >= '2' && text[from] <= '5'
            && ByteSet.DIGIT.has(text[from + 1] & 255) && ByteSet.DIGIT.has(text[from + 2] & 255);
        return digits && to - from > 3 && (text[from + 3] == ' ' || text[from + 3] == '-');
    }

    /** Dovecot's note behind a response that it shows: {@code CONT#0111#011response (previous base64 data may contain ...)}. */
    private static void dovecotNote(byte[] text, int from, int to, int i, Spans spans) {
        if (i > from && text[i - 1] == ' ' && Scan.starts(text, i, to, "(previous base64 data")) {
            int start = i - 1;
            while (start > from && (ByteSet.ALNUM.has(text[start - 1] & 255) || "+/=".indexOf(text[start - 1]) >= 0)
                && !Scan.endsWith(text, from, start, "#011") && !Scan.endsWith(text, from, start, "resp=")) {
                start--;
            }
            hide(text, start, i - 1, spans);
        }
    }

    /** {@code AUTH mechanism response}, as a command or a piece of one; not in the list of an EHLO reply. */
    private static void auth(byte[] text, int from, int to, int i, Spans spans) {
        int start = i - AUTH.length;
        if (start < from || !Scan.same(text, start, AUTH)) {
            return;
        }
        int before = start - 1;
        boolean inWord = before >= from
            && (ByteSet.WORD.has(text[before] & 255) && !escaped(text, from, before) || "-=".indexOf(text[before]) >= 0);
        if (inWord || Scan.endsWith(text, from, start, "250 ")) {
            return;
        }
        int mechanism = i + 1;
        int end = mechanism;
        while (end < to && (ByteSet.WORD.has(text[end] & 255) || text[end] == '-')) {
            end++;
        }
        if (end > mechanism && knownMechanism(text, mechanism, end)) {
            pipelined(text, end, before >= from && text[before] == '"' ? closing(text, end, to) : to, spans);
        }
    }

    /** The last quote of the line, behind which the program's own words go on (Exim src/smtp_in.c, synprot_error()). */
    private static int closing(byte[] text, int from, int to) {
        for (int k = to - 1; k >= from; k--) {
            if (text[k] == '"') {
                return k;
            }
        }
        return to;
    }

    private static boolean knownMechanism(byte[] text, int from, int to) {
        for (byte[] m : MECHANISMS) {
            if (m.length == to - from && Scan.same(text, from, m)) {
                return true;
            }
        }
        return false;
    }

    /** True if the letter belongs to an escape such as {@code \n}, so that a new word starts behind it. */
    private static boolean escaped(byte[] text, int from, int at) {
        return at > from && text[at - 1] == '\\' && (text[at] == 'n' || text[at] == 'r');
    }

    /**
     * Hides what follows a mechanism: the response on the same line, and responses on the lines behind it, which Postfix writes with
     * {@code \r\n} spelt out (src/smtpd/smtpd.c: improper command pipelining). Commands among them stay.
     */
    private static void pipelined(byte[] text, int from, int to, Spans spans) {
        int line = from;
        boolean first = true;
        while (line < to) {
            int end = Scan.indexOf(text, line, to, "\\r\\n");
            end = end < 0 ? Scan.indexOf(text, line, to, "\\n") : end;
            end = end < 0 ? to : end;
            int start = first ? Scan.skipBlanks(text, line, to) : line;
            if (first || !command(text, start, end)) {
                // Another mechanism's name is a list, not a response.
                if (!(first && knownMechanism(text, start, wordEnd(text, start, end)))) {
                    hide(text, start, end, spans);
                }
            }
            first = false;
            line = end;
            while (line + 1 < to && text[line] == '\\' && (text[line + 1] == 'r' || text[line + 1] == 'n')) {
                line += 2;
            }
            if (line == end) {
                return;
            }
        }
    }

    private static int wordEnd(byte[] text, int from, int to) {
        int end = from;
        while (end < to && text[end] != ' ') {
            end++;
        }
        return end;
    }

    /** The places whose last sign is a blank. */
    private static void blank(byte[] text, int from, int to, int i, Spans spans) {
        byte before = i > from ? text[i - 1] : 0;
        if (before == 'H' || before == 'h') {
            auth(text, from, to, i, spans);
        } else if ((before == 'e' || before == 'r' || before == 'c') && BEFORE_BLANK.fit(text, from, i)) {
            hide(text, i + 1, to, spans);
        }
    }

    /** Hides one value: up to a closing quote, or to the next separator. */
    private static void token(byte[] text, int from, int to, Spans spans) {
        if (from >= to) {
            return;
        }
        byte quote = text[from];
        if (quote == '\'' || quote == '"' || quote == '`') {
            int close = from + 1;
            byte end = quote == '`' ? (byte) '\'' : quote;
            while (close < to && text[close] != end) {
                close++;
            }
            hide(text, from + 1, close, spans);
            return;
        }
        if (Scan.starts(text, from, to, Redactor.MASK)) {
            return;
        }
        // Dovecot's protocol separates by tabs, which syslog writes as #011: then a value may hold anything else.
        boolean tabs = Scan.indexOf(text, 0, from, "#011") >= 0;
        int end = from;
        while (end < to && !Scan.starts(text, end, to, "#011") && !Scan.starts(text, end, to, " (previous base64")
            && (tabs || " \t,;&)]\"'".indexOf(text[end]) < 0)) {
            end++;
        }
        hide(text, from, end, spans);
    }

    private static void hide(byte[] text, int from, int to, Spans spans) {
        for (byte[] word : HARMLESS) {
            if (to - from == word.length && Scan.same(text, from, word)) {
                return;
            }
        }
        spans.add(from, to);
    }

    private static boolean opened(byte[] text, int from, int i) {
        int k = i;
        while (k > from && text[k - 1] != '(' && text[k - 1] != ')') {
            k--;
        }
        return k > from && text[k - 1] == '(';
    }
}
