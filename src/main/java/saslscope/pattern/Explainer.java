package saslscope.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what the patterns of a program make of a message: which one matched, or how far the nearest ones got. */
final class Explainer {
    private static final int NEAREST = 3;

    private Explainer() {
    }

    static Explanation explain(Programs.Program program, byte[] message) {
        Run run = new Run(message, 0, message.length);
        Pattern hit = program.events().find(run, new Stopped());
        if (hit != null) {
            Captured captured = Captured.of(run, hit);
            return new Explanation(captured.text(), Optional.of(new Explanation.Matched(hit.info(), captured.fields())),
                List.of(), true);
        }
        Spans hidden = Redactor.find(message, 0, message.length);
        String text = hidden.render(message, 0, message.length);
        boolean about = program.about(new Run(message, 0, message.length));
        return new Explanation(text, Optional.empty(), nearest(program.all(), message, hidden), about);
    }

    private static List<Explanation.Near> nearest(List<Pattern> patterns, byte[] message, Spans hidden) {
        List<Reach> all = new ArrayList<>();
        for (Pattern p : patterns) {
            Reach reach = reach(p, message);
            if (reach.bytes > 0) {
                all.add(reach);
            }
        }
        all.sort(Comparator.comparingInt((Reach r) -> r.bytes).reversed());
        return all.stream().limit(NEAREST).map(r -> new Explanation.Near(r.pattern.info(),
            hidden.render(message, 0, r.bytes).length(), r.wanted)).toList();
    }

    /** How far a pattern that does not match gets. */
    static Reach reach(Pattern pattern, byte[] message) {
        if (pattern.matcher() instanceof RegexMatcher regex) {
            return new Reach(pattern, regex.reach(message, 0, message.length), "");
        }
        Run run = new Run(message, 0, message.length);
        pattern.find(run);
        String wanted = run.wanted == null ? "" : JavaRegex.show(run.wanted.shows());
        return new Reach(pattern, Math.max(0, run.furthest), wanted);
    }

    /**
     * @param pattern the pattern
     * @param bytes   bytes of the message that it could take
     * @param wanted  what it wanted next, as an expression; may be empty
     */
    record Reach(Pattern pattern, int bytes, String wanted) {
    }
}
