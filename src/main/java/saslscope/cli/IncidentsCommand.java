package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code incidents}: the stored incidents. Without a further word it lists them. */
@Command(name = "incidents", sortOptions = false, abbreviateSynopsis = true, description = "Stored incidents with their state, span, scope, cause, evidence and remedy.")
final class IncidentsCommand extends Task {
    @Override
    int run(Session session) throws Exception {
        return new Casebook(session).list(List.of(), null);
    }

    /** {@code incidents list}. */
    @Command(name = "list", sortOptions = false, abbreviateSynopsis = true, description = "List stored incidents, the most urgent first. Exit code 1 if there is none.")
    static final class ListAll extends Task {
        @Parameters(paramLabel = "QUERY", arity = "0..*", description = "only those that match")
        List<String> query = new ArrayList<>();

        @Option(names = {"-n", "--limit"}, paramLabel = "N", description = "show at most N; default: all")
        String limit;

        @Override
        int run(Session session) throws Exception {
            return new Casebook(session).list(query, limit);
        }
    }

    /** {@code incidents show}. */
    @Command(name = "show", sortOptions = false, abbreviateSynopsis = true, description = "Show incidents in full. The beginning of an id is enough if no other begins so.")
    static final class Show extends Task {
        @Parameters(paramLabel = "ID", arity = "0..*", description = "ids of incidents")
        List<String> ids = new ArrayList<>();

        @Override
        int run(Session session) throws Exception {
            return new Casebook(session).show(ids);
        }
    }
}
