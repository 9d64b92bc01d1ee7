package saslscope.probe;

/** A trial can't go on: where, and why in one line. The text may hold words of the server. */
final class Trouble extends Exception {
    private static final long serialVersionUID = 1L;
    private final Stage stage;
    private final int code;

    Trouble(Stage stage, String why) {
        this(stage, 0, why);
    }

    /**
     * @param code the server's reply code; 0 if it is not a reply
     */
    Trouble(Stage stage, int code, String why) {
        super(why, null, false, false);
        this.stage = stage;
        this.code = code;
    }

    Stage stage() {
        return stage;
    }

    int code() {
        return code;
    }
}
