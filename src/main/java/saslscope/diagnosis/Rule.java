package saslscope.diagnosis;

/**
 * What a condition means for a cause.
 *
 * @param when    the condition
 * @param because why it means that, a sentence for people
 * @param source  where that can be read (program, file, function); may be null
 * @param needs   see {@link Gate#needs}; none: the condition always gets a closer look
 */
record Rule(Condition when, String because, String source, long[][] needs) {
    private static final long[][] NOTHING = {};

    Rule(Condition when, String because, String source) {
        this(when, because, source, NOTHING);
    }

    Rule behind(Gate gate) {
        return new Rule(when, because, source, gate.needs(when));
    }
}
