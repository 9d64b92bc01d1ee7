package saslscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import saslscope.definition.DefinitionException;
import saslscope.definition.Excerpt;
import saslscope.definition.Nearest;
import saslscope.diagnosis.Cause;
import saslscope.flow.Fields;
import saslscope.glossary.Glossary;
import saslscope.glossary.Word;
import saslscope.incident.DiagnosedAttempt;
import saslscope.live.Paragraphs;
import saslscope.pattern.Explanation;
import saslscope.pattern.PatternInfo;
import saslscope.pattern.Redactor;
import saslscope.source.Line;
import saslscope.source.LogFile;
import saslscope.syslog.SyslogParser;
import saslscope.syslog.SyslogRecord;

/** Tells what a cause means, or what is made of a line. */
final class Explaining {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_LINES = 200;
    private static final int MOST_WORDS = 2;
    private static final int MOST_NEAR = 4;
    private static final Pattern HEX = Pattern.compile("\\\\x([0-9a-fA-F]{2})");

    private final Session session;
    private final Paragraphs text;
    /** Patterns whose remark was shown. */
    private final Set<String> noted = new HashSet<>();

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
            typed = new String(bytes, StandardCharsets.UTF_8);
        }
        Optional<Cause> cause = definitions.causes().get(typed.strip());
        if (cause.isPresent()) {
            cause(definitions, cause.get());
            return Exit.DONE;
        }
        Glossary glossary = Glossary.load(session.plan().definitions(),
            definitions.causes().all().stream().map(Cause::code).collect(Collectors.toSet()));
        boolean word = !typed.strip().contains(" ") && !typed.isBlank();
        if (words(definitions, glossary, typed, word)) {
            return Exit.DONE;
        }
        return word ? nothing(definitions, glossary, typed.strip()) : lines(definitions, glossary, typed);
    }

    /** A word, a reply or a piece of base64; false if the text is none. */
    private boolean words(Definitions definitions, Glossary glossary, String typed, boolean word) {
        List<String> lines = typed.strip().lines().toList();
        if (!word && lines.stream().anyMatch(l -> known(definitions, l) || lines.size() > 1 && header(l))) {
            return false;
        }
        List<Word> found = glossary.find(typed);
        Optional<String> encoded = lines.size() > 1 ? Optional.empty() : Encoded.explain(typed);
        if (found.isEmpty() && (encoded.isEmpty() || !word && header(typed))) {
            return false;
        }
        say(text.field("Text", lines.stream().map(l -> Redactor.redact(encoded.isPresent() && found.isEmpty() ? hidden(l) : l)).toList()));
        say(text.field("Encoded", encoded.filter(e -> found.isEmpty() || !word).stream().toList()));
        found.stream().limit(MOST_WORDS).forEach(w -> word(definitions, w));
        return true;
    }

    private static String hidden(String typed) {
        return typed.replaceAll("[0-9A-Za-z+/]{8,}={0,2}", Redactor.MASK);
    }

    private void word(Definitions definitions, Word word) {
        say(text.field("Said by", List.of(word.by())));
        say(text.field("Meaning", List.of(word.means())));
        say(text.field("Causes", word.causes().stream().map(c -> c + ": " + definitions.title(c)).toList()));
        say(text.field("To do", word.advice().isEmpty() ? List.of() : List.of(word.advice())));
    }

    private int nothing(Definitions definitions, Glossary glossary, String typed) {
        Set<String> names = new TreeSet<>(glossary.names());
        definitions.causes().all().forEach(c -> names.add(c.code()));
        String near = Nearest.to(typed, names);
        // Of 'chroot-problem' one part is a word of causes.
        List<String> parts = Stream.of(typed.toLowerCase(Locale.ROOT).split(near.isEmpty() ? "[-_]" : "$")).filter(p -> p.length() > 3).toList();
        List<String> alike = names.stream().filter(n -> !n.equals(near) && parts.stream().anyMatch(n::contains)).limit(MOST_NEAR).toList();
        String offered = Stream.concat(near.isEmpty() ? Stream.of() : Stream.of(near), alike.stream()).collect(Collectors.joining(", "));
        session.note("explain " + Shown.of(typed) + ": neither a cause nor a word that is known; "
            + (offered.isEmpty() ? "a log line or a reply must be quoted as a whole" : "did you mean " + offered + "?"));
        return Exit.NO;
    }

    private boolean known(Definitions definitions, String line) {
        SyslogRecord record = record(parser(), line, 1);
        return definitions.patterns().explain(record == null ? "" : record.tag(), record == null ? line : record.message()).matched().isPresent();
    }

    private boolean header(String line) {
        return record(parser(), line, 1) != null;
    }

    private SyslogParser parser() {
        SyslogParser parser = new SyslogParser(session.plan().zone(), session.plan().year());
        parser.part(() -> session.surroundings().time().millis(), List.of());
        return parser;
    }

    private static SyslogRecord record(SyslogParser parser, String line, int number) {
        return parser.parse(new Line(new LogFile("-", 0), number, number, line.getBytes(StandardCharsets.UTF_8), false));
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
        say(text.field("Doctor", cause.tool() == null ? List.of() : List.of("looks at " + cause.tool())));
        List<String> remedies = new ArrayList<>();
        cause.remedies().forEach((platform, remedy) -> remedies.add(platform + ": " + remedy));
        remedies.sort(null);
        say(text.field("Remedy", remedies));
        say(text.field("Sample", cause.samples().stream().limit(1).flatMap(x -> x.log().lines()).toList()));
        say(text.field("File", List.of(session.place(cause.file()))));
    }

    private static String rule(Cause.RuleText rule) {
        List<String> facts = new ArrayList<>();
        rule.when().forEach((fact, values) -> facts.add(fact + " " + String.join(" or ", values)));
        return rule.because() + " (when " + String.join(", ", facts)
            + (rule.source() == null || rule.source().isEmpty() ? "" : "; see " + rule.source()) + ")";
    }

    private int lines(Definitions definitions, Glossary glossary, String log) throws IOException, DefinitionException {
        List<String> lines = Pasted.lines(log, this::header, l -> known(definitions, l));
        if (lines.isEmpty()) {
            throw new Refusal("explain: there is no line to explain; quote one, or pipe some into 'saslscope explain -'");
        }
        SyslogParser parser = parser();
        boolean known = false;
        List<Explanation.Matched> matched = new ArrayList<>();
        for (int i = 0; i < Math.min(lines.size(), MOST_LINES); i++) {
            if (i > 0) {
                session.say("");
            }
            Optional<Explanation.Matched> m = line(definitions, glossary, parser, lines.get(i), i + 1);
            known |= m.isPresent();
            m.ifPresent(matched::add);
        }
        if (lines.size() > MOST_LINES) {
            session.hint("the first " + MOST_LINES + " of " + lines.size() + " lines are explained; use 'saslscope analyze' for whole logs");
        }
        if (!diagnosis(definitions, String.join("\n", headed(definitions, lines)))) {
            matched.stream().flatMap(m -> nearest(definitions, m).stream()).findFirst().ifPresent(this::pointed);
        }
        return known ? Exit.DONE : Exit.NO;
    }

    private Optional<Explanation.Matched> line(Definitions definitions, Glossary glossary, SyslogParser parser, String raw, int number) {
        SyslogRecord record = record(parser, raw, number);
        String tag = record == null ? "" : record.tag();
        Explanation e = definitions.patterns().explain(tag, record == null ? raw : record.message());
        say(text.field("Line", List.of(e.text())));
        say(text.field("Header", List.of(record == null ? "none that can be read; taken as a bare message"
            : record.time() + (record.host().isEmpty() ? "" : ", host " + record.host()) + ", program " + tag
            + (record.pid() < 0 ? "" : ", process " + record.pid()) + (record.repeat() > 1 ? ", logged " + record.repeat() + " times" : ""))));
        e.matched().ifPresentOrElse(m -> matched(definitions, m), () -> {
            List<Word> words = glossary.find(raw);
            words.stream().limit(1).forEach(w -> word(definitions, w));
            if (words.isEmpty()) {
                unmatched(e);
            }
        });
        return e.matched();
    }

    /** Bare messages get a header, all of one process, so that they make one attempt. */
    private List<String> headed(Definitions definitions, List<String> lines) {
        if (lines.stream().anyMatch(this::header)) {
            return lines;
        }
        String now = Fields.time(session.surroundings().time().instant().atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
        return lines.stream().map(l -> now + " host " + definitions.patterns().explain("", l).matched().map(m -> tag(m.pattern())).orElse("postfix/smtpd")
            + "[1]: " + l).toList();
    }

    private static String tag(PatternInfo pattern) {
        return pattern.programs().stream().filter(p -> p.matches("[a-z/-]+")).findFirst().orElse("postfix/smtpd");
    }

    private void matched(Definitions definitions, Explanation.Matched m) {
        PatternInfo pattern = m.pattern();
        say(text.field("Pattern", List.of(pattern.name() + " (" + place(pattern) + ")")));
        say(text.field("From", pattern.from().isEmpty() ? List.of() : List.of(pattern.from())));
        boolean fresh = !pattern.because().isEmpty() && noted.add(pattern.name());
        say(text.field("Note", fresh ? List.of(pattern.because()) : List.of()));
        say(text.field("Event", List.of(pattern.event().map(e -> e.text()).orElse("none"))));
        List<String> fields = new ArrayList<>();
        m.fields().forEach((name, value) -> fields.add(name + ": " + value));
        say(text.field("Fields", fields));
        for (Map.Entry<String, String> effect : List.of(Map.entry("proves", "Proves"), Map.entry("suggests", "Suggests"),
            Map.entry("allows", "Allows"), Map.entry("excludes", "Excludes"))) {
            List<String> causes = new ArrayList<>();
            for (Cause cause : ranked(definitions)) {
                cause.rules().stream().filter(r -> r.effect().equals(effect.getKey()) && applies(r, m))
                    .forEach(r -> causes.add(cause.code() + ": " + r.because() + besides(r, m)));
            }
            say(text.field(effect.getValue(), causes));
        }
    }

    private static List<Cause> ranked(Definitions definitions) {
        return definitions.causes().all().stream().sorted(Comparator.comparingInt(Cause::rank)).toList();
    }

    /** The cause that a line points at most, if it points at any. */
    private static Optional<Cause> nearest(Definitions definitions, Explanation.Matched m) {
        return Stream.of("proves", "suggests", "allows").flatMap(effect -> ranked(definitions).stream()
            .filter(c -> c.rules().stream().anyMatch(r -> r.effect().equals(effect) && applies(r, m)))).findFirst();
    }

    /** Whether a rule speaks of this line: its pattern, and its fields where the rule names any. */
    private static boolean applies(Cause.RuleText rule, Explanation.Matched m) {
        return rule.when().getOrDefault("line", List.of()).contains(m.pattern().name())
            && rule.when().keySet().stream().noneMatch(f -> f.startsWith("host.") || f.startsWith("history.") || f.startsWith("later."))
            && rule.when().entrySet().stream().allMatch(e -> !m.fields().containsKey(e.getKey())
            || e.getValue().contains("*") || e.getValue().contains(m.fields().get(e.getKey())));
    }

    /** What else must be so, that this line does not tell. */
    private static String besides(Cause.RuleText rule, Explanation.Matched m) {
        String more = rule.when().entrySet().stream().filter(e -> !e.getKey().equals("line") && !m.fields().containsKey(e.getKey()))
            .map(e -> e.getKey() + " " + String.join(" or ", e.getValue())).collect(Collectors.joining(", "));
        return more.isEmpty() ? "" : " (if " + more + ")";
    }

    private void unmatched(Explanation e) {
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

    /** Lines that hold no failed login of their own, such as a verifier's complaint, still point somewhere. */
    private void pointed(Cause cause) {
        session.say("");
        say(text.heading("Diagnosis", "these lines alone hold no failed login; they point at " + cause.code()));
        say(text.field("Cause", List.of(cause.code() + ": " + cause.title())));
        say(text.field("Check", List.of(cause.hand())));
        say(text.field("Remedy", List.of(cause.remedy(session.surroundings().platform()))));
    }

    private boolean diagnosis(Definitions definitions, String log) throws IOException, DefinitionException {
        List<DiagnosedAttempt> failures = Excerpts.failures(session, definitions, log.endsWith("\n") ? log : log + "\n");
        if (failures.isEmpty()) {
            return false;
        }
        session.say("");
        say(DiagnosisText.lines(text, definitions, failures.getLast()));
        return true;
    }

    private void say(List<String> lines) {
        lines.forEach(session::say);
    }
}
