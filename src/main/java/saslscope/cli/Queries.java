package saslscope.cli;

import saslscope.index.QueryProblem;

/** What a query that can't be understood looks like to its author. */
final class Queries {
    private static final int LONGEST = 300;

    private Queries() {
    }

    /** What is wrong, the query with a caret at the place, and a right one. */
    static String explain(QueryProblem e) {
        String head = Shown.of(e.getMessage());
        String query = e.query();
        String help = e.example().isEmpty() ? "" : "; such as: " + Shown.of(e.example());
        if (query.isEmpty() || query.length() > LONGEST) {
            return head + help;
        }
        StringBuilder clean = new StringBuilder();
        query.codePoints().forEach(c -> clean.append(c < ' ' || c >= 0x7f && c < 0xa0 || Character.getType(c) == Character.FORMAT
            ? "?" : Character.toString(c)));
        return head + help + "\n  " + clean + "\n  " + " ".repeat(query.codePointCount(0, e.position())) + "^";
    }
}
