/**
 * Turns a recognised message into something that happened.
 *
 * <p>In: {@link saslscope.pattern.Match}. Out: {@link saslscope.event.AuthEvent}. Knows nothing of sessions: each event
 * is made from one line alone.
 */
package saslscope.event;
