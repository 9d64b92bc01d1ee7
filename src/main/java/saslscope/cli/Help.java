package saslscope.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of a command, with the options that all commands share in a section of their own. */
final class Help {
    private Help() {
    }

    static String of(CommandLine command, Surroundings surroundings) {
        command.setUsageHelpWidth(Math.clamp(surroundings.columns(), 60, 100));
        Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>(command.getHelpSectionMap());
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, Help::options);
        command.setHelpSectionMap(sections);
        List<String> order = new ArrayList<>(command.getHelpSectionKeys());
        for (String key : List.of(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, UsageMessageSpec.SECTION_KEY_COMMAND_LIST)) {
            // What to do comes before how.
            order.remove(key);
            order.add(order.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING), key);
        }
        command.setHelpSectionKeys(order);
        boolean colour = surroundings.outTty() && surroundings.env().getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(surroundings.env().get("TERM"));
        return command.getUsageMessage(colour ? Ansi.ON : Ansi.OFF);
    }

    private static String options(CommandLine.Help help) {
        Set<String> shared = Commands.options(new CommandLine(new Commands.Root()));
        List<OptionSpec> all = help.commandSpec().options();
        List<OptionSpec> own = all.stream().filter(o -> !shared.contains(o.longestName().substring(2))).toList();
        List<OptionSpec> common = all.stream().filter(o -> !own.contains(o)).toList();
        return (own.isEmpty() ? "" : "\nOptions:\n" + help.optionListExcludingGroups(own))
            + "\nOptions of every command:\n" + help.optionListExcludingGroups(common);
    }
}
