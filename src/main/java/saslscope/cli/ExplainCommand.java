package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Options of {@code explain}. */
@Command(name = "explain", sortOptions = false, abbreviateSynopsis = true, description = "A cause in full, what saslscope makes of pasted lines, or what a mail client's words mean.",
    footer = {"", "Examples:", "  saslscope explain wrong-realm", "  saslscope explain '535 5.7.8 Error: authentication failed: generic failure'",
        "  saslscope explain auxprop", "  saslscope explain - < pasted.txt"})
final class ExplainCommand extends Task {
    @Parameters(paramLabel = "CAUSE|LINE|WORDS", arity = "0..*", description = "the code of a cause, a log line with or without its header, a reply, a word, or - for lines from standard input")
    List<String> words = new ArrayList<>();

    @Override
    int run(Session session) throws Exception {
        return new Explaining(session).run(words);
    }
}
