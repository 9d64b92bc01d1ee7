package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of {@code export}. */
@Command(name = "export", sortOptions = false, abbreviateSynopsis = true, description = "Write stored incidents, attempts or events as CSV or JSON lines.")
final class ExportCommand extends Task {
    @Parameters(index = "0", arity = "0..1", paramLabel = "WHAT", description = "incidents, attempts or events")
    String what;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "QUERY", description = "only those that match, as for search")
    List<String> query = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv or jsonl; default: by the ending of --to, else csv")
    String format;

    @Option(names = "--to", paramLabel = "FILE", description = "write there, whole or not at all; default: standard output")
    String to;

    @Override
    int run(Session session) throws Exception {
        return new Exporting(session, this).run();
    }
}
