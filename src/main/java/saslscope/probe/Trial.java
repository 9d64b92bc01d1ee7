package saslscope.probe;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;

/**
 * What came of one attempt.
 *
 * @param local     this end of the connection; null if there was none
 * @param remote    the server's end; null if there was none
 * @param began     when it was begun, by this host's clock
 * @param tls       null if the connection had none
 * @param offered   mechanisms offered last, upper case
 * @param mechanism the one that was tried or would have been; null if it did not come to that
 * @param stage     the last stage; AUTH for a login that was accepted
 * @param code      the reply that decided; 0 if it was none
 * @param text      why, in one line: the server's reply or own words; secrets masked, not escaped
 */
public record Trial(Target target, InetSocketAddress local, InetSocketAddress remote, Instant began, Layer tls, List<String> offered,
                    Mechanism mechanism, Outcome outcome, Stage stage, int code, String text, List<Step> steps) {

    /** How it ended. */
    public enum Outcome {
        LOGGED_IN,
        /** The server was reached, and lets nobody in this way. */
        REFUSED,
        /** It did not come to AUTH. */
        NO_CONNECTION,
        /** The password was not sent, because it would have gone in clear. */
        WITHHELD
    }
}
