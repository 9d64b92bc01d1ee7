package saslscope.incident;

/**
 * Bounds, and the thresholds of patterns; all in log time. They stand at more than a person does by mistake and at less
 * than any guessing worth the name; docs/RATIONALE.md gives the reasons.
 *
 * @param incidents    incidents kept open at once; the one without news for longest is closed first
 * @param bytes        what they may take in memory; looked at now and then, with the same consequence
 * @param logins       incidents of single users and clients kept apart at once; what comes beyond is one crowd
 * @param names        distinct users, clients, realms kept for one incident; more are counted as a lower bound
 * @param guessNames   one client that fails with so many names within an hour, and with more than twice as many as ever
 *                     worked from there, is guessing
 * @param guessTries   one client that fails so often with one name within an hour is guessing, if that name never
 *                     worked from there
 * @param sprayClients one name that fails from so many clients within an hour, from which it never worked, is sprayed
 * @param sprayNames   so many strange clients and so many names that fail within an hour are a spray, on a host where
 *                     somebody has logged in
 * @param steady       so many retries in a steady rhythm are a device with an old password, if that login worked before
 * @param recovered    so many users who log in show that a fault is gone which need not have hit everybody
 * @param quietMicros  an incident without a new attempt for this long is quiet
 * @param closeMicros  and for this long: closed; what comes then is a new incident
 */
public record IncidentLimits(int incidents, long bytes, int logins, int names, int guessNames, int guessTries, int sprayClients, int sprayNames,
                             int steady, int recovered, long quietMicros, long closeMicros) {
    /** 5,000 incidents, 32 MiB, 200 of them of single users or clients, each of at most 500 names; quiet after 30 minutes, closed after a day. */
    public static final IncidentLimits DEFAULT =
        new IncidentLimits(5_000, 32 << 20, 200, 500, 5, 20, 5, 15, 5, 3, 1_800_000_000L, 86_400_000_000L);
}
