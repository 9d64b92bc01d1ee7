package saslscope.doctor;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processes of a host.
 *
 * @param known false if they could not be listed
 * @param why   why not
 */
record Processes(boolean known, String why, List<Process> all) {
    private static final Pattern TIMED = Pattern.compile("[A-Z][a-z]{2}\\s+([A-Z][a-z]{2})\\s+(\\d+)\\s+([\\d:]{8})\\s+(\\d{4})\\s+(\\S+)\\s+(.+)");
    private static final Pattern PLAIN = Pattern.compile("([a-z_][\\w.-]*\\+?)\\s+(.+)");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MMM d yyyy HH:mm:ss", Locale.ROOT);

    /**
     * A process.
     *
     * @param since when it began; null if not known
     * @param args  its command line
     */
    record Process(Instant since, String user, String args) {
        /** The base name of the program. */
        String program() {
            String first = args.split("\\s+", 2)[0];
            return first.substring(first.lastIndexOf('/') + 1).replaceFirst(":$", "");
        }

        /** The value of an option of one letter ({@code -m DIR} or {@code -mDIR}); null if it is not there. */
        String option(char letter) {
            Matcher m = Pattern.compile("\\s-" + letter + "\\s*(\\S+)").matcher(args);
            return m.find() ? m.group(1) : null;
        }

        /** Whether a flag without a value is there, alone or among others ({@code -rc}). */
        boolean flag(char letter) {
            return Pattern.compile("\\s-[A-Za-z]*" + letter + "[A-Za-z]*(?=\\s|$)").matcher(args).find();
        }
    }

    static Processes of(Root root) {
        Reading<String> out = root.run(Command.PROCESSES);
        if (out instanceof Reading.Hidden<String> h) {
            return new Processes(false, h.why(), List.of());
        }
        List<Process> all = new ArrayList<>();
        for (String line : out.or("").lines().toList()) {
            Matcher t = TIMED.matcher(line.strip());
            if (t.matches()) {
                all.add(new Process(since(t.group(1) + " " + t.group(2) + " " + t.group(4) + " " + t.group(3)), t.group(5), t.group(6)));
                continue;
            }
            Matcher p = PLAIN.matcher(line.strip());
            if (p.matches()) {
                all.add(new Process(null, p.group(1), p.group(2)));
            }
        }
        return all.isEmpty() ? new Processes(false, "ps printed nothing that can be read", List.of()) : new Processes(true, "", List.copyOf(all));
    }

    private static Instant since(String stamp) {
        try {
            return LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The first process of a program. */
    Optional<Process> first(String program) {
        return all.stream().filter(p -> p.program().equals(program)).findFirst();
    }

    /** Whether one of these runs; Dovecot's children call themselves {@code dovecot/auth}. */
    boolean runs(String... programs) {
        return all.stream().anyMatch(p -> {
            for (String name : programs) {
                if (p.program().equals(name) || p.args().startsWith(name + "/")) {
                    return true;
                }
            }
            return false;
        });
    }
}
