package saslscope.cli;

/** Counts as typed. */
final class Numbers {
    private Numbers() {
    }

    /**
     * The number meant.
     *
     * @param text null for the default
     * @throws Refusal if it is none, or beyond a billion
     */
    static int of(String option, String text, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}")) {
            throw new Refusal(option + "=" + Shown.of(text) + ": not a number; write " + option + "=50");
        }
        return Integer.parseInt(text);
    }
}
