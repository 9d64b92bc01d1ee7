package saslscope.diagnosis;

/** How sure a diagnosis is. Ordinal on purpose: no percentages. */
public enum Certainty {
    /** One cause proven, its rivals excluded. */
    DETERMINED,
    /** The evidence favours one cause, others remain. */
    LIKELY,
    /** Several causes remain and nothing favours one. */
    AMBIGUOUS,
    /** No known cause fits. */
    UNKNOWN
}
