package saslscope.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import saslscope.definition.Nearest;
import saslscope.live.Look;

/**
 * What the common options mean, checked.
 *
 * @param look        how text looks on standard output
 * @param errLook     how it looks on standard error
 * @param output      what is written to standard output; null if not chosen
 * @param index       the folder of the store, which need not exist yet
 * @param definitions folders of definitions, the built-in one first
 * @param zone        of stamps that carry none, and of times that are typed
 * @param year        of the last line of stamps that carry none; empty: to be inferred
 * @param since       only from then on; null for all
 * @param until       only before then; null for all
 */
record Plan(Look look, Look errLook, Output output, Path index, List<Path> definitions, ZoneId zone, OptionalInt year,
            Instant since, Instant until, boolean quiet, boolean verbose) {

    /** A form of results. */
    enum Output {
        TEXT, JSONL, CSV;

        /** The one of that name. */
        static Output of(String option, String text) {
            for (Output o : values()) {
                if (o.name().equalsIgnoreCase(text)) {
                    return o;
                }
            }
            throw new Refusal(option + "=" + Shown.of(text) + ": no such format; "
                + suggestion(text, List.of("text", "jsonl", "csv")));
        }
    }

    /**
     * Resolves the options.
     *
     * @throws Refusal naming the option that makes no sense
     */
    static Plan of(CommonOptions o, Surroundings s) {
        ZoneId zone = zone(o.timezone, s);
        Instant now = s.time().instant();
        Instant since = o.since == null ? null : When.parse("--since", o.since, now, zone);
        Instant until = o.until == null ? null : When.parse("--until", o.until, now, zone);
        if (since != null && until != null && !since.isBefore(until)) {
            throw new Refusal("--since=" + Shown.of(o.since) + " is not before --until=" + Shown.of(o.until)
                + "; swap them or widen the span");
        }
        return new Plan(look(o.color, s, s.outTty()), look(o.color, s, s.errTty()),
            o.output == null ? null : Output.of("--output", o.output), index(o.index, s), definitions(o.patterns, s), zone,
            year(o.year), since, until, o.quiet, o.verbose);
    }

    private static Look look(String color, Surroundings s, boolean terminal) {
        boolean dumb = "dumb".equals(s.env().get("TERM"));
        boolean colour = switch (color) {
            case "always" -> true;
            case "never" -> false;
            case "auto" -> terminal && !dumb && s.env().getOrDefault("NO_COLOR", "").isEmpty();
            default -> throw new Refusal("--color=" + Shown.of(color) + ": not a choice; "
                + suggestion(color, List.of("auto", "always", "never")));
        };
        return new Look(colour, s.unicode(), s.columns(), terminal && !dumb);
    }

    static String suggestion(String text, List<String> choices) {
        String near = Nearest.to(text, choices);
        return near.isEmpty() ? "choose one of " + String.join(", ", choices) : "did you mean " + near + "?";
    }

    private static ZoneId zone(String text, Surroundings s) {
        if (text == null) {
            return s.zone();
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            String near = Nearest.to(text, ZoneId.getAvailableZoneIds());
            throw new Refusal("--timezone=" + Shown.of(text) + ": no such zone; "
                + (near.isEmpty() ? "write Europe/Berlin, UTC or +02:00" : "did you mean " + near + "?"));
        }
    }

    private static OptionalInt year(String text) {
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!text.matches("(19|20)\\d\\d")) {
            throw new Refusal("--year=" + Shown.of(text) + ": not a year; write four digits, such as 2026");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static Path index(String text, Surroundings s) {
        if (text != null) {
            if (text.toLowerCase(Locale.ROOT).startsWith("opensearch+")) {
                throw new Refusal("--index=" + Shown.of(text) + ": this version stores in directories only; name one");
            }
            if (text.isEmpty()) {
                throw new Refusal("--index: the name is empty; name a directory");
            }
            return Path.of(text);
        }
        Map<String, String> env = s.env();
        if (!env.getOrDefault("STATE_DIRECTORY", "").isEmpty()) {
            // systemd gives several, joined with colons, where the unit asks for several.
            return Path.of(env.get("STATE_DIRECTORY").split(":", 2)[0]);
        }
        if (s.user().equals("root")) {
            return Path.of("/var/lib/saslscope");
        }
        String state = env.getOrDefault("XDG_STATE_HOME", "");
        return (state.isEmpty() ? s.userHome().resolve(".local/state") : Path.of(state)).resolve("saslscope");
    }

    private static List<Path> definitions(List<String> extra, Surroundings s) {
        List<Path> folders = new ArrayList<>(List.of(s.home().resolve("patterns")));
        for (String name : extra) {
            Path folder = Path.of(name);
            if (!Files.isDirectory(folder)) {
                throw new Refusal("--patterns=" + Shown.of(name) + ": " + (Files.exists(folder) ? "not a directory"
                    : "no such directory") + "; name a folder with .grok files or causes/*.yaml in it");
            }
            folders.add(folder);
        }
        return folders;
    }
}
