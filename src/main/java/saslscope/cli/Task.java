package saslscope.cli;

import picocli.CommandLine.Mixin;

/** A command. Its fields hold options as typed. */
abstract class Task {
    @Mixin
    private CommonOptions common = new CommonOptions();

    /** The common options as typed. */
    final CommonOptions common() {
        return common;
    }

    /**
     * Does it.
     *
     * @return the exit code
     * @throws Exception see {@link Cli} for those that are no bugs
     */
    abstract int run(Session session) throws Exception;
}
