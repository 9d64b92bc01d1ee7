package saslscope.flow;

import java.util.List;
import saslscope.attempt.Attempt;
import saslscope.diagnosis.Causes;
import saslscope.diagnosis.Diagnoser;
import saslscope.diagnosis.Diagnosis;
import saslscope.diagnosis.Finding;
import saslscope.event.AuthEvent;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;
import saslscope.incident.IncidentLimits;
import saslscope.incident.Incidents;

/** What becomes of attempts: they are diagnosed, belong to incidents, and go to the sinks. Order matters; one call at a time. */
final class Verdicts {
    private final Diagnoser diagnoser;
    private final Flow.Setup setup;
    private final List<Sink> sinks;
    private final Incidents incidents;

    /** @param sinks called in this order */
    Verdicts(Causes causes, Diagnoser diagnoser, Flow.Setup setup, List<Sink> sinks) {
        this.diagnoser = diagnoser;
        this.setup = setup;
        this.sinks = List.copyOf(sinks);
        this.incidents = new Incidents(causes, IncidentLimits.DEFAULT, diagnoser::change, i -> this.sinks.forEach(s -> s.incident(i)));
    }

    void remember(DiagnosedAttempt earlier) {
        incidents.remember(earlier, diagnoser.remember(earlier.attempt(), earlier.diagnosis()));
    }

    void changed(AuthEvent.ServiceChanged e) {
        diagnoser.changed(e);
    }

    void restore(List<Incident> open) {
        incidents.restore(open);
    }

    /** An event, before it is joined. */
    void event(AuthEvent e) {
        if (e instanceof AuthEvent.ServiceChanged change) {
            changed(change);
        }
        // Mail that a relay takes is news only after it took none.
        if (!(e instanceof AuthEvent.RelayDelivered delivered) || incidents.delivered(delivered)) {
            for (Sink s : sinks) {
                s.event(e);
            }
        }
    }

    /** @param repeats whether an earlier run has counted its line */
    void attempt(Attempt a, boolean repeats) {
        if (!setup.within().test(a) || repeats && setup.known().test(a.id())) {
            return;
        }
        Finding found = diagnoser.look(a);
        DiagnosedAttempt d = incidents.add(a, found.diagnosis(), found.past());
        for (Sink s : sinks) {
            s.attempt(d);
        }
        for (Finding.Revised r : found.revised()) {
            revise(r.attempt(), r.diagnosis());
        }
    }

    /** A line of another process came after the attempt was handed out. */
    void again(Attempt a) {
        Diagnosis d = diagnoser.again(a);
        if (d != null) {
            revise(a, d);
        }
    }

    private void revise(Attempt a, Diagnosis d) {
        DiagnosedAttempt better = incidents.revise(a, d);
        sinks.forEach(s -> s.revised(better));
    }

    void pause() {
        sinks.forEach(Sink::pause);
    }

    /** Tells of incidents that changed. */
    void changes() {
        incidents.flush();
    }

    void store(boolean last) {
        sinks.forEach(s -> s.store(last));
    }
}
