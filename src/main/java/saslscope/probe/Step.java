package saslscope.probe;

/**
 * One line of the dialogue, secrets masked.
 *
 * @param text raw text of the server, or own words; not escaped, at most {@link #LONGEST} characters
 */
public record Step(Stage stage, Speaker speaker, String text) {
    static final int LONGEST = 1_000;

    /** Who says it. */
    public enum Speaker {
        CLIENT, SERVER,
        /** Nobody: what the probe did or saw. */
        NOTE
    }

    public Step {
        text = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
