package saslscope.probe;

/** How far a trial came. */
public enum Stage {
    /** Looking up the name. */
    NAME("name"),
    CONNECT("connect"),
    BANNER("banner"),
    EHLO("EHLO"),
    TLS("TLS"),
    AUTH("AUTH"),
    QUIT("QUIT");

    private final String word;

    Stage(String word) {
        this.word = word;
    }

    /** As people write it. */
    public String word() {
        return word;
    }
}
