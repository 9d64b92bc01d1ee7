package saslscope.index;

import java.util.Arrays;

/**
 * A query with those characters escaped that the classic parser takes for syntax although people mean them as such: the
 * slash everywhere, colons inside a value, a sign at its start. Also finds what the parser would answer with a riddle:
 * unknown fields, quotes and brackets that do not end, regular expressions.
 */
final class QueryEscapes {
    private static final int LONGEST = 8192;
    private static final int DEEPEST = 64;
    static final String EXAMPLE = "user:alice cause:wrong-realm ip:192.0.2.0/24";

    private final String query;
    private final StringBuilder out = new StringBuilder();
    /** For each character of {@link #out}, where it stands in the query. */
    private int[] places = new int[64];
    private int at;

    private QueryEscapes(String query) {
        this.query = query;
    }

    static QueryEscapes of(String query) {
        QueryEscapes e = new QueryEscapes(query);
        if (query.length() > LONGEST) {
            throw e.problem(LONGEST, "the query is longer than " + LONGEST + " characters", EXAMPLE);
        }
        e.walk();
        return e;
    }

    /** The query as it was given. */
    String query() {
        return query;
    }

    /** The query for the classic parser. */
    String escaped() {
        return out.toString();
    }

    /** Where a character of the escaped query stands in the one that was given. */
    int place(int escapedAt) {
        return escapedAt < out.length() ? places[Math.max(0, escapedAt)] : query.length();
    }

    QueryProblem problem(int place, String what, String example) {
        return new QueryProblem(query, place, what, example);
    }

    private void walk() {
        int depth = 0;
        while (at < query.length()) {
            char c = query.charAt(at);
            switch (c) {
                case '"' -> quoted();
                case '[', '{' -> range();
                case '(' -> {
                    if (++depth > DEEPEST) {
                        throw problem(at, "more than " + DEEPEST + " parentheses inside each other", EXAMPLE);
                    }
                    copy();
                }
                case ')' -> {
                    if (--depth < 0) {
                        throw problem(at, "')' without '('", "mech:(PLAIN OR LOGIN)");
                    }
                    copy();
                }
                case ']', '}' -> throw problem(at, "'" + c + "' without '" + (c == ']' ? '[' : '{') + "'", "time:[2026-11-01 TO 2026-11-20]");
                case ' ', '\t', '\n', '\r', '\u3000', '+', '-', '!', '^', '~', ':', '&', '|' -> copy();
                default -> term();
            }
        }
        if (depth > 0) {
            throw problem(query.length(), "'(' is not closed", "mech:(PLAIN OR LOGIN)");
        }
    }

    private void copy() {
        put(query.charAt(at), at);
        at++;
    }

    private void put(char c, int place) {
        if (out.length() == places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[out.length()] = place;
        out.append(c);
    }

    private void quoted() {
        int start = at;
        copy();
        while (at < query.length() && query.charAt(at) != '"') {
            backslash(query.charAt(at) == '\\', start);
        }
        if (at == query.length()) {
            throw problem(start, "this quote is not closed", "\"authentication failed\"");
        }
        copy();
    }

    private void backslash(boolean escape, int start) {
        if (escape) {
            copy();
            if (at == query.length()) {
                throw problem(start, "a backslash at the end", "user:a\\\"b");
            }
        }
        copy();
    }

    private void range() {
        int start = at;
        copy();
        while (at < query.length() && query.charAt(at) != ']' && query.charAt(at) != '}') {
            if (query.charAt(at) == '"') {
                quoted();
            } else {
                copy();
            }
        }
        if (at == query.length()) {
            throw problem(start, "this bracket is not closed", "time:[2026-11-01 TO 2026-11-20]");
        }
        copy();
    }

    /** A word, with its field if it has one. */
    private void term() {
        int start = at;
        int end = end(at);
        int colon = colon(start, end);
        String name = colon < 0 ? null : query.substring(start, colon);
        if (name != null && Address.parse(query.substring(start, end)) == null) {
            if (!name.equals("*") && Schema.of(name).isEmpty()) {
                throw unknown(start, name);
            }
            while (at <= colon) {
                copy();
            }
            start = at;
            if (at < query.length() && "+-!".indexOf(query.charAt(at)) >= 0) {
                put('\\', at);
                copy();
                end = end(at);
            }
        }
        regex(start, end);
        while (at < end) {
            char c = query.charAt(at);
            if (c == '\\') {
                backslash(true, start);
            } else {
                if (c == '/' || c == ':') {
                    put('\\', at);
                }
                copy();
            }
        }
    }

    /** Index behind the word that starts there. */
    private int end(int from) {
        int end = from;
        while (end < query.length() && " \t\n\r\u3000()[]{}\"^~".indexOf(query.charAt(end)) < 0) {
            end += query.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end, query.length());
    }

    private int colon(int start, int end) {
        for (int i = start; i < end; i++) {
            if (query.charAt(i) == '\\') {
                i++;
            } else if (query.charAt(i) == ':') {
                return i;
            }
        }
        return -1;
    }

    private QueryProblem unknown(int place, String name) {
        String what = "there is no field '" + name + "'";
        return Schema.nearest(name)
            .map(n -> problem(place, what + "; did you mean '" + n + "'?", n + query.substring(place + name.length(), end(place))))
            .orElseGet(() -> problem(place, what + "; put quotes around text with a colon", "\"" + query.substring(place, end(place)) + "\""));
    }

    private void regex(int start, int end) {
        boolean slashes = end - start > 2 && query.charAt(start) == '/' && query.charAt(end - 1) == '/';
        String word = query.substring(start, end);
        boolean open = end < query.length() && word.startsWith("/") && "[(".indexOf(query.charAt(end)) >= 0;
        if (open || slashes && (word.contains(".*") || word.contains("|") || word.contains(".+") || word.contains("$"))) {
            throw problem(start, "regular expressions are not supported; '*' stands for any characters, '?' for one", "user:al*e");
        }
    }
}
