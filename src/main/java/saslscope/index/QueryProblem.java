package saslscope.index;

/** A query that can't be understood: where, why, and what a right one looks like. */
public final class QueryProblem extends RuntimeException {
    private final String query;
    private final int position;
    private final String example;

    QueryProblem(String query, int position, String what, String example) {
        super(what);
        this.query = query;
        this.position = Math.clamp(position, 0, query.length());
        this.example = example;
    }

    /** The query as it was given. */
    public String query() {
        return query;
    }

    /** Index in {@link #query()} of the place where it goes wrong; its length if the end is the place. */
    public int position() {
        return position;
    }

    /** A right query that comes near to what was meant. */
    public String example() {
        return example;
    }
}
