package saslscope.probe;

import java.util.List;

/**
 * A reply of the server (RFC 5321, 4.2).
 *
 * @param lines without the code and what parts it from the text; at least one
 */
record Reply(int code, List<String> lines) {
    /** The whole as one line. */
    String text() {
        return (code + " " + String.join(" ", lines)).strip();
    }
}
