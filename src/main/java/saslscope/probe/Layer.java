package saslscope.probe;

import java.util.List;

/**
 * The TLS layer of a connection.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param subject  of the server's certificate
 * @param faults   why the certificate can't be trusted; empty if it can
 */
public record Layer(String protocol, String cipher, String subject, List<String> faults) {
}
