package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of {@code probe}. */
@Command(name = "probe", sortOptions = false, abbreviateSynopsis = true, description = {
    "Try one login as a mail client does, show the dialogue, and diagnose it with the log lines it caused.",
    "Ends after AUTH; no mail is sent. The password is asked for, or read from --password-file or $SASLSCOPE_PASSWORD."},
    footer = {"", "Exit code: 0 logged in, 1 refused, 2 wrong usage or a password that would go out in clear,",
        "69 no connection (name, connect, banner, EHLO, TLS)."})
final class ProbeCommand extends Task {
    @Parameters(paramLabel = "HOST[:PORT]", arity = "1", description = "the server; port 587 (STARTTLS) by default, 465 begins with TLS, 25 as 587")
    String target;

    @Option(names = {"-u", "--user"}, paramLabel = "NAME", description = "whose login, as the mail client sends it")
    String user;

    @Option(names = {"-m", "--mechanism"}, paramLabel = "MECH", description = "SCRAM-SHA-256, SCRAM-SHA-1, DIGEST-MD5, CRAM-MD5, PLAIN, LOGIN, XOAUTH2 "
        + "(the password is a token) or EXTERNAL; default: the strongest offered that takes a password")
    String mechanism;

    @Option(names = "--all-mechanisms", description = "each offered one that takes a password, one after the other")
    boolean allMechanisms;

    @Option(names = "--authzid", paramLabel = "NAME", description = "as whom to act once logged in")
    String authzid;

    @Option(names = "--realm", paramLabel = "REALM", description = "of DIGEST-MD5; other mechanisms send NAME@REALM")
    String realm;

    @Option(names = "--password-file", paramLabel = "FILE", description = "a file with the password on its only line")
    String passwordFile;

    @Option(names = "--implicit-tls", description = "begin with TLS as at port 465")
    boolean implicitTls;

    @Option(names = "--ca-file", paramLabel = "FILE", description = "who may vouch for the certificate, in PEM; default: those that Java knows")
    String caFile;

    @Option(names = "--insecure", description = "go on with a certificate that can't be trusted")
    boolean insecure;

    @Option(names = "--insecure-plaintext", description = "send a password without TLS too")
    boolean insecurePlaintext;

    @Option(names = "--log", paramLabel = "FILE", split = "\n", hideParamSyntax = true,
        description = "the server's log, repeatable; default: the usual ones if the server is this host; none turns it off")
    List<String> logs = new ArrayList<>();

    @Option(names = "--host-root", paramLabel = "DIR", description = "evidence: " + HostOptions.ROOT + "; default: / if the server is this host; none turns it off")
    String hostRoot;

    @Mixin
    HostOptions host = new HostOptions();

    @Override
    int run(Session session) throws Exception {
        return new Probing(session, this).run();
    }
}
