package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of {@code analyze}. */
@Command(name = "analyze", sortOptions = false, abbreviateSynopsis = true, description = {
    "Read whole logs once, as one stream in time order, and print what is wrong and what to do.",
    "Plain files, .gz .bz2 .xz .zst, directories, or - for standard input; rotated parts of a log are read in their order."})
final class AnalyzeCommand extends Task {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "logs or directories, or - for standard input")
    List<String> files = new ArrayList<>();

    @Option(names = "--events", description = "with -o jsonl or csv: every recognised event a line, instead of every attempt")
    boolean events;

    @Option(names = "--store", description = "also store everything in the index")
    boolean store;

    @Option(names = "--fail-on", paramLabel = "any|CAUSE,...", split = ",", hideParamSyntax = true, description = "exit with 1 if a failure of these causes was found")
    List<String> failOn = new ArrayList<>();

    @Mixin
    RetentionOptions retention = new RetentionOptions();

    @Option(names = "--host-root", paramLabel = "DIR", description = "evidence: " + HostOptions.ROOT)
    String hostRoot;

    @Mixin
    HostOptions host = new HostOptions();

    @Override
    int run(Session session) throws Exception {
        return new Analysis(session, this).run();
    }
}
