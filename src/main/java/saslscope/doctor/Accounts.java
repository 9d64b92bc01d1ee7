package saslscope.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The accounts of a sasldb2, as {@code sasldblistusers2} prints them: {@code name@realm: userPassword}.
 *
 * @param names {@code name@realm}
 * @param known false if they could not be listed
 * @param why   why not
 * @param error what the library said of a damaged file; null if nothing
 */
record Accounts(boolean known, String why, Set<String> names, String error) {
    /** What saslpasswd2 stores for the mechanisms that need no password in clear; also a sign of an account. */
    private static final Set<String> DAMAGE = Set.of("checksum error", "unexpected file type", "Invalid argument", "invalid argument",
        "DB_RUNRECOVERY", "PANIC", "panic", "unsupported", "Not a database", "magic", "MDB_INVALID", "MDB_CORRUPTED", "gdbm_errno");

    static final Accounts UNKNOWN = new Accounts(false, "sasldblistusers2 was not asked", Set.of(), null);

    static Accounts of(Reading<String> output) {
        if (!(output instanceof Reading.Found<String> found)) {
            return new Accounts(false, output instanceof Reading.Hidden<String> h ? h.why() : "there is no output", Set.of(), null);
        }
        Set<String> names = new TreeSet<>();
        List<String> said = new ArrayList<>();
        boolean failed = false;
        for (String line : found.value().lines().toList()) {
            int colon = line.lastIndexOf(": ");
            String attribute = colon < 0 ? "" : line.substring(colon + 2).strip();
            if (colon > 0 && line.lastIndexOf('@', colon) >= 0 && attribute.matches("userPassword|cmusaslsecret\\S*|\\S*[Ss]ecret\\S*|authPassword\\S*")) {
                names.add(line.substring(0, colon));
            } else {
                failed |= line.contains("listusers failed") || line.matches("\\[exit status [1-9]\\d*\\]");
                said.add(line.strip());
            }
        }
        String error = said.stream().filter(l -> DAMAGE.stream().anyMatch(l::contains)).findFirst().orElse(null);
        if (error != null) {
            return new Accounts(false, "sasldblistusers2 says: " + error, names, error);
        }
        if (names.isEmpty() && failed) {
            return new Accounts(false, "sasldblistusers2 could not open the file", Set.of(), null);
        }
        return new Accounts(true, "", Set.copyOf(names), null);
    }

    Set<String> realms() {
        Set<String> realms = new TreeSet<>();
        names.forEach(n -> realms.add(n.substring(n.indexOf('@') + 1)));
        return realms;
    }

    /**
     * How a login fares: {@code listed}, {@code other-realm}, {@code other-case} or {@code unlisted}. The library splits it
     * at the first @ and compares every letter (common/plugin_common.c _plug_parseuser(), sasldb/allockey.c).
     *
     * @param realm the one for logins without an @
     */
    String fate(String login, String realm) {
        String whole = login.indexOf('@') < 0 ? login + "@" + realm : login;
        if (names.contains(whole)) {
            return "listed";
        }
        String name = whole.substring(0, whole.indexOf('@'));
        if (names.stream().anyMatch(n -> n.startsWith(name + "@"))) {
            return "other-realm";
        }
        return names.stream().anyMatch(n -> n.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + "@")) ? "other-case" : "unlisted";
    }
}
