package saslscope.attempt;

/** How an attempt ended; ECS {@code event.outcome}. */
public enum Outcome { SUCCESS, FAILURE, UNKNOWN }
