package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of {@code follow}. */
@Command(name = "follow", sortOptions = false, abbreviateSynopsis = true, description = {
    "Follow logs as tail -F does, print diagnoses as they happen, and store events.",
    "Several files are joined as one stream. Goes on where the last run on this index stopped, rotated files included."})
final class FollowCommand extends Task {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "logs, or 'mail*.log' for all that match now and later, or - for standard input; default: the first of /var/log/maillog, "
        + "/var/log/mail.log, /var/log/all.log, else the journal")
    List<String> files = new ArrayList<>();

    @Option(names = "--journal", description = "read the systemd journal, beside the files that are named")
    boolean journal;

    @Option(names = {"-n", "--lines"}, paramLabel = "N", description = "also show what the last N lines tell")
    String lines;

    @Option(names = "--from-start", description = "read each log from its start")
    boolean fromStart;

    @Option(names = "--to-end", description = "stop at the end of what is there instead of waiting for more")
    boolean toEnd;

    @Option(names = "--no-index", description = "store nothing")
    boolean noIndex;

    @Mixin
    RetentionOptions retention = new RetentionOptions();

    @Option(names = "--host-root", paramLabel = "DIR", description = "evidence: " + HostOptions.ROOT + "; default: /; none turns it off")
    String hostRoot;

    @Mixin
    HostOptions host = new HostOptions();

    @Override
    int run(Session session) throws Exception {
        return new Following(session, this).run();
    }
}
