package saslscope.incident;

/** How urgent an incident is: the host's own fault above trouble of single users above background noise. */
public enum Severity { CRITICAL, HIGH, MEDIUM, LOW }
