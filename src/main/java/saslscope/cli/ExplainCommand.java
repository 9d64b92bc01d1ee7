package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Options of {@code explain}. */
@Command(name = "explain", sortOptions = false, abbreviateSynopsis = true, description = "A cause in full, or what saslscope makes of one pasted line.")
final class ExplainCommand implements Task {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "CAUSE|LINE", arity = "0..*", description = "the code of a cause, a log line, or - for lines from standard input")
    List<String> words = new ArrayList<>();

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public int run(Session session) throws Exception {
        return new Explaining(session).run(words);
    }
}
