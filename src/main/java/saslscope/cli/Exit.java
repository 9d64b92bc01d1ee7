package saslscope.cli;

/** The exit codes that scripts rely on. */
final class Exit {
    static final int DONE = 0;
    /** Done, and the answer is no. */
    static final int NO = 1;
    /** Wrong usage, or input that can't be read. */
    static final int USAGE = 2;
    /** Something that is needed is missing. */
    static final int UNAVAILABLE = 69;
    /** A bug in saslscope. */
    static final int BUG = 70;

    private Exit() {
    }
}
