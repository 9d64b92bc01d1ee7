package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One login dialogue of one process: which response is next, and what it may hold. */
final class Dialogue {
    private static final byte[] USERNAME = "Username:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USER_NAME = "User Name\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PASSWORD = "Password:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PASSWORD_NUL = "Password\0".getBytes(StandardCharsets.US_ASCII);

    final String mechanism;
    final long micros;
    /** A challenge or response was seen since the command. */
    private boolean moved;
    /** The server has asked, so that the place of the next response is known. */
    private boolean asked;
    /** AUTH LOGIN: what is a name if the server asks for the password next. */
    private Login pending;
    /** Nothing that follows has a place that is known. */
    private boolean over;

    Dialogue(String mechanism, long micros) {
        this.mechanism = mechanism.toUpperCase(Locale.ROOT);
        this.micros = micros;
    }

    /** The command is logged twice: as it came, and as it is handed on. */
    boolean begunWith(String name) {
        return !moved && mechanism.equals(name.toUpperCase(Locale.ROOT));
    }

    /** The initial response; returns the login if it is certain. */
    Login initial(byte[] response) {
        if (response == null) {
            over = true;
            return null;
        }
        Login login = answered(response);
        // What stands beside AUTH LOGIN is the name.
        return pending == null ? login : pending;
    }

    /** A response; returns the login if it is certain. */
    Login response(byte[] response) {
        boolean known = asked && !over;
        asked = false;
        moved = true;
        // EXTERNAL's response is any text, so where lines are missing it may be a password of what came next.
        if (!known || response == null || mechanism.equals("EXTERNAL")) {
            over = true;
            return null;
        }
        return answered(response);
    }

    private Login answered(byte[] response) {
        Login login = Login.of(mechanism, response);
        if (!mechanism.equals("LOGIN")) {
            return login;
        }
        if (pending != null || login == null) {
            over = true;
            pending = null;
            return null;
        }
        // Only the next challenge tells that this was the name: lines between may be missing, and then it is the password.
        pending = login;
        return null;
    }

    /** AUTH LOGIN: whether the last answer was the name, the next challenge tells. */
    boolean undecided() {
        return !over && pending != null;
    }

    static boolean asksName(byte[] challenge) {
        return Arrays.equals(challenge, USERNAME) || Arrays.equals(challenge, USER_NAME);
    }

    static boolean asksPassword(byte[] challenge) {
        return Arrays.equals(challenge, PASSWORD) || Arrays.equals(challenge, PASSWORD_NUL);
    }

    /** A challenge; returns the login that it makes certain. */
    Login challenge(byte[] challenge) {
        moved = true;
        if (over) {
            return null;
        }
        if (!mechanism.equals("LOGIN")) {
            asked = true;
            return null;
        }
        if (asksPassword(challenge) && pending != null) {
            over = true;
            return pending;
        }
        // Asked for the name after the client gave it: the client is a step ahead, and answers with the password.
        asked = pending == null && asksName(challenge);
        over = !asked;
        return null;
    }
}
