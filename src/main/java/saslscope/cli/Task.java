package saslscope.cli;

/** A command. Its fields hold options as typed. */
interface Task {
    /** The common options as typed. */
    CommonOptions common();

    /**
     * Does it.
     *
     * @return the exit code
     * @throws Exception see {@link Cli} for those that are no bugs
     */
    int run(Session session) throws Exception;
}
