package saslscope.incident;

import java.util.Optional;
import saslscope.diagnosis.Change;

/** Knows what happened to the services of a host. */
@FunctionalInterface
public interface Changes {
    /** The last change between two moments, in microseconds. */
    Optional<Change> between(String host, long from, long to);
}
