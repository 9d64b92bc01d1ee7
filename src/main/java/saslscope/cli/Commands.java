package saslscope.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The tree of commands. Only the command that was named is built, because reading annotations takes time. */
final class Commands {
    /** All names, in the order of the help. */
    static final List<String> NAMES = List.of("follow", "analyze", "search", "incidents", "export", "explain", "patterns",
        "completion");

    private Commands() {
    }

    /** What stands above the commands. */
    @Command(name = "saslscope", sortOptions = false, synopsisSubcommandLabel = "COMMAND",
        description = "Why can't this user log in? Follows a mail log and diagnoses failed SASL logins.",
        footer = {"", "'saslscope COMMAND --help' tells more. tail -f FILE | saslscope follows a pipe."})
    static final class Root {
        @Mixin
        CommonOptions common = new CommonOptions();
    }

    /** The commands below a command. */
    static List<String> nested(String command) {
        return switch (command) {
            case "incidents" -> List.of("list", "show");
            case "patterns" -> List.of("list", "test", "lint", "unmatched");
            default -> List.of();
        };
    }

    /** What a command line needs: the command it names, or all, with the settings as defaults. */
    static CommandLine build(Arguments arguments, Settings settings) {
        CommandLine root = arguments.command() == null ? all() : tree(List.of(arguments.command()));
        Set<String> known = options(root);
        if (!known.containsAll(settings.names())) {
            // Perhaps a setting of another command.
            settings.check(options(all()));
        }
        return root.setDefaultValueProvider(arg -> setting(arg, settings));
    }

    private static String setting(ArgSpec arg, Settings settings) {
        if (arg instanceof OptionSpec option && option.longestName().startsWith("--")) {
            return settings.get(option.longestName().substring(2));
        }
        return null;
    }

    /** The whole tree, for help and completion. */
    static CommandLine all() {
        return tree(NAMES);
    }

    private static CommandLine tree(List<String> names) {
        CommandLine root = new CommandLine(new Root());
        for (String name : names) {
            CommandLine command = new CommandLine(create(name));
            for (Map.Entry<String, Supplier<Object>> e : below(name).entrySet()) {
                command.addSubcommand(e.getKey(), e.getValue().get());
            }
            root.addSubcommand(name, command);
        }
        return root.setOverwrittenOptionsAllowed(true).setUsageHelpAutoWidth(false).setUsageHelpLongOptionsMaxWidth(26)
            .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static Object create(String name) {
        return switch (name) {
            case "follow" -> new FollowCommand();
            case "analyze" -> new AnalyzeCommand();
            case "search" -> new SearchCommand();
            case "incidents" -> new IncidentsCommand();
            case "export" -> new ExportCommand();
            case "explain" -> new ExplainCommand();
            case "patterns" -> new PatternsCommand();
            case "completion" -> new CompletionCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Map<String, Supplier<Object>> below(String name) {
        return switch (name) {
            case "incidents" -> Map.of("list", IncidentsCommand.ListAll::new, "show", IncidentsCommand.Show::new);
            case "patterns" -> Map.of("list", PatternsCommand.ListAll::new, "test", PatternsCommand.Test::new,
                "lint", PatternsCommand.Lint::new, "unmatched", PatternsCommand.Unmatched::new);
            default -> Map.of();
        };
    }

    /** The long names of all options in a tree, without the hyphens. */
    static Set<String> options(CommandLine command) {
        Set<String> names = new TreeSet<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.add(option.longestName().replaceFirst("^-+", ""));
        }
        command.getSubcommands().values().forEach(c -> names.addAll(options(c)));
        return names;
    }
}
