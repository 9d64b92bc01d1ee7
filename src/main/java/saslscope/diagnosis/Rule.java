package saslscope.diagnosis;

/**
 * What a condition means for a cause.
 *
 * @param when    the condition
 * @param because why it means that, a sentence for people
 * @param source  where that can be read (program, file, function); may be null
 */
record Rule(Condition when, String because, String source) {
}
