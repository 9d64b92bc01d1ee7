package saslscope.definition;

/**
 * Something wrong with a definition.
 *
 * @param grade what it means for the load
 * @param at    where
 * @param width how many characters to underline, at least 1
 * @param what  what is wrong: one sentence without a full stop
 * @param help  what to do about it; empty if there is nothing to add. May have several lines
 */
public record Problem(Grade grade, Location at, int width, String what, String help) {

    /** What a problem means for the load. */
    public enum Grade {
        /** The definitions are refused. */
        ERROR,
        /** They work, but {@code patterns lint} mentions it. */
        WARNING
    }

    /** An error at a word. */
    public static Problem error(Text at, String what, String help) {
        return new Problem(Grade.ERROR, at.at(), at.width(), what, help);
    }

    /** An error at one character. */
    public static Problem error(Location at, String what, String help) {
        return new Problem(Grade.ERROR, at, 1, what, help);
    }

    /** A warning at a word. */
    public static Problem warning(Text at, String what, String help) {
        return new Problem(Grade.WARNING, at.at(), at.width(), what, help);
    }

    /**
     * The problem as people read it: where and what, the source line with carets below, the help. Long source lines are
     * cut around the place. Lines are joined with {@code \n}; there is none at the end.
     */
    public String render() {
        StringBuilder out = new StringBuilder();
        out.append(at).append(": ").append(grade == Grade.ERROR ? "error: " : "warning: ").append(what);
        if (at.line() > 0) {
            Excerpt excerpt = Excerpt.of(at.source(), Math.max(0, at.column() - 1), at.column() > 0 ? width : 0);
            out.append("\n  | ").append(excerpt.text());
            if (at.column() > 0) {
                out.append("\n  | ").append(" ".repeat(excerpt.from())).append("^".repeat(excerpt.width()));
            }
        }
        if (!help.isEmpty()) {
            out.append("\n  = help: ").append(help.replace("\n", "\n          "));
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return render();
    }
}
