package saslscope.index;

/**
 * The order of results. Equal ones come newest first.
 *
 * @param field      what to sort by
 * @param descending largest first
 */
public record Order(Schema field, boolean descending) {
    public static final Order NEWEST = new Order(Schema.TIME, true);
    public static final Order OLDEST = new Order(Schema.TIME, false);

    /**
     * Reads {@code newest}, {@code oldest}, a field, or a field with {@code -} before it for largest first.
     *
     * @throws QueryProblem if there is no such field or it can't be sorted by
     */
    public static Order of(String text) {
        if (text.equals("newest")) {
            return NEWEST;
        }
        if (text.equals("oldest")) {
            return OLDEST;
        }
        boolean descending = text.startsWith("-");
        Schema field = Schema.countable(descending ? text.substring(1) : text);
        if (field.column() == Schema.Column.MANY) {
            throw new QueryProblem(text, 0, "'" + text + "' has several values in one document; nothing can be sorted by it",
                "newest, oldest, user, -ip");
        }
        return new Order(field, descending);
    }
}
