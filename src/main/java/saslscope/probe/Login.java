package saslscope.probe;

/**
 * Whose login is tried.
 *
 * @param user     as the mail client sends it; null if the mechanism sends none
 * @param authzid  as whom to act (RFC 4422); null for the user itself
 * @param realm    null for none; DIGEST-MD5 sends it apart, the other mechanisms have no place for it but the name
 * @param password or token; null if the mechanism needs none
 */
public record Login(String user, String authzid, String realm, String password) {
    /** The name as mechanisms without a realm send it: {@code user@realm} if there is one, once. */
    public String name() {
        return user == null || realm == null || realm.isEmpty() || user.endsWith("@" + realm) ? user : user + "@" + realm;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Login[" + name() + "]";
    }
}
