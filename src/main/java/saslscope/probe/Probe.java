package saslscope.probe;

import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tries a login at one server: one connection, one AUTH, QUIT.
 *
 * @param addresses   of the target; the first that answers is taken
 * @param insecure    go on with a certificate that can't be trusted
 * @param bare        send a password without TLS too; to loopback it is sent in any case
 * @param authorities who may vouch for the server; null for those that Java knows
 * @param nonces      fresh random text for each exchange: printable, without comma and quote
 */
public record Probe(Target target, Addresses addresses, Login login, boolean insecure, boolean bare, Bounds bounds, KeyStore authorities,
                    Supplier<String> nonces, InstantSource time) {

    /**
     * One attempt.
     *
     * @param mechanism null for the strongest that is offered and takes a password
     */
    public Trial attempt(Mechanism mechanism) {
        return new Attempt(this, mechanism).run();
    }

    /** What else is worth an attempt after the first one. */
    public static List<Mechanism> others(Trial first) {
        return Mechanism.withPassword(first.offered()).stream().filter(m -> m != first.mechanism()).toList();
    }
}
