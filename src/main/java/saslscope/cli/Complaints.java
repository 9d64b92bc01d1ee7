package saslscope.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import saslscope.definition.Nearest;

/** Turns what picocli says about a command line into one line for people. */
final class Complaints {
    private static final Pattern OPTION = Pattern.compile("--([a-z][a-z-]+)");

    private final Settings settings;
    private final Arguments arguments;

    Complaints(Settings settings, Arguments arguments) {
        this.settings = settings;
        this.arguments = arguments;
    }

    /** The refusal for a command line that could not be understood. */
    Refusal refusal(ParameterException e) {
        CommandLine command = e.getCommandLine();
        return located(new Refusal(switch (e) {
            case UnmatchedArgumentException u when !u.getUnmatched().isEmpty() -> unmatched(command, u.getUnmatched().getFirst());
            case MissingParameterException m -> missing(command, m);
            case ParameterException p when p.getArgSpec() instanceof OptionSpec o ->
                o.longestName() + "=" + Shown.of(String.valueOf(p.getValue())) + ": not a value that it takes; " + help(command);
            default -> Shown.of(String.valueOf(e.getMessage()).lines().findFirst().orElse("")) + "; " + help(command);
        }));
    }

    /** The same, with the place in the settings file if the option it begins with was set there and not typed. */
    Refusal located(Refusal refusal) {
        Matcher option = OPTION.matcher(refusal.getMessage());
        if (option.lookingAt() && !arguments.has(option.group()) && settings.place(option.group(1)) != null) {
            return new Refusal(refusal.code(), settings.place(option.group(1)) + ": " + refusal.getMessage());
        }
        return refusal;
    }

    private static String unmatched(CommandLine command, String word) {
        String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        if (word.startsWith("-") && word.length() > 1) {
            TreeSet<String> names = new TreeSet<>();
            command.getCommandSpec().options().forEach(o -> names.addAll(List.of(o.names())));
            if (name.equals("--password") && names.contains("--password-file")) {
                return name + ": everybody on this machine can see arguments; use --password-file, $" + Password.VARIABLE + " or the prompt";
            }
            return Shown.of(name) + ": no such option; " + meant(name.length() > 2 ? Nearest.to(name, names) : "", help(command));
        }
        if (!command.getSubcommands().isEmpty()) {
            boolean top = command.getParent() == null;
            String otherwise = top && isFile(word) ? "did you mean saslscope analyze " + Shown.of(word) + "?"
                : top ? "'saslscope help' lists them" : "choose " + String.join(", ", command.getSubcommands().keySet());
            return Shown.of(word) + ": no such command; " + meant(Nearest.to(word, command.getSubcommands().keySet()), otherwise);
        }
        return Shown.of(word) + ": one word too many; " + help(command);
    }

    private static boolean isFile(String word) {
        try {
            return Files.exists(Path.of(word));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String meant(String near, String otherwise) {
        return near.isEmpty() ? otherwise : "did you mean " + near + "?";
    }

    private static String missing(CommandLine command, MissingParameterException e) {
        ArgSpec arg = e.getMissing().isEmpty() ? e.getArgSpec() : e.getMissing().getFirst();
        return arg instanceof OptionSpec o ? o.longestName() + ": its value is missing; write " + o.longestName() + "=" + o.paramLabel()
            : (arg == null ? "something" : arg.paramLabel()) + " is missing; " + help(command);
    }

    private static String help(CommandLine command) {
        return "see '" + command.getCommandSpec().qualifiedName() + " --help'";
    }
}
