package saslscope.cli;

/** What was asked for can't be done: the message is one line that says what, why, and what to do. */
final class Refusal extends RuntimeException {
    private final int code;

    /** Wrong usage, or input that can't be read. */
    Refusal(String message) {
        this(Exit.USAGE, message);
    }

    Refusal(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
