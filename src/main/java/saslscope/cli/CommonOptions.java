package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that every command understands. Values are as typed; {@link Plan} says what they mean. */
final class CommonOptions {
    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never; auto: on a terminal only, and not with NO_COLOR or TERM=dumb")
    String color = "auto";

    @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", description = "text, jsonl or csv on standard output")
    String output;

    @Option(names = "--index", paramLabel = "DIR", description = "where events are stored; default: $STATE_DIRECTORY, else /var/lib/saslscope for root, else $XDG_STATE_HOME/saslscope")
    String index;

    @Option(names = "--patterns", paramLabel = "DIR", split = "\n", hideParamSyntax = true,
        description = "extra definitions; a same-named one replaces the built-in one; repeatable")
    List<String> patterns = new ArrayList<>();

    @Option(names = "--timezone", paramLabel = "ZONE", description = "zone of stamps that carry none, such as Europe/Berlin; default: this host's")
    String timezone;

    @Option(names = "--year", paramLabel = "YYYY", description = "year of the first line, for stamps that carry none; default: by the file's modification time")
    String year;

    @Option(names = "--since", paramLabel = "WHEN", description = "only from then on: 2026-11-20, \"2026-11-20 10:00\", yesterday, -2h, \"2 hours ago\"")
    String since;

    @Option(names = "--until", paramLabel = "WHEN", description = "only before then")
    String until;

    @Option(names = {"-q", "--quiet"}, description = "results only: no progress, no notes; follow ends without a summary")
    boolean quiet;

    @Option(names = {"-v", "--verbose"}, description = "more about what was read and where")
    boolean verbose;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "this help")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "the version")
    boolean version;
}
