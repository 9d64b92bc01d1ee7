package saslscope.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * A piece of a message: a value (a word, number, address) or the text between two.
 *
 * @param kind what it is by its looks
 * @param text itself
 */
record Piece(Kind kind, String text) {
    /** Pieces of a message that are looked at; what follows is one last piece. */
    static final int MOST = 160;

    /** What a piece can be, and the expression that takes all of its kind. */
    enum Kind {
        /** Text between values; never varies within a template. */
        BETWEEN(""),
        WORD("[0-9A-Za-z_.-]+"),
        NUMBER("[0-9]+"),
        /** A word before an address in brackets. */
        HOST("[0-9A-Za-z_.-]+"),
        /** A word behind a key such as {@code user=}, or in quotes. */
        KEYED("[0-9A-Za-z_.-]+"),
        /** An address of IPv4 or IPv6. */
        ADDRESS("%{PEER_ADDRESS}"),
        MAILBOX("[^ <>,;:=()\\[\\]\"']+"),
        /** Anything without a blank or a bracket. */
        TOKEN("[^ <>,;=()\\[\\]\"']+"),
        /** Control characters, or other than ASCII. */
        OTHER("[^ -~]+"),
        /** A secret that was masked. */
        SECRET("(?<secret>.+)"),
        /** The end of a very long message. */
        REST(".*");

        final String expression;

        Kind(String expression) {
            this.expression = expression;
        }

        boolean value() {
            return this != BETWEEN;
        }
    }

    private static final Set<String> QUOTED = Set.of("''", "\"\"", "`'", "<>");
    private static final Set<String> LEADS = Set.of("=", "=<", "=\"", "='", " '", " \"", " <", " `");

    private static final java.util.regex.Pattern PIECES = java.util.regex.Pattern.compile(
        "(?<secret>\\[secret\\])"
        + "|(?<address>(?<![0-9A-Za-z.:])(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|(?=[0-9a-fA-F.]*:[0-9a-fA-F.]*:)[0-9a-fA-F]{0,4}(?::[0-9a-fA-F.]{0,15}){2,8})(?![0-9A-Za-z:]))"
        + "|(?<mailbox>[0-9A-Za-z_.+%-]+@[0-9A-Za-z.-]+)"
        + "|(?<word>[0-9A-Za-z_](?:[0-9A-Za-z_.-]*[0-9A-Za-z_])?)"
        + "|(?<other>[^ -~]+)");

    /** What stands before a value that says what it is, and the field that is. */
    static final Map<String, String> KEYS = Map.of("user", "user", "username", "user", "login", "user", "sasl_username", "user",
        "mech", "mechanism", "method", "mechanism", "mechanism", "mechanism", "sasl_method", "mechanism", "realm", "realm");

    /** Takes a message apart; the texts of all pieces make up the message again. */
    static List<Piece> of(String message) {
        List<Piece> pieces = apart(message);
        for (int i = 0; i < pieces.size(); i++) {
            Piece p = pieces.get(i);
            if (p.kind == Kind.WORD || p.kind == Kind.NUMBER) {
                boolean host = i + 2 < pieces.size() && pieces.get(i + 1).text.equals("[") && pieces.get(i + 2).kind == Kind.ADDRESS;
                if (host || keyed(pieces, i)) {
                    pieces.set(i, new Piece(host ? Kind.HOST : Kind.KEYED, p.text));
                }
            }
        }
        return pieces;
    }

    private static boolean keyed(List<Piece> pieces, int i) {
        boolean quoted = i >= 1 && i + 1 < pieces.size() && QUOTED.contains("" + last(pieces.get(i - 1).text) + pieces.get(i + 1).text.charAt(0));
        return quoted || i >= 2 && KEYS.containsKey(pieces.get(i - 2).text) && leads(pieces.get(i - 1).text);
    }

    /** Whether a text between a key and its value leads from one to the other. */
    static boolean leads(String between) {
        return LEADS.contains(between);
    }

    private static char last(String text) {
        return text.charAt(text.length() - 1);
    }

    private static List<Piece> apart(String message) {
        List<Piece> pieces = new ArrayList<>();
        Matcher m = PIECES.matcher(message);
        int at = 0;
        while (pieces.size() < MOST && m.find()) {
            if (m.start() > at) {
                pieces.add(new Piece(Kind.BETWEEN, message.substring(at, m.start())));
            }
            pieces.add(new Piece(kind(m), m.group()));
            at = m.end();
        }
        if (at < message.length()) {
            pieces.add(pieces.size() < MOST ? new Piece(Kind.BETWEEN, message.substring(at)) : new Piece(Kind.REST, message.substring(at)));
        }
        return pieces;
    }

    private static Kind kind(Matcher m) {
        if (m.start("word") >= 0) {
            return m.group().chars().allMatch(c -> c >= '0' && c <= '9') ? Kind.NUMBER : Kind.WORD;
        }
        return m.start("address") >= 0 ? Kind.ADDRESS : m.start("mailbox") >= 0 ? Kind.MAILBOX
            : m.start("secret") >= 0 ? Kind.SECRET : Kind.OTHER;
    }

    /** True if its looks alone say that another line will have another value here. */
    boolean varies() {
        return kind != Kind.BETWEEN && (kind != Kind.WORD || text.chars().anyMatch(c -> c >= '0' && c <= '9'));
    }
}
