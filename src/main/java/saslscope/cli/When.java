package saslscope.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import saslscope.index.TimeWords;

/**
 * A point in time as people type it for {@code --since} and {@code --until}, in the grammar of journalctl(1): what
 * {@link TimeWords} reads, with a week day before a date or {@code UTC} behind it. A date alone is its midnight.
 */
final class When {
    private static final Pattern WEEKDAY = Pattern.compile("(?i)(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\\s+(?=\\d)");
    private static final Pattern UTC = Pattern.compile("(?i)\\s+(utc|gmt|z)$");

    private When() {
    }

    /**
     * The time meant.
     *
     * @param option the option that the text was given for, for the message
     * @throws Refusal if it is none
     */
    static Instant parse(String option, String text, Instant now, ZoneId zone) {
        String t = text.strip();
        Matcher weekday = WEEKDAY.matcher(t);
        if (weekday.lookingAt()) {
            t = t.substring(weekday.end());
        }
        Matcher utc = UTC.matcher(t);
        boolean universal = utc.find();
        String bare = universal ? t.substring(0, utc.start()) : t;
        return TimeWords.parse(bare, now, universal ? ZoneId.of("Z") : zone).map(TimeWords::from)
            .orElseThrow(() -> new Refusal(option + "=" + Shown.of(text) + ": not a time; " + advice(bare, now, zone)));
    }

    private static String advice(String text, Instant now, ZoneId zone) {
        return TimeWords.parse("-" + text, now, zone).isPresent() ? "did you mean -" + text + "?"
            : "write 2026-11-20, \"2026-11-20 10:00\", yesterday, -2h or \"2 hours ago\"";
    }
}
