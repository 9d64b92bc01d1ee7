/**
 * Joins events into attempts.
 *
 * <p>In: {@link saslscope.event.AuthEvent}, in log order. Out: {@link saslscope.attempt.Attempt}, in the order of their
 * outcome lines. Lines of one smtpd process are joined by host, tag and process id between connect and disconnect (an
 * smtpd serves one client at a time); lines of other processes (saslauthd, PAM, Dovecot) are joined on grounds that are
 * written into the attempt. Knows nothing of causes.
 */
package saslscope.attempt;
