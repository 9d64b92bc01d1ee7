package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import saslscope.definition.DefinitionException;
import saslscope.definition.Problem;
import saslscope.definition.Problems;
import saslscope.syslog.SyslogRecord;

/** The loaded patterns. Immutable; may be used by several threads. */
public final class PatternSet {
    private final Loader loaded;
    private final Programs programs;
    private final Stopped stopped = new Stopped();

    private PatternSet(Loader loaded) {
        this.loaded = loaded;
        this.programs = new Programs(loaded.running());
    }

    /**
     * Loads every {@code *.grok} file of the folders, the built-in folder first. In a later folder a pattern replaces one of the same
     * name. What needs no samples is always checked; with a second folder the samples of all patterns are run too.
     *
     * @throws DefinitionException if a folder or file can't be read or a definition breaks a law; shows all problems
     */
    public static PatternSet load(List<Path> folders) throws DefinitionException {
        Problems problems = new Problems();
        PatternSet set = new PatternSet(Loader.load(folders, problems));
        problems.throwIfFatal();
        if (folders.size() > 1) {
            set.samples(problems);
            problems.throwIfFatal();
        }
        return set;
    }

    /** Whether a message begins as those of its program do that open a session. Cheap, and no promise that it is one. */
    public boolean connects(SyslogRecord record) {
        return begins(programs.of(record.tag()).connects(), record);
    }

    /** Whether a message begins as those of its program do that end a session. Cheap, and no promise that it is one. */
    public boolean disconnects(SyslogRecord record) {
        return begins(programs.of(record.tag()).disconnects(), record);
    }

    private static boolean begins(List<byte[]> beginnings, SyslogRecord r) {
        for (byte[] b : beginnings) {
            int to = r.from() + b.length;
            if (to <= r.to() && Arrays.equals(r.text(), r.from(), to, b, 0, b.length)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What the definitions make of a message. The first pattern that matches decides; the laws see to it that there is only one.
     */
    public Recognition recognise(SyslogRecord record) {
        Programs.Program program = programs.of(record.tag());
        Run run = new Run(record.text(), record.from(), record.to());
        Pattern hit = program.events().find(run, stopped);
        if (hit != null) {
            EventKind kind = hit.definition().event().orElseThrow();
            if (kind == EventKind.IGNORED) {
                return new Recognition.Irrelevant(record);
            }
            Captured captured = Captured.of(run, hit);
            return new Match(record, hit.id(), kind, captured.fields(), captured.text(), captured.said());
        }
        if (program.about(run)) {
            String text = Redactor.find(run.text, run.from, run.to).render(run.text, run.from, run.to);
            return new Recognition.Unrecognised(record, text);
        }
        return new Recognition.Irrelevant(record);
    }

    /**
     * Byte strings such that every line that a pattern with an event (other than {@code ignored}) or a keyword pattern can match contains
     * at least one of them, in its message or in its tag.
     *
     * @return the strings, each at least one byte; empty if some pattern has no literal, so that every line must be looked at
     */
    public List<byte[]> needles() {
        return Needles.choose(loaded.running());
    }

    /** All patterns in the order of definition. */
    public List<PatternInfo> patterns() {
        return loaded.infos();
    }

    /** Every law, with samples: errors and warnings; empty if all is well. */
    public List<Problem> check() {
        Problems problems = new Problems();
        samples(problems);
        loaded.advise(problems);
        return problems.list();
    }

    /**
     * Explains one message.
     *
     * @param tag the syslog tag; empty for any program
     */
    public Explanation explain(String tag, String message) {
        return Explainer.explain(tag.isEmpty() ? programs.any() : programs.of(tag), message.getBytes(StandardCharsets.UTF_8));
    }

    /** The message of a record in pieces. */
    public Anatomy anatomy(SyslogRecord record) {
        return Anatomy.of(programs.of(record.tag()), stopped, record.text(), record.from(), record.to());
    }

    /** A line without a header in pieces. */
    public Anatomy anatomy(byte[] line) {
        return Anatomy.of(Programs.Program.NONE, stopped, line, 0, line.length);
    }

    /** The words that programs write by themselves, in lower case. */
    public Set<String> words() {
        return Vocabulary.of(loaded.running());
    }

    /** The pattern of that name. */
    public Optional<PatternInfo> pattern(String name) {
        return loaded.infos().stream().filter(p -> p.name().equals(name)).findFirst();
    }

    List<Pattern> running() {
        return loaded.running();
    }

    /** How often a pattern was stopped because it ran too long, by name. */
    public Map<String, Long> stopped() {
        return stopped.counts();
    }

    private void samples(Problems problems) {
        SampleCheck check = new SampleCheck(loaded.running(), programs, problems);
        loaded.running().forEach(check::check);
    }
}
