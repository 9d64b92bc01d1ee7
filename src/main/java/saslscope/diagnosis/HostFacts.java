package saslscope.diagnosis;

import java.util.List;
import saslscope.attempt.Attempt;

/** What the host's configuration says about an attempt. Names begin with {@code host.}. */
public interface HostFacts {
    /** Nothing is known of the host. */
    HostFacts NONE = attempt -> List.of();

    /** The facts that bear on this attempt. */
    List<Fact> about(Attempt attempt);
}
