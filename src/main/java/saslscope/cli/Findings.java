package saslscope.cli;

import java.util.List;
import saslscope.incident.Incident;
import saslscope.live.IncidentBlock;
import saslscope.live.Tallies;

/** Incidents in full, before the summary that lists them all. */
final class Findings {
    private static final int SHOWN = 3;

    private final Session session;
    private final IncidentBlock block;

    Findings(Session session, Definitions definitions) {
        this.session = session;
        this.block = new IncidentBlock(session.plan().look(), definitions::title);
    }

    /** The most urgent ones; all of them if the user wants more words. */
    void blocks(Tallies tallies) {
        List<Incident> incidents = tallies.incidents();
        int n = session.plan().verbose() ? incidents.size() : session.plan().quiet() ? 0 : Math.min(SHOWN, incidents.size());
        for (Incident incident : incidents.subList(0, n)) {
            block.lines(incident, true).forEach(session::say);
            session.say("");
        }
    }
}
