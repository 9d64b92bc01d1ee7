package saslscope.source;

import java.io.IOException;

/** A file that is there but is no log; says what it is instead and what to do. */
final class NotALog extends IOException {
    private static final long serialVersionUID = 1L;
    private final String advice;

    NotALog(String what, String advice) {
        super(what);
        this.advice = advice;
    }

    String advice() {
        return advice;
    }
}
