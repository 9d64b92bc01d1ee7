package saslscope.redact;

import java.util.Set;

/** Swaps what names somebody in a stretch of text. */
final class Swap {
    /** What a stretch is known to be. */
    enum As {
        /** Words of a program, perhaps with names among them: a word that programs are known to write stays. */
        TEXT,
        /** A login or a mail address: everything is a name. */
        LOGIN,
        /** A host name, a domain or an address. */
        HOST,
        /** A word that is a name by itself: an id. */
        ID
    }

    private static final Set<String> UNITS = Set.of("s", "ms", "us", "m", "h", "d", "k", "kb", "mb", "gb", "b", "x", "bit", "st", "nd", "rd", "th");
    /** A longer number is somebody's: a telephone or customer number. */
    private static final int LONGEST_NUMBER = 6;

    private final Names names;
    private final Addresses addresses;
    private final Set<String> ordinary;

    /** @param ordinary words that programs are known to write, in lower case */
    Swap(Names names, Addresses addresses, Set<String> ordinary) {
        this.names = names;
        this.addresses = addresses;
        this.ordinary = ordinary;
    }

    /** The stretch with other names. */
    String of(String text, As as) {
        if (as != As.TEXT && (text.equals("unknown") || text.equals("(unavailable)") || text.equals("(null)"))) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (i == 0 || !inToken(text.charAt(i - 1)) || text.charAt(i - 1) == '.') {
                int end = v6(text, i, out);
                if (end > i) {
                    i = end;
                    continue;
                }
            }
            if (!inToken(c)) {
                out.append(c);
                i++;
                continue;
            }
            int end = i;
            while (end < text.length() && inToken(text.charAt(end))) {
                end++;
            }
            int trimmed = end;
            while (trimmed > i && ".-".indexOf(text.charAt(trimmed - 1)) >= 0) {
                trimmed--;
            }
            int start = i;
            while (start < trimmed && ".-".indexOf(text.charAt(start)) >= 0) {
                start++;
            }
            out.append(text, i, start);
            if (start < trimmed) {
                out.append(token(text, start, trimmed, as));
            }
            out.append(text, Math.max(start, trimmed), end);
            i = end;
        }
        return out.toString();
    }

    private static boolean inToken(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_'
            || c > 127 && (Character.isLetterOrDigit(c) || Character.isSurrogate(c));
    }

    /** Behind the IPv6 address that starts there, which is written to {@code out} as another; the same index if there is none. */
    private int v6(String text, int from, StringBuilder out) {
        int end = from;
        int colons = 0;
        while (end < text.length() && end - from < 46 && (Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 128
            || text.charAt(end) == ':' || text.charAt(end) == '.')) {
            colons += text.charAt(end++) == ':' ? 1 : 0;
        }
        while (end > from && text.charAt(end - 1) == '.') {
            end--;
        }
        if (colons < 2) {
            return from;
        }
        for (int to : new int[] {end, text.charAt(end - 1) == ':' ? end - 1 : end}) {
            boolean free = to == text.length() || !inToken(text.charAt(to)) || text.charAt(to) == '.';
            int[] address = free ? AddressText.v6(text.substring(from, to)) : null;
            if (address != null) {
                out.append(AddressText.v6(addresses.v6(address)));
                return to;
            }
        }
        return from;
    }

    private String token(String text, int from, int to, As as) {
        String token = text.substring(from, to);
        long v4 = AddressText.v4(token);
        if (v4 >= 0) {
            return AddressText.v4(addresses.v4((int) v4));
        }
        boolean behindAt = from > 0 && text.charAt(from - 1) == '@';
        boolean beforeAt = to < text.length() && (text.charAt(to) == '@' || text.charAt(to) == '+' && text.indexOf('@', to) > 0);
        return switch (as) {
            case HOST -> names.host(token);
            case LOGIN -> behindAt ? names.host(token) : names.dotted(token);
            case ID -> names.dotted(token);
            case TEXT -> {
                if (behindAt) {
                    yield names.host(token);
                }
                yield beforeAt ? names.dotted(token) : plain(token, path(text, from));
            }
        };
    }

    private static boolean path(String text, int at) {
        return at > 0 && text.charAt(at - 1) == '/' && !(at > 1 && text.charAt(at - 2) == '/');
    }

    private String plain(String token, boolean path) {
        String[] labels = token.split("\\.", -1);
        if (labels.length == 1) {
            return stays(token) ? token : names.word(token);
        }
        boolean all = true;
        boolean numbers = true;
        for (String label : labels) {
            all &= stays(label);
            numbers &= digits(label);
        }
        if (all && !(numbers && labels.length > 3)) {
            return token;
        }
        if (!path && Names.letters(labels[labels.length - 1])) {
            return names.host(token);
        }
        if (numbers) {
            return names.dotted(token);
        }
        StringBuilder out = new StringBuilder();
        for (String label : labels) {
            out.append(out.isEmpty() ? "" : ".").append(stays(label) ? label : names.word(label));
        }
        return out.toString();
    }

    /** Whether a word is a program's own, or a number. */
    private boolean stays(String word) {
        String small = Names.lower(word);
        if (small.isEmpty() || ordinary.contains(small)) {
            return true;
        }
        int numbers = 0;
        for (String part : small.split("[-_]")) {
            numbers += digits(part) ? 1 : 0;
            if (!part.isEmpty() && !ordinary.contains(part) && !number(part)) {
                return false;
            }
        }
        // An address may be written with hyphens.
        return numbers < 4;
    }

    private static boolean number(String part) {
        int n = 0;
        while (n < part.length() && part.charAt(n) >= '0' && part.charAt(n) <= '9') {
            n++;
        }
        if (part.startsWith("0x") && part.length() > 2) {
            return part.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0);
        }
        return n > 0 && n <= LONGEST_NUMBER && (n == part.length() || UNITS.contains(part.substring(n)));
    }

    private static boolean digits(String s) {
        return !s.isEmpty() && s.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
