package saslscope.definition;

import java.util.ArrayList;
import java.util.List;
import saslscope.definition.Problem.Grade;

/** Collects what is wrong, up to a limit, so that one load shows all of it. Not for use by several threads. */
public final class Problems {
    /** More are only counted. */
    static final int LIMIT = 100;

    private final List<Problem> list = new ArrayList<>();
    private int errors;
    private int dropped;

    /** Adds one. */
    public void add(Problem problem) {
        if (problem.grade() == Grade.ERROR) {
            errors++;
        }
        if (list.size() < LIMIT) {
            list.add(problem);
        } else {
            dropped++;
        }
    }

    /** Adds an error at a word. */
    public void error(Text at, String what, String help) {
        add(Problem.error(at, what, help));
    }

    /** Adds an error at a place. */
    public void error(Location at, String what, String help) {
        add(Problem.error(at, what, help));
    }

    /** Those kept, in the order of discovery. */
    public List<Problem> list() {
        return List.copyOf(list);
    }

    /** True if there is an error among them. */
    public boolean fatal() {
        return errors > 0;
    }

    /** Stops the load if there was an error. */
    public void throwIfFatal() throws DefinitionException {
        if (errors > 0) {
            throw new DefinitionException(list(), dropped);
        }
    }
}
