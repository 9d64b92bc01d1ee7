package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of {@code report}. */
@Command(name = "report", sortOptions = false, abbreviateSynopsis = true,
    description = "One self-contained HTML file: plots over time, incidents, causes with remedies, users, clients. Opens offline.",
    footer = {"", "Examples:", "  saslscope report --to=logins.html", "  saslscope report --to=yesterday.html --since=yesterday --until=today"})
final class ReportCommand extends Task {
    @Parameters(arity = "0..*", paramLabel = "QUERY", description = "only what matches, as for search")
    List<String> query = new ArrayList<>();

    @Option(names = "--to", paramLabel = "FILE", description = "write there, whole or not at all; - for standard output")
    String to;

    @Override
    int run(Session session) throws Exception {
        return new Reporting(session, this).run();
    }
}
