package saslscope.event;

/**
 * The peer of a session.
 *
 * @param name    verified host name, {@code unknown} if there is none; null if not logged
 * @param address IP address as logged; {@code unknown} if Postfix had none; null if not logged
 * @param port    source port; -1 if not logged
 */
public record Client(String name, String address, int port) {
}
