package saslscope.diagnosis;

/** How a candidate stands. Excluded causes are no candidates. */
public enum Standing { PROVEN, SUPPORTED, POSSIBLE }
