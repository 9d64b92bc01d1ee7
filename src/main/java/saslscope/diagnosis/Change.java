package saslscope.diagnosis;

import java.time.ZoneOffset;
import java.util.Locale;
import saslscope.attempt.Attempt;
import saslscope.attempt.Service;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;

/**
 * Something happened to a service.
 *
 * @param service {@code postfix}, {@code saslauthd}, {@code dovecot}, {@code cyrus-imapd}
 * @param what    {@code started}, {@code stopped}, {@code reloaded} or {@code throttled}
 * @param micros  when
 * @param place   {@code maillog:60}
 */
public record Change(String service, String what, long micros, String place) {
    /** What a daemon says of itself, brought to these few words; its own word if it is none of them. */
    static Change of(AuthEvent.ServiceChanged e) {
        String said = e.action() == null ? "started" : e.action().toLowerCase(Locale.ROOT);
        return of(e.origin(), switch (said) {
            case "started", "starting", "listening" -> "started";
            case "reload", "reloaded", "refreshing" -> "reloaded";
            case "terminating", "stopping", "stopped", "exited", "killed", "aborting" -> "stopped";
            default -> said;
        });
    }

    /** A fault of the set-up: master waits before it starts that service again. */
    static Change of(Attempt setup) {
        return of(setup.origin(), "throttled");
    }

    private static Change of(Origin o, String what) {
        return new Change(Service.type(o), what, o.micros(), Diagnoser.place(o));
    }

    /** The value of the fact {@code history.change}. */
    String value() {
        return service + "-" + what;
    }

    /** {@code saslauthd started at 11:03:58 (maillog:60)}. */
    public String text(ZoneOffset offset) {
        return text(offset, Long.MIN_VALUE);
    }

    /** Same, with the date if it is not that of another moment. */
    public String text(ZoneOffset offset, long beside) {
        String how = what.equals("reloaded") || what.equals("throttled") ? " was " : " ";
        return service + how + what + " at " + Moments.text(micros, offset, beside) + " (" + place + ")";
    }
}
