package saslscope.diagnosis;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A cause of failed logins, as its file tells it.
 *
 * @param code     its name, that of its file
 * @param kind     {@code credentials}, {@code configuration}, {@code outage}, {@code client}, {@code policy} or {@code relay}
 * @param rank     how common it is, lower first; only orders candidates of equal standing
 * @param hand     the command a person runs to decide, and what to look for
 * @param tool     what saslscope itself looks at when it has the host; may be null
 * @param remedies what mends it, by platform ({@code debian}, {@code rhel}, {@code freebsd})
 */
public record Cause(String code, String title, String kind, int rank, String summary, List<RuleText> rules,
                    List<String> confusedWith, String hand, String tool, Map<String, String> remedies,
                    List<Sample> samples, Path file) {

    /**
     * A rule as a person reads it.
     *
     * @param effect {@code proves}, {@code suggests}, {@code allows}, {@code leans}, {@code doubts} or {@code excludes}
     * @param when   the facts, {@code name: value, value}
     */
    public record RuleText(String effect, Map<String, List<String>> when, String because, String source) {
    }

    /**
     * A log and where it must end.
     *
     * @param log        syslog lines
     * @param line       where it stands in the cause file, 1-based
     * @param cause      code of the leading cause; null for unknown
     * @param certainty  as written in the file
     * @param candidates the exact ranked list; null if the file does not say
     */
    public record Sample(String log, int line, String cause, Certainty certainty, List<String> candidates) {
    }

    /** The remedy for a platform; Debian's where there is none of its own. */
    public String remedy(String platform) {
        String r = remedies.get(platform);
        return r != null ? r : remedies.get("debian");
    }
}
