package saslscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import saslscope.definition.DefinitionException;
import saslscope.definition.Excerpt;
import saslscope.definition.Nearest;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Cause;
import saslscope.diagnosis.Diagnosis;
import saslscope.incident.DiagnosedAttempt;
import saslscope.live.Paragraphs;
import saslscope.pattern.Explanation;
import saslscope.pattern.PatternInfo;
import saslscope.source.Line;
import saslscope.source.LogFile;
import saslscope.syslog.SyslogParser;
import saslscope.syslog.SyslogRecord;

/** Tells what a cause means, or what is made of a line. */
final class Explaining {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_LINES = 200;
    private static final Pattern HEX = Pattern.compile("\\\\x([0-9a-fA-F]{2})");

    private final Session session;
    private final Paragraphs text;

    Explaining(Session session) {
        this.session = session;
        this.text = new Paragraphs(session.plan().look());
    }

    int run(List<String> words) throws DefinitionException, IOException {
        if (words.isEmpty()) {
            throw new Refusal("explain: of what? name a cause, quote a log line, or - for lines from standard input");
        }
        Definitions definitions = session.definitions();
        String typed = String.join(" ", words);
        if (typed.equals("-")) {
            byte[] bytes = session.surroundings().in().readNBytes(MOST_BYTES);
            return lines(definitions, new String(bytes, StandardCharsets.UTF_8));
        }
        Optional<Cause> cause = definitions.causes().get(typed);
        if (cause.isPresent()) {
            cause(definitions, cause.get());
            return Exit.DONE;
        }
        if (!typed.contains(" ")) {
            String near = Nearest.to(typed, definitions.causes().all().stream().map(Cause::code).toList());
            throw new Refusal("explain " + Shown.of(typed) + ": no such cause; "
                + (near.isEmpty() ? "a log line must be quoted as a whole" : "did you mean " + near + "?"));
        }
        return lines(definitions, typed);
    }

    private void cause(Definitions definitions, Cause cause) {
        say(text.heading(cause.code(), cause.title()));
        say(text.field("Meaning", List.of(cause.summary())));
        say(text.field("Kind", List.of(cause.kind())));
        for (String effect : List.of("proves", "suggests", "allows", "leans", "doubts", "excludes")) {
            List<String> rules = cause.rules().stream().filter(r -> r.effect().equals(effect)).map(Explaining::rule).toList();
            say(text.field(switch (effect) {
                case "proves" -> "Proof";
                case "suggests" -> "Hint";
                case "allows" -> "Possible";
                case "leans" -> "Common when";
                case "doubts" -> "Doubtful when";
                default -> "Excluded";
            }, rules));
        }
        say(text.field("Rivals", cause.confusedWith().stream().map(c -> c + ": " + definitions.title(c)).toList()));
        say(text.field("Check", List.of(cause.hand())));
        List<String> remedies = new ArrayList<>();
        cause.remedies().forEach((platform, remedy) -> remedies.add(platform + ": " + remedy));
        remedies.sort(null);
        say(text.field("Remedy", remedies));
        say(text.field("File", List.of(session.place(cause.file()))));
    }

    private static String rule(Cause.RuleText rule) {
        List<String> facts = new ArrayList<>();
        rule.when().forEach((fact, values) -> facts.add(fact + " " + String.join(" or ", values)));
        return rule.because() + " (when " + String.join(", ", facts)
            + (rule.source() == null || rule.source().isEmpty() ? "" : "; see " + rule.source()) + ")";
    }

    private int lines(Definitions definitions, String log) throws IOException, DefinitionException {
        List<String> lines = log.lines().filter(l -> !l.isBlank()).toList();
        if (lines.isEmpty()) {
            throw new Refusal("explain: there is no line to explain; quote one, or pipe some into 'saslscope explain -'");
        }
        SyslogParser parser = new SyslogParser(session.plan().zone(), session.plan().year());
        parser.part(() -> session.surroundings().time().millis(), List.of());
        boolean known = false;
        for (int i = 0; i < Math.min(lines.size(), MOST_LINES); i++) {
            if (i > 0) {
                session.say("");
            }
            known |= line(definitions, parser, lines.get(i), i + 1);
        }
        if (lines.size() > MOST_LINES) {
            session.hint("the first " + MOST_LINES + " of " + lines.size() + " lines are explained; use 'saslscope analyze' for whole logs");
        }
        diagnosis(definitions, log);
        return known ? Exit.DONE : Exit.NO;
    }

    private boolean line(Definitions definitions, SyslogParser parser, String raw, int number) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        SyslogRecord record = parser.parse(new Line(new LogFile("-", 0), number, number, bytes, false));
        String tag = record == null ? "" : record.tag();
        Explanation e = definitions.patterns().explain(tag, record == null ? raw : record.message());
        say(text.field("Line", List.of(e.text())));
        say(text.field("Header", List.of(record == null ? "none that can be read; taken as a bare message"
            : record.time() + (record.host().isEmpty() ? "" : ", host " + record.host()) + ", program " + tag
            + (record.pid() < 0 ? "" : ", process " + record.pid()) + (record.repeat() > 1 ? ", logged " + record.repeat() + " times" : ""))));
        e.matched().ifPresentOrElse(m -> matched(definitions, m), () -> unmatched(e, tag));
        return e.matched().isPresent();
    }

    private void matched(Definitions definitions, Explanation.Matched m) {
        PatternInfo pattern = m.pattern();
        say(text.field("Pattern", List.of(pattern.name() + " (" + place(pattern) + ")")));
        say(text.field("From", pattern.from().isEmpty() ? List.of() : List.of(pattern.from())));
        say(text.field("Event", List.of(pattern.event().map(e -> e.text()).orElse("none"))));
        List<String> fields = new ArrayList<>();
        m.fields().forEach((name, value) -> fields.add(name + ": " + value));
        say(text.field("Fields", fields));
        for (Map.Entry<String, String> effect : List.of(Map.entry("proves", "Proves"), Map.entry("suggests", "Suggests"),
            Map.entry("excludes", "Excludes"))) {
            List<String> causes = new ArrayList<>();
            for (Cause cause : definitions.causes().all()) {
                cause.rules().stream().filter(r -> r.effect().equals(effect.getKey()) && applies(r, m))
                    .forEach(r -> causes.add(cause.code() + ": " + r.because()));
            }
            say(text.field(effect.getValue(), causes));
        }
    }

    /** Whether a rule speaks of this line: its pattern, and its fields where the rule names any. */
    private static boolean applies(Cause.RuleText rule, Explanation.Matched m) {
        return rule.when().getOrDefault("line", List.of()).contains(m.pattern().name())
            && rule.when().entrySet().stream().allMatch(e -> !m.fields().containsKey(e.getKey())
            || e.getValue().contains(m.fields().get(e.getKey())));
    }

    private void unmatched(Explanation e, String tag) {
        say(text.field("Pattern", List.of(e.about() ? "none, though it is about authentication: 'saslscope patterns unmatched FILE' counts such lines"
            : "none; the line is not about authentication")));
        for (Explanation.Near near : e.nearest()) {
            Excerpt excerpt = Excerpt.of(e.text(), near.stopped(), 1);
            session.say("");
            session.say("  " + near.pattern().name() + " (" + place(near.pattern()) + ") stopped here"
                + (near.wanted().isEmpty() ? "" : ", it wanted '" + Shown.of(plain(near.wanted())) + "'") + ":");
            session.say("    " + excerpt.text());
            session.say("    " + " ".repeat(excerpt.from()) + "^");
        }
    }

    private String place(PatternInfo pattern) {
        return session.place(pattern.at().file()) + ":" + pattern.at().line();
    }

    /** Blanks and signs that a pattern writes as {@code \\x20}. */
    private static String plain(String wanted) {
        return HEX.matcher(wanted).replaceAll(m -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(m.group(1), 16))));
    }

    private void diagnosis(Definitions definitions, String log) throws IOException, DefinitionException {
        List<DiagnosedAttempt> failures = Excerpts.failures(session, definitions, log.endsWith("\n") ? log : log + "\n");
        if (failures.isEmpty()) {
            return;
        }
        Diagnosis d = failures.getLast().diagnosis();
        session.say("");
        String certainty = d.certainty().name().toLowerCase(Locale.ROOT);
        say(text.heading("Diagnosis", certainty + (d.cause() == null || certainty.equals("ambiguous") ? "" : ": " + definitions.title(d.cause()))));
        for (Candidate c : d.candidates()) {
            say(text.field(c.standing().name().charAt(0) + c.standing().name().substring(1).toLowerCase(Locale.ROOT),
                List.of(c.cause() + ": " + definitions.title(c.cause()) + (c.evidence().isEmpty() ? "" : ". " + String.join(" ", c.evidence())))));
        }
        say(text.field("Grounds", failures.getLast().attempt().grounds()));
        say(text.field("Check", d.check() == null ? List.of() : List.of(d.check())));
        say(text.field("Remedy", d.remedy() == null ? List.of() : List.of(d.remedy())));
    }

    private void say(List<String> lines) {
        lines.forEach(session::say);
    }
}
