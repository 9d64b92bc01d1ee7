package saslscope.diagnosis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import saslscope.attempt.Attempt;
import saslscope.attempt.Outcome;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;

/** Holds an attempt against all causes. */
public final class Diagnoser {
    private static final int REMEMBERED = 500;
    private static final int LONGEST_KEY = 4_000;

    private final Causes causes;
    private final HostFacts host;
    private final History history;
    private final String platform;
    /** Most attempts are like others: what the rules say of them need not be worked out again. */
    private final Map<String, Verdict> judged = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verdict> eldest) {
            return size() > REMEMBERED;
        }
    };

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
        String key = facts.key(causes.fields());
        Verdict verdict = judged.get(key);
        if (verdict == null) {
            verdict = conclude(judge(facts), facts);
            if (key.length() <= LONGEST_KEY) {
                judged.put(key, verdict);
            }
        }
        List<Candidate> candidates = new ArrayList<>(verdict.remaining.size());
        for (Judged x : verdict.remaining) {
            candidates.add(x.candidate(facts));
        }
        return new Diagnosis(candidates.isEmpty() ? null : candidates.getFirst().cause(), verdict.certainty,
            Collections.unmodifiableList(candidates), verdict.check, verdict.remedy);
    }

    /** A diagnosis without the lines that it rests on. */
    private record Verdict(List<Judged> remaining, Certainty certainty, String check, String remedy) {
    }

    private List<Judged> judge(Facts facts) {
        List<Judged> remaining = new ArrayList<>();
        for (Causes.Judge j : causes.judges()) {
            Judged x = judge(j, facts);
            if (x != null) {
                remaining.add(x);
            }
        }
        if (remaining.stream().anyMatch(x -> x.standing == Standing.PROVEN)) {
            remaining.removeIf(x -> x.standing != Standing.PROVEN);
        }
        remaining.sort(Comparator.<Judged, Standing>comparing(x -> x.standing).thenComparing(x -> !x.leans)
            .thenComparingInt(x -> x.cause.rank()).thenComparing(x -> x.cause.code()));
        return List.copyOf(remaining);
    }

    /** Tells what happened to a service: what fails from then on may have to do with it. */
    public void changed(AuthEvent.ServiceChanged e) {
        history.changed(e);
    }

    /** @param place of the line it rests on; -1 for none */
    private record Told(String because, int place) {
    }

    /** @param leans whether the circumstances make it more common than its rank says */
    private record Judged(Cause cause, Standing standing, boolean leans, List<Told> told) {
        Candidate candidate(Facts facts) {
            List<String> evidence = new ArrayList<>(told.size());
            for (Told t : told) {
                evidence.add(t.place < 0 ? t.because : t.because + " (" + Diagnoser.place(facts.at(t.place)) + ")");
            }
            return new Candidate(cause.code(), standing, Collections.unmodifiableList(evidence), cause.hand());
        }
    }

    private static Judged judge(Causes.Judge j, Facts facts) {
        List<Origin> rests = new ArrayList<>(2);
        for (Rule r : j.excludes()) {
            if (facts.hold(r.when(), rests)) {
                return null;
            }
        }
        List<Told> told = new ArrayList<>(2);
        Standing standing = null;
        if (collect(j.proves(), facts, told)) {
            standing = Standing.PROVEN;
        }
        if (collect(j.suggests(), facts, told) && standing == null) {
            standing = Standing.SUPPORTED;
        }
        if (standing == null && collect(j.allows(), facts, told)) {
            standing = Standing.POSSIBLE;
        }
        if (standing == null) {
            return null;
        }
        boolean leans = collect(j.leans(), facts, told);
        return new Judged(j.cause(), standing, leans, List.copyOf(told));
    }

    private static boolean collect(List<Rule> rules, Facts facts, List<Told> told) {
        boolean any = false;
        List<Origin> rests = new ArrayList<>(2);
        for (Rule r : rules) {
            rests.clear();
            if (facts.hold(r.when(), rests)) {
                any = true;
                told.add(new Told(r.because(), rests.isEmpty() ? -1 : facts.place(rests.getLast())));
            }
        }
        return any;
    }

    /** {@code maillog:60}: file name and line number. */
    static String place(Origin o) {
        String path = o.file().path();
        return path.substring(path.lastIndexOf('/') + 1) + ":" + o.number();
    }

    private Verdict conclude(List<Judged> remaining, Facts facts) {
        if (remaining.isEmpty()) {
            return new Verdict(remaining, Certainty.UNKNOWN, causes.unknownCheck(), null);
        }
        List<Candidate> candidates = remaining.stream().map(x -> x.candidate(facts)).toList();
        Judged lead = remaining.getFirst();
        Certainty c = certainty(candidates);
        String remedy = lead.cause.remedy(platform);
        if (c == Certainty.AMBIGUOUS) {
            remedy = "If it is " + lead.cause.code() + ": " + remedy;
        }
        return new Verdict(remaining, c, c == Certainty.DETERMINED ? null : causes.check(candidates), remedy);
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
