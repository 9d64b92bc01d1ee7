package saslscope.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import saslscope.attempt.Attempt;
import saslscope.attempt.Outcome;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;

/** Holds an attempt against all causes. */
public final class Diagnoser {
    private final Causes causes;
    private final HostFacts host;
    private final History history;
    private final String platform;

    /**
     * @param history  what earlier attempts said; this class tells it of each attempt
     * @param platform {@code debian}, {@code rhel} or {@code freebsd}: whose remedy to give
     */
    public Diagnoser(Causes causes, HostFacts host, History history, String platform) {
        this.causes = causes;
        this.host = host;
        this.history = history;
        this.platform = platform;
    }

    /** Why it failed; null for a success. To be called for every attempt, in order. */
    public Diagnosis diagnose(Attempt a) {
        if (a.outcome() == Outcome.SUCCESS) {
            history.learn(a);
            return null;
        }
        List<Fact> more = new ArrayList<>(history.about(a));
        more.addAll(host.about(a));
        history.learn(a);
        Facts facts = Facts.of(a, more);
        List<Judged> remaining = new ArrayList<>();
        for (Causes.Judge j : causes.judges()) {
            Judged x = judge(j, facts);
            if (x != null) {
                remaining.add(x);
            }
        }
        boolean proven = remaining.stream().anyMatch(x -> x.standing == Standing.PROVEN);
        if (proven) {
            remaining.removeIf(x -> x.standing != Standing.PROVEN);
        }
        remaining.sort(Comparator.<Judged, Standing>comparing(x -> x.standing).thenComparingInt(x -> x.cause.rank())
            .thenComparing(x -> x.cause.code()));
        return conclude(remaining);
    }

    /** Tells what happened to a service: what fails from then on may have to do with it. */
    public void changed(AuthEvent.ServiceChanged e) {
        history.changed(e);
    }

    private record Judged(Cause cause, Standing standing, List<String> evidence) {
        Candidate candidate() {
            return new Candidate(cause.code(), standing, evidence, cause.hand());
        }
    }

    private static Judged judge(Causes.Judge j, Facts facts) {
        List<Origin> rests = new ArrayList<>(2);
        for (Rule r : j.excludes()) {
            if (facts.hold(r.when(), rests)) {
                return null;
            }
        }
        List<String> evidence = new ArrayList<>(2);
        Standing standing = null;
        if (collect(j.proves(), facts, evidence)) {
            standing = Standing.PROVEN;
        }
        if (collect(j.suggests(), facts, evidence) && standing == null) {
            standing = Standing.SUPPORTED;
        }
        if (standing == null && collect(j.allows(), facts, evidence)) {
            standing = Standing.POSSIBLE;
        }
        return standing == null ? null : new Judged(j.cause(), standing, List.copyOf(evidence));
    }

    private static boolean collect(List<Rule> rules, Facts facts, List<String> evidence) {
        boolean any = false;
        for (Rule r : rules) {
            List<Origin> rests = new ArrayList<>(2);
            if (facts.hold(r.when(), rests)) {
                any = true;
                evidence.add(rests.isEmpty() ? r.because() : r.because() + " (" + place(rests.getLast()) + ")");
            }
        }
        return any;
    }

    /** {@code maillog:60}: file name and line number. */
    static String place(Origin o) {
        String path = o.file().path();
        return path.substring(path.lastIndexOf('/') + 1) + ":" + o.number();
    }

    private Diagnosis conclude(List<Judged> remaining) {
        if (remaining.isEmpty()) {
            return new Diagnosis(null, Certainty.UNKNOWN, List.of(), causes.unknownCheck(), null);
        }
        List<Candidate> candidates = remaining.stream().map(Judged::candidate).toList();
        Judged lead = remaining.getFirst();
        Certainty c = certainty(candidates);
        String remedy = lead.cause.remedy(platform);
        if (c == Certainty.AMBIGUOUS) {
            remedy = "If it is " + lead.cause.code() + ": " + remedy;
        }
        return new Diagnosis(lead.cause.code(), c, candidates, c == Certainty.DETERMINED ? null : causes.check(candidates), remedy);
    }

    private static Certainty certainty(List<Candidate> ranked) {
        long first = ranked.stream().filter(x -> x.standing() == ranked.getFirst().standing()).count();
        return switch (ranked.getFirst().standing()) {
            case PROVEN -> first == 1 ? Certainty.DETERMINED : Certainty.LIKELY;
            case SUPPORTED -> first == 1 ? Certainty.LIKELY : Certainty.AMBIGUOUS;
            case POSSIBLE -> first == 1 ? Certainty.LIKELY : Certainty.AMBIGUOUS;
        };
    }
}
