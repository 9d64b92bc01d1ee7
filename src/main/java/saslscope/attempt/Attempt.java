package saslscope.attempt;

import java.util.List;
import saslscope.event.AuthEvent;
import saslscope.event.Client;
import saslscope.event.Origin;

/**
 * One login, from the first line that belongs to it to its outcome.
 *
 * @param id        stable: the same lines of the same log give the same id on every run
 * @param action    ECS {@code event.action}: {@code sasl-auth}, {@code relay-denied}, {@code tls-handshake},
 *                  {@code service-setup}, {@code relay-auth}, {@code imap-login} ...
 * @param outcome   success, failure or unknown
 * @param ending    by what it ended
 * @param outbound  true if Postfix itself was the client
 * @param client    the peer; null if no line named it
 * @param login     the whole login as logged; null if not logged or "(unavailable)"
 * @param user      the login up to its last @
 * @param realm     what follows the last @ of the login; null if there is none
 * @param mechanism upper case; null if not logged
 * @param reason    the program's own words; null if there are none
 * @param origin    of the line that told the outcome
 * @param lines     all events that belong to it, in log order, the outcome's own included
 * @param started   what the same process wrote when it loaded libsasl2
 * @param grounds   why lines of other processes were joined, and what the log did to the login; one sentence each
 */
public record Attempt(String id, String action, Outcome outcome, Ending ending, boolean outbound, Client client,
                      String login, String user, String realm, String mechanism, String reason, Origin origin,
                      List<AuthEvent> lines, List<AuthEvent> started, List<String> grounds) {
}
