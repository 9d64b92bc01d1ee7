package saslscope.incident;

/** What sort of trouble an incident is: what a person looks at first, second and last. */
public enum Kind {
    /** A fault of the set-up that shows without any attempt to log in. */
    SET_UP("set-up"),
    /** A fault of the host, seen in failed logins. */
    FAULT("fault"),
    /** A client that guessed is logged in. */
    COMPROMISE("compromise"),
    /** Our own logins at a relay fail. */
    RELAY("relay"),
    /** A user cannot log in. */
    USER("user"),
    /** A device keeps trying an old password. */
    STALE("stale-client"),
    /** Many users fail from many clients, and nothing tells guessing from a fault. */
    CROWD("crowd"),
    /** One client guesses. */
    BRUTE_FORCE("brute-force"),
    /** Many clients guess together: one name, or many. */
    SPRAY("spray"),
    /** A client does something wrong, or is kept from something. */
    CLIENT("client"),
    /** Mail turned away for lack of a login. */
    DENIED("denied");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /** As it is stored and searched. */
    public String text() {
        return text;
    }

    /** The kind with that text; {@link #USER} for what an older version stored. */
    public static Kind of(String text) {
        for (Kind k : values()) {
            if (k.text.equals(text)) {
                return k;
            }
        }
        return USER;
    }

    /** Whether somebody tries to get in. */
    public boolean attack() {
        return this == BRUTE_FORCE || this == SPRAY;
    }

    Severity severity(boolean outage) {
        return switch (this) {
            case SET_UP -> Severity.CRITICAL;
            case FAULT -> outage ? Severity.CRITICAL : Severity.HIGH;
            case COMPROMISE, RELAY -> Severity.HIGH;
            case USER, STALE, CROWD -> Severity.MEDIUM;
            case BRUTE_FORCE, SPRAY, CLIENT, DENIED -> Severity.LOW;
        };
    }
}
