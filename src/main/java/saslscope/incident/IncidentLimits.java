package saslscope.incident;

/**
 * Bounds, all in log time.
 *
 * @param incidents    incidents kept open at once; the one without news for longest is closed first
 * @param logins       incidents of single users and clients kept apart at once; what comes beyond is one crowd
 * @param names        distinct users, clients, realms kept for one incident; more are counted as a lower bound
 * @param guessNames   one client that fails with so many names is guessing
 * @param quietMicros  an incident without a new attempt for this long is quiet
 * @param closeMicros  and for this long: closed; what comes then is a new incident
 */
public record IncidentLimits(int incidents, int logins, int names, int guessNames, long quietMicros, long closeMicros) {
    /** 5,000 incidents, 200 of them of single users or clients, each of at most 500 names; guessing from 3 names on; quiet after 30 minutes, closed after a day. */
    public static final IncidentLimits DEFAULT = new IncidentLimits(5_000, 200, 500, 3, 1_800_000_000L, 86_400_000_000L);
}
