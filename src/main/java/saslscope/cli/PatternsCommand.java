package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patterns}: the definitions. */
@Command(name = "patterns", sortOptions = false, abbreviateSynopsis = true, description = "The definitions: list them, run their samples, check new ones, find lines that none matches.")
final class PatternsCommand {
    @Mixin
    CommonOptions common = new CommonOptions();

    /** {@code patterns list}. */
    @Command(name = "list", sortOptions = false, abbreviateSynopsis = true, description = "List the patterns with their event, programs and source.")
    static final class ListAll extends Task {
        @Override
        int run(Session session) throws Exception {
            return new Upkeep(session).list();
        }
    }

    /** {@code patterns test}. */
    @Command(name = "test", sortOptions = false, abbreviateSynopsis = true, description = "Run every sample of the patterns and causes. Exit code 1 if one fails.")
    static final class Test extends Task {
        @Override
        int run(Session session) throws Exception {
            return new Upkeep(session).test();
        }
    }

    /** {@code patterns lint}. */
    @Command(name = "lint", sortOptions = false, abbreviateSynopsis = true, description = "Check definitions and show each problem with its place and what to do. Exit code 1 if there is one.")
    static final class Lint extends Task {
        @Parameters(paramLabel = "DIR", arity = "0..*", description = "folders to check together with the built-in definitions, as --patterns")
        List<String> folders = new ArrayList<>();

        @Override
        int run(Session session) throws Exception {
            return new Upkeep(session).lint(folders);
        }
    }

    /** {@code patterns needles}. */
    @Command(name = "needles", sortOptions = false, abbreviateSynopsis = true,
        description = "Write the strings by which lines are chosen, one a line: grep -F -f picks the same lines.")
    static final class Needles extends Task {
        @Override
        int run(Session session) throws Exception {
            return new Upkeep(session).needles();
        }
    }

    /** {@code patterns unmatched}. */
    @Command(name = "unmatched", sortOptions = false, abbreviateSynopsis = true, description = "Show lines about authentication that no pattern matches, with how often they occur. Exit code 1 if there is none.")
    static final class Unmatched extends Task {
        @Option(names = "--suggest", description = "write a pattern file for them, to be looked through and kept")
        boolean suggest;

        @Parameters(paramLabel = "FILE", arity = "0..*", description = "logs, or - for standard input")
        List<String> files = new ArrayList<>();

        @Override
        int run(Session session) throws Exception {
            return new Upkeep(session).unmatched(files, suggest);
        }
    }
}
