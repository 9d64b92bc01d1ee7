package saslscope.incident;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Clients and names of a host that nobody knows, and that failed within the hour. */
final class Strangers {
    private static final long WINDOW = 3_600_000_000L;

    private final int enough;
    private long since = Long.MIN_VALUE / 2;
    private final Set<String> clients = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final List<String> incidents = new ArrayList<>();

    /** @param enough clients, and as many names; more are not kept */
    Strangers(int enough) {
        this.enough = enough;
    }

    /** Takes a failure of a strange client; true once there are so many that they act together. */
    boolean add(String client, String name, String incident, long now) {
        if (Math.abs(now - since) > WINDOW) {
            since = now;
            clients.clear();
            names.clear();
            incidents.clear();
        }
        if (clients.size() < enough) {
            clients.add(client);
        }
        if (names.size() < enough) {
            names.add(name);
        }
        if (incidents.size() < 4 * enough && !incidents.contains(incident)) {
            incidents.add(incident);
        }
        return clients.size() >= enough && names.size() >= enough;
    }

    /** The incidents they were given so far. */
    List<String> incidents() {
        return incidents;
    }
}
