package saslscope.pattern;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Writes patterns for messages that no pattern knows. Which parts of a message vary is found from the messages; which event it is, a person
 * must say, so each gets {@code trace}, which has no weight.
 *
 * <p>Keeps at most {@value #MOST} kinds of messages with {@value Template#SAMPLES} samples each, some 20 MB.
 */
public final class Suggestions {
    private static final int MOST = 1_000;
    /** Characters of a message that are looked at. */
    private static final int LONGEST = 2_000;
    private static final int SHOWN = 3;
    private static final int SHORTEST_LITERAL = 4;
    private static final java.util.regex.Pattern TAG = java.util.regex.Pattern.compile("[0-9A-Za-z_.+/-]{1,60}");
    private static final java.util.regex.Pattern BLOCK = java.util.regex.Pattern.compile("%\\{(CLIENT|PEER_ADDRESS)}");
    private static final Map<String, String> BLOCKS = Map.of("PEER_ADDRESS", "[0-9A-Za-z:.%/_-]+",
        "CLIENT", "[0-9A-Za-z._-]+\\[[0-9A-Za-z:.%/_-]+\\](?::[0-9]+)?");

    private final PatternSet known;
    private final TemplateTree tree;
    private long odd;

    /** @param known the patterns that there are: a suggestion must not match their samples, nor have their names */
    public Suggestions(PatternSet known) {
        this(known, MOST);
    }

    Suggestions(PatternSet known, int most) {
        this.known = known;
        this.tree = new TemplateTree(most);
    }

    /** Takes a message. */
    public void add(Recognition.Unrecognised message) {
        String tag = message.record().tag();
        if (TAG.matcher(tag).matches()) {
            String text = message.text();
            tree.add(tag, harmless(text.length() > LONGEST ? text.substring(0, LONGEST) : text));
        } else {
            odd++;
        }
    }

    /** What a terminal or an editor would act on is shown as U+FFFD; the expression takes either. */
    private static String harmless(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean shown = type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE && type != Character.UNASSIGNED
                && type != Character.PRIVATE_USE && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
            out.appendCodePoint(shown ? c : 0xFFFD);
        });
        return out.toString();
    }

    /** A pattern with the samples that are its own. */
    private static final class Suggested {
        private final Template template;
        private final java.util.regex.Pattern regex;
        private final List<String> samples;

        Suggested(Template template) {
            this.template = template;
            this.regex = regex(template.grok());
            this.samples = new ArrayList<>(template.samples);
        }

        boolean matches(String message) {
            return regex.matcher(message).matches();
        }
    }

    /** The text of a pattern file, the most frequent messages first; empty if there is nothing to suggest. */
    public String text() {
        List<Suggested> accepted = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Template t : tree.templates()) {
            if (!accept(t, accepted)) {
                // Too general beside others: each message for itself, with what must vary by its looks.
                for (String sample : t.samples) {
                    Template alone = new Template(Piece.of(sample), sample, t.tags, 1);
                    if (!accept(alone, accepted)) {
                        left.add(sample);
                    }
                }
            }
        }
        if (accepted.isEmpty() && left.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("# Suggested by saslscope patterns unmatched --suggest. Look up each message in its program's source, then\n"
            + "# give it a name, its event and its source: see patterns/README.md. Variable parts are guessed from the lines.\n");
        Set<String> names = new HashSet<>();
        known.patterns().forEach(p -> names.add(p.name()));
        accepted.sort((a, b) -> Long.compare(b.template.count, a.template.count));
        accepted.forEach(s -> write(s, name(s.template, names), out));
        left.forEach(sample -> out.append("\n# Too little fixed text for a pattern: ").append(SampleCheck.quote(sample)).append('\n'));
        if (tree.others() + odd > 0) {
            out.append("\n# Not looked at, there were too many kinds: ").append(tree.others() + odd).append(" lines\n");
        }
        return out.toString();
    }

    /** Adds it unless it is in the way of another pattern; what others cover already needs no pattern of its own. */
    private boolean accept(Template t, List<Suggested> accepted) {
        Suggested s = new Suggested(t);
        if (t.fixed() < SHORTEST_LITERAL || known(s)) {
            return false;
        }
        List<Suggested> rivals = accepted.stream().filter(a -> sameProgram(a.template.tags, t.tags)).toList();
        s.samples.removeIf(m -> rivals.stream().anyMatch(a -> a.matches(m)));
        if (s.samples.isEmpty()) {
            return true;
        }
        List<Suggested> covered = rivals.stream().filter(a -> a.samples.stream().anyMatch(s::matches)).toList();
        if (!covered.stream().allMatch(a -> a.samples.stream().allMatch(s::matches))) {
            return false;
        }
        if (s.samples.size() < t.samples.size() && !covered.isEmpty()) {
            return false;
        }
        covered.forEach(a -> t.count += a.template.count);
        covered.forEach(a -> t.tags.addAll(a.template.tags));
        accepted.removeAll(covered);
        accepted.add(s);
        return true;
    }

    /** Whether it matches a sample of a pattern that there is. */
    private boolean known(Suggested s) {
        for (Pattern p : known.running()) {
            if (p.definition().event().isPresent() && p.definition().samples().stream().anyMatch(x -> s.matches(x.message().value()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameProgram(Set<String> a, Set<String> b) {
        Set<String> globs = new HashSet<>(programs(a));
        return programs(b).stream().anyMatch(globs::contains) || overlap(a, b) || overlap(b, a);
    }

    private static boolean overlap(Set<String> tags, Set<String> others) {
        return programs(tags).stream().anyMatch(g -> others.stream().anyMatch(new Glob(g)::matches));
    }

    /** {@code postfix/submission/smtpd} stands for every smtpd. */
    private static Set<String> programs(Collection<String> tags) {
        Set<String> globs = new LinkedHashSet<>();
        for (String tag : tags) {
            int slash = tag.lastIndexOf('/');
            globs.add(slash >= 0 && slash + 1 < tag.length() ? "*" + tag.substring(slash) : tag);
        }
        return globs;
    }

    private static String name(Template t, Set<String> taken) {
        String tag = t.tags.iterator().next();
        StringBuilder name = new StringBuilder(tag.substring(tag.lastIndexOf('/') + 1));
        t.words().stream().filter(w -> !Set.of("warning", "error", "fatal", "info").contains(w.toLowerCase(Locale.ROOT))).limit(5)
            .forEach(w -> name.append('_').append(w));
        String base = name.toString().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_").replaceAll("^_+|_+$", "");
        if (base.isEmpty() || Character.isDigit(base.charAt(0))) {
            base = "MESSAGE_" + base;
        }
        base = base.substring(0, Math.min(60, base.length()));
        String free = base;
        for (int i = 2; !taken.add(free); i++) {
            free = base + "_" + i;
        }
        return free;
    }

    private static void write(Suggested s, String name, StringBuilder out) {
        long count = s.template.count;
        out.append("\n# ").append(count).append(count == 1 ? " line\n" : " lines\n");
        out.append(name).append("  ").append(s.template.grok()).append('\n');
        out.append("  program  ").append(String.join(" ", programs(s.template.tags))).append('\n');
        out.append("  event    trace\n  from     seen in a log, not in the source\n");
        for (String sample : s.samples.subList(0, Math.min(SHOWN, s.samples.size()))) {
            out.append("  sample   ").append(SampleCheck.quote(sample)).append('\n');
            s.template.fields(sample).forEach((field, value) -> out.append("    ").append(field).append(' ').append(SampleCheck.quote(value)).append('\n'));
        }
    }

    private static java.util.regex.Pattern regex(String grok) {
        return java.util.regex.Pattern.compile(BLOCK.matcher(grok).replaceAll(m -> Matcher.quoteReplacement(BLOCKS.get(m.group(1)))),
            java.util.regex.Pattern.DOTALL);
    }
}
