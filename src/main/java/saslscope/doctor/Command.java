package saslscope.doctor;

import java.util.List;

/**
 * A command that only reads. These are all that are ever started.
 *
 * @param words the program and its arguments; no shell is involved
 * @param why   what is learnt from it
 */
public record Command(List<String> words, String why) {
    static final Command DEFAULTS = new Command(List.of("postconf", "-d"), "the defaults and the version of this Postfix");
    static final Command WHERE = new Command(List.of("postconf", "-h", "config_directory"), "where main.cf and master.cf are");
    static final Command PROCESSES = new Command(List.of("ps", "-axo", "lstart,user,args"), "which daemons run, since when, with which flags");
    static final Command ACCOUNTS = new Command(List.of("sasldblistusers2"), "names and realms in sasldb2, without passwords");

    static Command identity(String user) {
        return new Command(List.of("id", user), "the groups of the accounts that Postfix and Dovecot's auth run under");
    }

    /** The names in another sasldb2. */
    static Command accounts(String file) {
        return new Command(List.of("sasldblistusers2", "-f", file), "names and realms in the sasldb2 that smtpd.conf names");
    }

    /** As typed. */
    public String line() {
        return String.join(" ", words);
    }

    /** Those that are always tried; others depend on what the configuration says. */
    public static List<Command> all() {
        return List.of(WHERE, DEFAULTS, PROCESSES, ACCOUNTS, identity("ACCOUNT"), accounts("PATH"));
    }
}
