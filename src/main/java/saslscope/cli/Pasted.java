package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes off log lines what mail, forums and terminals put around them. */
final class Pasted {
    /** Quote marks and a bar. Not the mark of smtpd's dialogue, {@code > name[address]: }. */
    private static final Pattern QUOTED = Pattern.compile("^\\s*(?:[>|\u2502](?! ?\\S+\\[[^\\]]*\\](?::\\d+)?: )\\s?)*\\s*");
    private static final Pattern ENTITY = Pattern.compile("&(lt|gt|amp|quot|#39|nbsp);");

    private Pasted() {
    }

    /**
     * The lines as the log has them.
     *
     * @param header whether a line begins with a syslog header
     * @param known  whether a line is known as a whole
     */
    static List<String> lines(String text, Predicate<String> header, Predicate<String> known) {
        List<String> lines = new ArrayList<>();
        for (String raw : text.lines().toList()) {
            String line = header.test(raw) ? raw : QUOTED.matcher(raw).replaceFirst("").stripTrailing();
            line = line.contains("&") ? unescaped(line) : line;
            if (line.isBlank() || line.strip().matches("`{3}\\w*|\\[/?(code|quote)\\]")) {
                continue;
            }
            // Whoever wraps long lines breaks them at a blank.
            boolean broken = !lines.isEmpty() && !header.test(line) && !known.test(lines.getLast())
                && known.test(lines.getLast() + " " + line);
            if (broken) {
                lines.set(lines.size() - 1, lines.getLast() + " " + line);
            } else {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String unescaped(String line) {
        return ENTITY.matcher(line).replaceAll(m -> Matcher.quoteReplacement(switch (m.group(1)) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "amp" -> "&";
            case "quot" -> "\"";
            case "nbsp" -> " ";
            default -> "'";
        }));
    }
}
