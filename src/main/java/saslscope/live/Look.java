package saslscope.live;

import saslscope.incident.Severity;

/**
 * How output looks. The few colours are of the first sixteen and readable on dark and on light; nothing is told by colour
 * alone.
 *
 * @param colour  write SGR sequences
 * @param unicode the terminal's character set has more than ASCII
 * @param width   columns
 * @param inPlace a line may be rewritten: the output is a terminal
 */
public record Look(boolean colour, boolean unicode, int width, boolean inPlace) {
    public Look {
        width = Math.clamp(width, 40, 120);
    }

    /** Emphasised. */
    public String bold(String text) {
        return sgr("1", text);
    }

    String faint(String text) {
        return sgr("2", text);
    }

    /** What is wrong. */
    public String bad(String text) {
        return sgr("31", text);
    }

    /** What is not certain. */
    public String doubt(String text) {
        return sgr("35", text);
    }

    String good(String text) {
        return sgr("32", text);
    }

    String severity(Severity severity, String text) {
        return switch (severity) {
            case CRITICAL -> sgr("1;31", text);
            case HIGH -> sgr("31", text);
            case MEDIUM -> sgr("35", text);
            case LOW -> sgr("2", text);
        };
    }

    private String sgr(String code, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    String bullet() {
        return unicode ? "●" : "*";
    }

    /** Something is better known than before. */
    String up() {
        return unicode ? "▲" : "^";
    }

    /** Something works again. */
    String check() {
        return unicode ? "✔" : "+";
    }

    /** Stands for what was cut away. */
    public String ellipsis() {
        return unicode ? "…" : "...";
    }

    String times() {
        return unicode ? "×" : "x";
    }

    /** Fills the bars of a plot. */
    public String bar() {
        return unicode ? "█" : "#";
    }

    /** The text harmless and at most so many columns wide. */
    String cut(String raw, int max) {
        return Printable.of(raw, max, ellipsis());
    }
}
