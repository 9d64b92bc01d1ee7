package saslscope.incident;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Certainty;

/**
 * Failed attempts with one cause and one scope.
 *
 * @param id         stable: made of its first attempt's id
 * @param state      {@code open}, {@code quiet} (nothing new for a while), {@code ended} (its logins work again) or
 *                   {@code closed} (nothing new for long, or taken into another)
 * @param cause      code of the leading cause; null if none is known
 * @param title      one line for people
 * @param attempts   how many attempts it holds
 * @param failures   how many of them failed
 * @param successes  logins of its users and clients that succeeded since it began
 * @param users      logins and how often each failed, at most a bounded number of them
 * @param userCount  how many distinct logins (a lower bound once the table is full)
 * @param clients    client addresses and how often each failed, bounded as above
 * @param realms     realms seen
 * @param mechanisms mechanisms seen
 * @param services   syslog tags seen
 * @param hosts      hosts seen
 * @param evidence   what the diagnosis rests on, of the latest attempt
 * @param candidates what remains, ranked
 * @param sampleLines lines of one attempt, secrets masked
 * @param scope      what binds its attempts together; opaque, so that a later run can go on with it
 * @param kind       what sort of trouble it is
 * @param ended      since when its logins work again and after what, or which incident took it in; null if it goes on
 * @param related    incidents it took in or that led to it, at most a bounded number of them
 * @param moreUsers  a sketch of the logins that have no place among the users, so that a later run can go on counting; null if there are none
 * @param moreClients the same for the clients
 */
public record Incident(String id, String state, Severity severity, String cause, Certainty certainty, String title,
                       OffsetDateTime firstSeen, OffsetDateTime lastSeen, long attempts, long failures, long successes,
                       SortedMap<String, Long> users, long userCount, SortedMap<String, Long> clients, long clientCount,
                       List<String> realms, List<String> mechanisms, List<String> services, List<String> hosts,
                       List<String> evidence, List<Candidate> candidates, String check, String remedy,
                       List<String> sampleLines, String scope, Kind kind, String ended, List<String> related, String moreUsers, String moreClients) {
    /** One whose names all have a place. */
    public Incident(String id, String state, Severity severity, String cause, Certainty certainty, String title,
                    OffsetDateTime firstSeen, OffsetDateTime lastSeen, long attempts, long failures, long successes,
                    SortedMap<String, Long> users, long userCount, SortedMap<String, Long> clients, long clientCount,
                    List<String> realms, List<String> mechanisms, List<String> services, List<String> hosts,
                    List<String> evidence, List<Candidate> candidates, String check, String remedy,
                    List<String> sampleLines, String scope, Kind kind, String ended, List<String> related) {
        this(id, state, severity, cause, certainty, title, firstSeen, lastSeen, attempts, failures, successes, users, userCount, clients, clientCount,
            realms, mechanisms, services, hosts, evidence, candidates, check, remedy, sampleLines, scope, kind, ended, related, null, null);
    }

    /** Upper bound of the memory that it takes. */
    public long bytes() {
        long bytes = 2_000 + bytes(users.keySet()) + bytes(clients.keySet()) + bytes(sampleLines) + bytes(evidence) + bytes(related);
        for (Candidate c : candidates) {
            bytes += bytes(c.evidence());
        }
        return bytes;
    }

    /** Upper bound of the memory that a table with these texts takes. */
    static long bytes(Collection<String> texts) {
        long bytes = 0;
        for (String text : texts) {
            bytes += 120 + 2L * text.length();
        }
        return bytes;
    }

    /** Whether another incident took it in. */
    public boolean takenIn() {
        return state.equals("closed") && ended != null && ended.startsWith(TAKEN_IN);
    }

    static final String TAKEN_IN = "part of incident ";
}
