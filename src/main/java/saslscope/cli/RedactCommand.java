package saslscope.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of {@code redact}. */
@Command(name = "redact", sortOptions = false, abbreviateSynopsis = true,
    description = {"The log, safe to post, line for line. Passwords, and what holds them, become [secret].",
        "A response of AUTH PLAIN in a verbose log keeps its name: decoded it is the name and [secret]. Those of other mechanisms go whole.",
        "",
        "--pseudonymize also swaps names of people, hosts, domains and messages, and addresses, always the same way in one run. "
        + "Length, upper and lower case, @ and dots stay; so does which addresses are neighbours. "
        + "Stamps, programs, process ids, ports and mechanisms stay as they are. In text that saslscope does not know, all words are swapped "
        + "that mail programs are not known to write (patterns/redact.yaml holds more of them), and numbers of seven digits and more. "
        + "A name that is also such a word (admin, mail) stays where nothing shows that it is a name.",
        "", "'analyze' finds the same causes in the result."},
    footer = {"", "Examples:", "  saslscope redact --pseudonymize /var/log/maillog > post-me.log",
        "  grep SASL /var/log/maillog | saslscope redact"})
final class RedactCommand extends Task {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "a log, plain or packed; - or nothing: standard input")
    String file;

    @Option(names = "--pseudonymize", description = "swap names and addresses too")
    boolean pseudonymize;

    @Option(names = "--key-file", paramLabel = "FILE", description = "swap as in other runs with this file, which is made if it is not there; "
        + "who has it can test guesses, so keep it to yourself; default: a new key for each run, kept nowhere")
    String keyFile;

    @Override
    int run(Session session) throws Exception {
        return new Redacting(session, this).run();
    }
}
