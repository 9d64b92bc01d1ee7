package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import saslscope.syslog.SyslogRecord;

/**
 * The lines of a log, in their order, each in pieces; of a client's answer it tells what may be seen, the names in it. For one thread.
 *
 * <p>That an answer to AUTH LOGIN is the name, only the server's next question tells: until then its line is undecided.
 */
public final class Transcript {
    /** Answers that wait at once; the oldest is given up first. */
    private static final int MOST = 256;

    private final PatternSet patterns;
    private final Dialogues dialogues = new Dialogues();
    private final Map<Dialogues.Process, Entry> waiting = new LinkedHashMap<>();

    /** A transcript of a log that nothing was read of yet. */
    public Transcript(PatternSet patterns) {
        this.patterns = patterns;
    }

    /** A line. */
    public static final class Entry {
        private final Anatomy anatomy;
        private boolean undecided;
        private String mechanism;
        private Login login;

        private Entry(Anatomy anatomy) {
            this.anatomy = anatomy;
        }

        /** Its pieces. */
        public Anatomy anatomy() {
            return anatomy;
        }

        /** True if a later line may tell more about it. */
        public boolean undecided() {
            return undecided;
        }

        /**
         * What may stand in place of the client's answer, in the same form: its names and no secret.
         *
         * @param user  gives the name to write for a login name or authorization identity
         * @param realm gives the name to write for a realm
         * @return UTF-8; null if nothing of the answer may be seen
         */
        public byte[] answer(UnaryOperator<String> user, UnaryOperator<String> realm) {
            if (login == null) {
                return null;
            }
            Login other = new Login(of(login.user(), user), of(login.authzid(), user), of(login.realm(), realm));
            byte[] text = other.withoutSecret(mechanism).getBytes(StandardCharsets.UTF_8);
            return anatomy.answer().orElseThrow().coded() ? Base64.getEncoder().encode(text) : text;
        }

        private static String of(String name, UnaryOperator<String> other) {
            return name == null ? null : other.apply(name);
        }

        private void settle(Dialogues.Told told) {
            undecided = false;
            login = told.login();
            mechanism = told.mechanism();
        }
    }

    /** The next line, with a header. May settle earlier ones. */
    public Entry next(SyslogRecord record) {
        Entry entry = new Entry(patterns.anatomy(record));
        boolean concerned = entry.anatomy.answer().isPresent() || dialogues.size() > 0 && entry.anatomy.known();
        if (concerned && patterns.recognise(record) instanceof Match m) {
            Dialogues.Told told = dialogues.hear(m);
            Dialogues.Process process = Dialogues.Process.of(record);
            boolean undecided = dialogues.undecided(process);
            boolean answers = entry.anatomy.answer().isPresent();
            Entry before = undecided ? null : waiting.remove(process);
            if (before != null) {
                before.settle(answers ? Dialogues.Told.NOTHING : told);
            }
            if (answers) {
                entry.settle(told);
                entry.undecided = undecided && told.login() == null;
                if (entry.undecided) {
                    wait(process, entry);
                }
            }
        }
        return entry;
    }

    private void wait(Dialogues.Process process, Entry entry) {
        waiting.put(process, entry);
        if (waiting.size() > MOST) {
            var oldest = waiting.values().iterator();
            oldest.next().undecided = false;
            oldest.remove();
        }
    }

    /** A line without a header; it belongs to no dialogue. */
    public Entry next(byte[] line) {
        return new Entry(patterns.anatomy(line));
    }
}
