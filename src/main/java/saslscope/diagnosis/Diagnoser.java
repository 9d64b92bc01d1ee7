package saslscope.diagnosis;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import saslscope.attempt.Attempt;
import saslscope.attempt.Outcome;
import saslscope.bounded.BoundedMap;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;
import saslscope.source.LogFile;

/** Holds an attempt against all causes. */
public final class Diagnoser {

    /** Verdicts. Half a GiB of log, half of its logins failed, has some 12,000; with a quarter of this one failure in 16 was judged anew. */
    private static final int REMEMBERED = 8_000;
    private static final int LONGEST_KEY = 4_000;
    /** Failed attempts of which lines may come late: as many as the joiner keeps. */
    private static final int LATE = 1_000;
    /** A client that failed with so many names, and never worked, is not one whose failures are explained later. */
    private static final int GUESSES = 5;

    private final Causes causes;
    private final HostFacts host;
    private final History history;
    private final String platform;
    private final Hindsight hindsight = new Hindsight();
    /** What history and the host told of the last failed attempts, by their ids. */
    private final Map<String, List<Fact>> told = BoundedMap.byAge(LATE);
    /** Most attempts are like others: what the rules say of them need not be worked out again. */
    private final Map<Likeness, Verdict> judged = BoundedMap.byUse(REMEMBERED);

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
        return look(a).diagnosis();
    }

    /** Same, with what was known before, and what this attempt says about earlier ones. */
    public Finding look(Attempt a) {
        if (a.outcome() == Outcome.SUCCESS) {
            List<Finding.Revised> revised = revise(a);
            return new Finding(null, history.learn(a, true), revised);
        }
        List<Fact> known = new ArrayList<>(history.about(a));
        known.addAll(host.about(a));
        told.put(a.id(), known);
        Diagnosis d = diagnosis(a, known);
        Past past = history.learn(a, !causes.ownFault(d));
        if (past.clientKnown() || past.names() < GUESSES) {
            hindsight.keep(a, known, d);
        }
        return new Finding(d, past, List.of());
    }

    /**
     * Looks again at an attempt that a line came late for. What was known of its user and client stays as it was; how
     * it was counted does too.
     *
     * @return null if it is not among the last ones that failed
     */
    public Diagnosis again(Attempt a) {
        List<Fact> known = told.get(a.id());
        if (known == null) {
            return null;
        }
        Diagnosis d = diagnosis(a, known);
        hindsight.replace(a, d);
        return d;
    }

    private List<Finding.Revised> revise(Attempt success) {
        List<Finding.Revised> revised = new ArrayList<>();
        for (Hindsight.Later l : hindsight.look(success, history)) {
            List<Fact> all = new ArrayList<>(l.open().known());
            all.addAll(l.facts());
            Diagnosis d = diagnosis(l.open().attempt(), all);
            told.computeIfPresent(l.open().attempt().id(), (id, before) -> all);
            if (d.certainty().compareTo(l.open().diagnosis().certainty()) < 0) {
                revised.add(new Finding.Revised(l.open().attempt(), d));
            }
        }
        return revised;
    }

    private Diagnosis diagnosis(Attempt a, List<Fact> known) {
        Facts facts = Facts.of(a, known);
        Likeness key = facts.likeness(causes.fields());
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
        String contradiction = contradiction(verdict, facts);
        return new Diagnosis(candidates.isEmpty() ? null : candidates.getFirst().cause(), verdict.certainty,
            Collections.unmodifiableList(candidates), contradiction == null ? verdict.check : contradiction + " " + verdict.check,
            verdict.remedy);
    }

    /** What does not fit together; null if all does. */
    private static String contradiction(Verdict v, Facts facts) {
        for (Judged x : v.remaining) {
            if (!x.against.isEmpty()) {
                return "The lines contradict each other: " + x.told.getFirst().sentence(facts, new HashSet<>()) + "; yet " + x.against.getFirst().sentence(facts, new HashSet<>()) + ".";
            }
        }
        if (v.remaining.size() > 1 && v.remaining.get(1).standing == Standing.PROVEN) {
            return "The lines show two causes at once: " + v.remaining.getFirst().told.getFirst().sentence(facts, new HashSet<>()) + "; and "
                + v.remaining.get(1).told.getFirst().sentence(facts, new HashSet<>()) + ". Either may have counted.";
        }
        return null;
    }

    /** A diagnosis without the lines that it rests on. */
    private record Verdict(List<Judged> remaining, Certainty certainty, String check, String remedy) {
    }

    private List<Judged> judge(Facts facts) {
        List<Judged> remaining = new ArrayList<>();
        long[] known = facts.known(causes.gate());
        for (Causes.Judge j : causes.judges()) {
            Judged x = judge(j, facts, known);
            if (x != null) {
                remaining.add(x);
            }
        }
        if (remaining.stream().anyMatch(x -> x.standing == Standing.PROVEN)) {
            remaining.removeIf(x -> x.standing != Standing.PROVEN && x.against.isEmpty());
        }
        remaining.sort(Comparator.<Judged, Standing>comparing(x -> x.standing).thenComparing(x -> !x.leans)
            .thenComparingInt(x -> x.cause.rank()).thenComparing(x -> x.cause.code()));
        return List.copyOf(remaining);
    }

    /** Tells what happened to a service: what fails from then on may have to do with it. */
    public void changed(AuthEvent.ServiceChanged e) {
        history.changed(e);
    }

    /**
     * Remembers an attempt that an earlier run saw. To be called before any other attempt, oldest first.
     *
     * @param d why it failed; null for a success
     * @return what was known of its user and client
     */
    public Past remember(Attempt a, Diagnosis d) {
        return history.learn(a, d == null || !causes.ownFault(d));
    }

    /** What happened to a service of that host last, between two moments. */
    public Optional<Change> change(String host, long from, long to) {
        return history.change(host, from, to);
    }

    /**
     * @param lean  it only says which cause is more common
     * @param rests places of what it rests on
     */
    private record Told(String because, boolean lean, List<Integer> rests) {
        /** Whether it adds nothing to what was said. */
        boolean idle(Facts facts, Set<String> said) {
            return lean && !rests.isEmpty() && rests.stream().allMatch(r -> facts.told(r) != null && said.contains(facts.told(r)));
        }

        /** The rule's own words, what history or the host adds to them, and the line. */
        String sentence(Facts facts, Set<String> said) {
            StringBuilder b = new StringBuilder(because);
            String before = ": ";
            Origin line = null;
            for (int place : rests) {
                // Once is enough, however many rules rest on it.
                if (facts.told(place) != null && said.add(facts.told(place))) {
                    b.append(before).append(facts.told(place));
                    before = "; ";
                }
                line = facts.at(place) == null ? line : facts.at(place);
            }
            return line == null ? b.toString() : b.append(" (").append(place(line)).append(')').toString();
        }
    }

    /**
     * @param leans   whether the circumstances make it more common than its rank says
     * @param against what contradicts its proof; then it is proven no longer, but no rival's proof sweeps it away either
     */
    private record Judged(Cause cause, Standing standing, boolean leans, List<Told> told, List<Told> against) {
        Candidate candidate(Facts facts) {
            return new Candidate(cause.code(), standing, new Evidence(this, facts), cause.hand());
        }

        private List<String> sentences(Facts facts) {
            List<String> evidence = new ArrayList<>(told.size());
            Set<String> said = new HashSet<>();
            told.stream().filter(t -> !t.idle(facts, said)).forEach(t -> evidence.add(t.sentence(facts, said)));
            against.forEach(t -> evidence.add("but " + t.sentence(facts, said)));
            return List.copyOf(evidence);
        }
    }

    /** Sentences that are made when somebody looks at them: of most attempts nobody wants to know the evidence. For one thread. */
    private static final class Evidence extends AbstractList<String> {
        private final Judged judged;
        private Facts facts;
        private List<String> made;

        Evidence(Judged judged, Facts facts) {
            this.judged = judged;
            this.facts = facts;
        }

        private List<String> made() {
            if (made == null) {
                made = judged.sentences(facts);
                facts = null;
            }
            return made;
        }

        @Override
        public String get(int index) {
            return made().get(index);
        }

        @Override
        public int size() {
            return made().size();
        }
    }

    private static Judged judge(Causes.Judge j, Facts facts, long[] known) {
        List<Told> told = new ArrayList<>(2);
        boolean proven = collect(j.proves(), facts, known, false, told);
        Standing standing = proven ? Standing.PROVEN : null;
        if (collect(j.suggests(), facts, known, false, told) && standing == null) {
            standing = Standing.SUPPORTED;
        }
        if (standing == null && collect(j.allows(), facts, known, false, told)) {
            standing = Standing.POSSIBLE;
        }
        if (standing == null) {
            return null;
        }
        List<Told> against = new ArrayList<>(1);
        if (collect(j.excludes(), facts, known, false, against) && !proven) {
            return null;
        }
        collect(j.doubts(), facts, known, false, against);
        if (proven && !against.isEmpty()) {
            standing = Standing.SUPPORTED;
        }
        boolean leans = collect(j.leans(), facts, known, true, told);
        return new Judged(j.cause(), standing, leans, List.copyOf(told), List.copyOf(against));
    }

    private static boolean collect(List<Rule> rules, Facts facts, long[] known, boolean lean, List<Told> told) {
        boolean any = false;
        List<Integer> rests = new ArrayList<>(2);
        for (Rule r : rules) {
            rests.clear();
            if (Gate.open(r.needs(), known) && facts.hold(r.when(), rests)) {
                any = true;
                told.add(new Told(r.because(), lean, List.copyOf(rests)));
            }
        }
        return any;
    }

    /** {@code maillog:60}: file name and line number, which is 0 if it is not known; then the name alone. */
    static String place(Origin o) {
        return place(o.file(), o.number());
    }

    static String place(LogFile file, long number) {
        String path = file.path();
        return path.substring(path.lastIndexOf('/') + 1) + (number > 0 ? ":" + number : "");
    }

    private Verdict conclude(List<Judged> remaining, Facts facts) {
        if (remaining.isEmpty()) {
            return new Verdict(remaining, Certainty.UNKNOWN, causes.unknownCheck(), null);
        }
        List<Candidate> candidates = remaining.stream().map(x -> x.candidate(facts)).toList();
        Judged lead = remaining.getFirst();
        Certainty c = remaining.stream().anyMatch(x -> !x.against.isEmpty()) ? Certainty.AMBIGUOUS : certainty(candidates);
        String remedy = lead.cause.remedy(platform);
        if (c == Certainty.AMBIGUOUS) {
            remedy = "If it is " + lead.cause.code() + ": " + remedy;
        }
        return new Verdict(remaining, c, c == Certainty.DETERMINED ? null : causes.check(candidates, facts), remedy);
    }

    private static Certainty certainty(List<Candidate> ranked) {
        long first = ranked.stream().filter(x -> x.standing() == ranked.getFirst().standing()).count();
        return switch (ranked.getFirst().standing()) {
            case PROVEN -> first == 1 ? Certainty.DETERMINED : Certainty.AMBIGUOUS;
            case SUPPORTED -> first == 1 ? Certainty.LIKELY : Certainty.AMBIGUOUS;
            case POSSIBLE -> first == 1 ? Certainty.LIKELY : Certainty.AMBIGUOUS;
        };
    }
}
