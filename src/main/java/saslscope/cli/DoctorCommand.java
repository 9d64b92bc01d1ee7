package saslscope.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code doctor}. */
@Command(name = "doctor", sortOptions = false, abbreviateSynopsis = true, description = {
    "Read the host's Postfix and SASL configuration as Postfix itself would, and say what breaks AUTH.",
    "Changes nothing. Sees most as root; what it could not look at it says."})
final class DoctorCommand extends Task {
    @Option(names = "--host-root", paramLabel = "DIR", description = HostOptions.ROOT)
    String hostRoot;

    @Mixin
    HostOptions host = new HostOptions();

    @Option(names = "--save", paramLabel = "DIR", description = "also write a snapshot there, secrets redacted, for --host-root")
    String save;

    @Option(names = "--dry-run", description = "only list the commands that would be run")
    boolean dryRun;

    @Override
    int run(Session session) throws Exception {
        return new Doctoring(session, this).run();
    }
}
