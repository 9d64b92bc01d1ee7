package saslscope.cli;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The tree of commands. Only the command that was named is built, because reading annotations takes time. */
final class Commands {
    /** All names, in the order of the help. */
    static final List<String> NAMES = List.of("follow", "analyze", "search", "incidents", "export", "report", "doctor", "probe", "explain", "redact",
        "patterns", "completion");

    private Commands() {
    }

    /** What stands above the commands. */
    @Command(name = "saslscope", sortOptions = false, abbreviateSynopsis = true, synopsisSubcommandLabel = "COMMAND", commandListHeading = "%nCommands:%n",
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
            case "patterns" -> List.of("list", "test", "lint", "needles", "unmatched");
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
        return arg instanceof OptionSpec option && !flag(option) ? settings.get(option.longestName().substring(2)) : null;
    }

    /** Options without a value: picocli would take a flag that is typed for the opposite of its default. */
    private static boolean flag(OptionSpec option) {
        return option.arity().max() == 0;
    }

    /** Turns on the flags that are set and were not typed. */
    static void flags(ParseResult parsed, Settings settings) {
        for (OptionSpec option : parsed.commandSpec().options()) {
            String name = option.longestName().substring(2);
            String value = settings.get(name);
            if (flag(option) && value != null && !parsed.hasMatchedOption(option)) {
                if (!value.equals("true") && !value.equals("false")) {
                    throw new Refusal(settings.place(name) + ": " + name + " = " + Shown.of(value) + ": write true or false");
                }
                option.setValue(Boolean.valueOf(value));
            }
        }
    }

    /** The whole tree, for help and completion. */
    static CommandLine all() {
        return tree(NAMES);
    }

    private static CommandLine tree(List<String> names) {
        CommandLine root = new CommandLine(new Root());
        for (String name : names) {
            CommandLine command = new CommandLine(create(name));
            for (String below : nested(name)) {
                command.addSubcommand(below, create(name + " " + below));
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
            case "report" -> new ReportCommand();
            case "doctor" -> new DoctorCommand();
            case "probe" -> new ProbeCommand();
            case "explain" -> new ExplainCommand();
            case "redact" -> new RedactCommand();
            case "patterns" -> new PatternsCommand();
            case "completion" -> new CompletionCommand();
            case "incidents list" -> new IncidentsCommand.ListAll();
            case "incidents show" -> new IncidentsCommand.Show();
            case "patterns list" -> new PatternsCommand.ListAll();
            case "patterns test" -> new PatternsCommand.Test();
            case "patterns lint" -> new PatternsCommand.Lint();
            case "patterns needles" -> new PatternsCommand.Needles();
            case "patterns unmatched" -> new PatternsCommand.Unmatched();
            default -> throw new IllegalArgumentException(name);
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
