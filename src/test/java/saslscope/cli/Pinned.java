package saslscope.cli;

import java.util.List;

/** A {@link Runner} in a process of its own, for command lines that need a shell. The environment says where the index is. */
public final class Pinned {
    private Pinned() {
    }

    /** Runs one command line. */
    public static void main(String[] args) {
        Runner runner = new Runner();
        runner.env = System.getenv();
        runner.settings = List.of();
        runner.in = System.in;
        runner.inTty = false;
        int code = runner.run(args);
        System.err.print(runner.err());
        System.out.writeBytes(runner.out.toByteArray());
        System.out.flush();
        System.exit(code);
    }
}
