package saslscope.probe;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The mechanisms that are done here, the strongest first. */
public enum Mechanism {
    SCRAM_SHA_256("SCRAM-SHA-256"),
    SCRAM_SHA_1("SCRAM-SHA-1"),
    DIGEST_MD5("DIGEST-MD5"),
    CRAM_MD5("CRAM-MD5"),
    PLAIN("PLAIN"),
    LOGIN("LOGIN"),
    /** The password is a token. */
    XOAUTH2("XOAUTH2"),
    /** Needs no password. */
    EXTERNAL("EXTERNAL");

    private final String text;

    Mechanism(String text) {
        this.text = text;
    }

    /** The name as servers write it. */
    public String text() {
        return text;
    }

    /** The one of that name, in any case. */
    public static Optional<Mechanism> of(String name) {
        return Arrays.stream(values()).filter(m -> m.text.equalsIgnoreCase(name)).findFirst();
    }

    /** Whether whoever reads along has the password or token. */
    public boolean bare() {
        return switch (this) {
            case PLAIN, LOGIN, XOAUTH2 -> true;
            case SCRAM_SHA_256, SCRAM_SHA_1, DIGEST_MD5, CRAM_MD5, EXTERNAL -> false;
        };
    }

    /** Whether it is tried with a name and a password: a token or a client certificate is something else. */
    public boolean takesPassword() {
        return this != XOAUTH2 && this != EXTERNAL;
    }

    /** Of what a server offers, those that take a password, the strongest first. */
    public static List<Mechanism> withPassword(List<String> offered) {
        return Arrays.stream(values()).filter(m -> m.takesPassword() && offered.contains(m.text)).toList();
    }

    /**
     * A new exchange.
     *
     * @param host  as the user named it
     * @param nonce printable, without comma and quote
     */
    Exchange exchange(Login login, String host, String nonce) {
        return switch (this) {
            case SCRAM_SHA_256 -> new Scram("SHA-256", login, nonce);
            case SCRAM_SHA_1 -> new Scram("SHA-1", login, nonce);
            case DIGEST_MD5 -> new DigestMd5(login, "smtp/" + host, nonce);
            case CRAM_MD5 -> new Simple.CramMd5(login);
            case PLAIN -> new Simple.Plain(login);
            case LOGIN -> new Simple.LoginPrompts(login);
            case XOAUTH2 -> new Simple.XOAuth2(login);
            case EXTERNAL -> new Simple.External(login);
        };
    }
}
