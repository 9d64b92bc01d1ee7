package saslscope.probe;

import java.util.List;

/** The client's side of one SASL mechanism, for one login (RFC 4422). Bytes are not yet base64. */
interface Exchange {
    /** What is sent along with AUTH; null where the server speaks first. */
    default byte[] initial() {
        return null;
    }

    /**
     * Answers a challenge.
     *
     * @throws Broken if the server breaks the rules of the mechanism; then the exchange is to be cancelled
     */
    byte[] answer(byte[] challenge) throws Broken;

    /**
     * Called when the server has accepted.
     *
     * @throws Broken if it did not prove that it knows the password, where the mechanism asks for that
     */
    default void accepted() throws Broken {
    }

    /** What the last challenge told that is of interest, in own words; not secret. */
    default List<String> told() {
        return List.of();
    }

    /** The server breaks the rules. */
    final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message, null, false, false);
        }
    }
}
