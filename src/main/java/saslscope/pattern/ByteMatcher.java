package saslscope.pattern;

/** A compiled expression. Immutable. */
interface ByteMatcher {
    /**
     * Looks for the leftmost match, with the rules of choice of {@code java.util.regex}.
     *
     * @return true if there is one; {@code run.spans} then holds its captures. False also if it was stopped
     *     ({@link Run#stopped})
     */
    boolean find(Run run);
}
