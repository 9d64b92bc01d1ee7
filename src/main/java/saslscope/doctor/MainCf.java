package saslscope.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** {@code name = value} lines: main.cf, or what {@code postconf -n} prints of it. */
final class MainCf {
    private MainCf() {
    }

    /**
     * The settings by name. As Postfix does, the last of several lines for one name wins, and a line without an equals sign
     * is left out (Postfix stops at it: {@code broken} hears of it).
     *
     * @param broken takes the place of each such line
     */
    static Map<String, Setting> parse(String text, String path, Consumer<String> broken) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (LogicalLines.Joined line : LogicalLines.of(text)) {
            String place = path + ":" + line.number();
            String[] pair = split(line.text());
            if (pair == null) {
                broken.accept(place);
            } else {
                settings.put(pair[0], new Setting(pair[1], place));
            }
        }
        return settings;
    }

    /** Name and value; null if it is none (split_nameval.c). */
    static String[] split(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            return null;
        }
        String name = text.substring(0, equals).strip();
        return name.isEmpty() || name.chars().anyMatch(Character::isWhitespace) ? null
            : new String[] {name, text.substring(equals + 1).strip()};
    }
}
