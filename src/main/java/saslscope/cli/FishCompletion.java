package saslscope.cli;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish, which picocli has none for. */
final class FishCompletion {
    private FishCompletion() {
    }

    /** One {@code complete} line for each command and option. */
    static String of(CommandLine root) {
        StringBuilder out = new StringBuilder("# fish completion of saslscope\n");
        Set<String> shared = new TreeSet<>();
        for (OptionSpec option : root.getCommandSpec().options()) {
            shared.add(option.longestName());
            option(out, "", option);
        }
        for (Map.Entry<String, CommandLine> e : root.getSubcommands().entrySet()) {
            out.append("complete -c saslscope -n __fish_use_subcommand -f -a ").append(e.getKey()).append(about(e.getValue()));
            command(out, e.getKey(), e.getValue(), shared);
        }
        return out.toString();
    }

    private static void command(StringBuilder out, String name, CommandLine command, Set<String> shared) {
        String seen = " -n '__fish_seen_subcommand_from " + name + "'";
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!shared.contains(option.longestName())) {
                option(out, seen, option);
            }
        }
        for (Map.Entry<String, CommandLine> e : command.getSubcommands().entrySet()) {
            out.append("complete -c saslscope").append(seen).append(" -f -a ").append(e.getKey()).append(about(e.getValue()));
            for (OptionSpec option : e.getValue().getCommandSpec().options()) {
                if (!shared.contains(option.longestName())) {
                    option(out, " -n '__fish_seen_subcommand_from " + name + "; and __fish_seen_subcommand_from " + e.getKey() + "'", option);
                }
            }
        }
    }

    private static void option(StringBuilder out, String when, OptionSpec option) {
        out.append("complete -c saslscope").append(when);
        for (String name : option.names()) {
            out.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        out.append(option.arity().min() > 0 ? " -r" : "").append(" -d ").append(quoted(option.description())).append('\n');
    }

    private static String about(CommandLine command) {
        return " -d " + quoted(command.getCommandSpec().usageMessage().description()) + "\n";
    }

    private static String quoted(String[] text) {
        return "'" + (text.length == 0 ? "" : text[0]).replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
