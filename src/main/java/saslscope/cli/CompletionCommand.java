package saslscope.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion}. */
@Command(name = "completion", sortOptions = false, abbreviateSynopsis = true, description = "Print the completion script of a shell.",
    footer = {"", "bash: source <(saslscope completion bash)", "zsh:  source <(saslscope completion zsh)    (the script of bash; it loads zsh's bashcompinit)", "fish: saslscope completion fish | source"})
final class CompletionCommand extends Task {
    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash, zsh or fish")
    String shell;

    @Override
    int run(Session session) {
        List<String> shells = List.of("bash", "zsh", "fish");
        if (shell == null) {
            throw new Refusal("completion: for which shell? choose bash, zsh or fish");
        }
        if (!shells.contains(shell)) {
            throw new Refusal("completion " + Shown.of(shell) + ": no such shell here; " + Plan.suggestion(shell, shells));
        }
        session.say(shell.equals("fish") ? FishCompletion.of(Commands.all()) : AutoComplete.bash("saslscope", Commands.all()));
        return Exit.DONE;
    }
}
