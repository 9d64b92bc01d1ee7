package saslscope.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import saslscope.definition.Nearest;

/**
 * Settings files: lines {@code name = value}, where a name is that of a long option. A line that begins with {@code #} is
 * a comment. Of several files the later one holds; an option that may be given several times adds up within a file.
 */
final class Settings {
    /** What is no setting: it would make every command do something else. */
    private static final Set<String> NEVER = Set.of("help", "version");

    private final Map<String, Setting> byName = new LinkedHashMap<>();

    /**
     * @param value several ones of a repeatable option are joined with newlines
     */
    private record Setting(String value, Path file, int line) {
    }

    private Settings() {
    }

    /**
     * Reads the files that exist.
     *
     * @throws Refusal naming file and line
     */
    static Settings read(List<Path> files) {
        Settings all = new Settings();
        for (Path file : files) {
            try {
                all.add(file, Files.readString(file, StandardCharsets.UTF_8).lines().toList());
            } catch (NoSuchFileException e) {
                // Settings files are optional.
            } catch (CharacterCodingException e) {
                throw new Refusal(file + ": not UTF-8 text; write name = value lines");
            } catch (IOException e) {
                throw new Refusal(file + ": cannot be read: " + Reasons.of(e) + "; mend its permissions or remove it");
            }
        }
        return all;
    }

    private void add(Path file, List<String> lines) {
        Map<String, Setting> own = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals <= 0) {
                throw new Refusal(file + ":" + (i + 1) + ": not of the form name = value: " + Shown.of(line));
            }
            String name = line.substring(0, equals).strip();
            Setting setting = new Setting(unquoted(line.substring(equals + 1).strip()), file, i + 1);
            own.merge(name, setting, (a, b) -> name.equals("patterns")
                ? new Setting(a.value() + "\n" + b.value(), file, b.line()) : b);
        }
        byName.putAll(own);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.charAt(0) == value.charAt(value.length() - 1)
            && (value.charAt(0) == '"' || value.charAt(0) == '\'');
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The value of a setting; null if it is not set. */
    String get(String name) {
        Setting s = NEVER.contains(name) ? null : byName.get(name);
        return s == null ? null : s.value();
    }

    /** {@code file:line} of a setting; null if it is not set. */
    String place(String name) {
        Setting s = byName.get(name);
        return s == null ? null : s.file() + ":" + s.line();
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** Refuses a name that no command has as an option. */
    void check(Collection<String> known) {
        for (Map.Entry<String, Setting> e : byName.entrySet()) {
            if (!known.contains(e.getKey()) || NEVER.contains(e.getKey())) {
                String help = Nearest.to(e.getKey(), known);
                throw new Refusal(place(e.getKey()) + ": " + Shown.of(e.getKey()) + ": no such setting; "
                    + (help.isEmpty() ? "settings have the names of the long options" : "did you mean " + help + "?"));
            }
        }
    }
}
