package saslscope.definition;

import java.util.List;

/** The definitions can't be used. The message shows every problem; no stack trace is needed to understand it. */
public final class DefinitionException extends Exception {
    private final transient List<Problem> problems;

    /**
     * @param problems what is wrong, at least one error
     * @param dropped  further problems that were only counted
     */
    public DefinitionException(List<Problem> problems, int dropped) {
        super(text(problems, dropped), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** What is wrong. */
    public List<Problem> problems() {
        return problems;
    }

    private static String text(List<Problem> problems, int dropped) {
        StringBuilder out = new StringBuilder();
        for (Problem p : problems) {
            out.append(out.isEmpty() ? "" : "\n").append(p.render());
        }
        if (dropped > 0) {
            out.append("\n... and ").append(dropped).append(" more");
        }
        return out.toString();
    }
}
