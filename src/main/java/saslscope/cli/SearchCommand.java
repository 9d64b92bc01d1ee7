package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of {@code search}. */
@Command(name = "search", sortOptions = false, abbreviateSynopsis = true, description = {
    "Search stored attempts and events; newest first. Exit code 1 if nothing is found."},
    footer = {"", "Examples:", "  saslscope search user:alice cause:wrong-realm", "  saslscope search 'ip:192.0.2.0/24 mech:(PLAIN OR LOGIN)'",
        "  saslscope search outcome:failure --since=yesterday --by=cause"})
final class SearchCommand extends Task {
    @Parameters(paramLabel = "QUERY", arity = "0..*", description = "Lucene's syntax over the fields, such as user:alice; several words must all hold; nothing: everything")
    List<String> query = new ArrayList<>();

    @Option(names = {"-n", "--limit"}, paramLabel = "N", description = "show at most N, default 20; 0: all")
    String limit;

    @Option(names = "--sort", paramLabel = "FIELD", description = "newest, oldest, a field, or -field for largest first")
    String sort;

    @Option(names = "--count", description = "only how many")
    boolean count;

    @Option(names = "--by", paramLabel = "FIELD", description = "the most frequent values of a field")
    String by;

    @Option(names = "--histogram", paramLabel = "SPAN", description = "how many in each span of time, such as 1h")
    String histogram;

    @Option(names = "--follow", description = "go on with what is stored from now on")
    boolean follow;

    @Override
    int run(Session session) throws Exception {
        return new Searching(session, this).run();
    }
}
