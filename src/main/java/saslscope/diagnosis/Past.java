package saslscope.diagnosis;

/**
 * What was known of the user and the client of an attempt when it came; counts of failures include the attempt itself.
 * Where the log names no user or no client, nothing is known of it.
 *
 * @param userKnown   the same login succeeded before
 * @param clientKnown some login from that address succeeded before
 * @param pairKnown   that login succeeded before from that address
 * @param names       logins that the client failed with within the hour, at most {@link Peer#OTHERS}
 * @param namesWorked logins that ever succeeded from it, at most as many
 * @param clients     clients that the login failed from within the hour, at most {@link Peer#OTHERS}
 * @param clientsWorked of these, those from which it ever succeeded
 * @param even        how often the login failed in a steady rhythm up to now
 * @param interval    of that rhythm, in microseconds
 * @param hostWorks   somebody has logged in on that host before
 */
public record Past(boolean userKnown, boolean clientKnown, boolean pairKnown, int names, int namesWorked,
                   int clients, int clientsWorked, int even, long interval, boolean hostWorks) {
    /** Nothing is known. */
    public static final Past NONE = new Past(false, false, false, 0, 0, 0, 0, 0, 0, false);
}
