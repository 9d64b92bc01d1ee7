package saslscope.live;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Certainty;
import saslscope.diagnosis.Standing;
import saslscope.incident.Incident;
import saslscope.incident.Kind;

/** An incident as a block of text: the headline says what is wrong, the labelled fields below say why and what to do. */
public final class IncidentBlock {
    static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int LABEL = 10;
    private static final int NAMES = 5;
    private static final int LOG_LINES = 6;
    /** Told with their titles; of further ones the codes are enough. */
    private static final int CANDIDATES = 3;

    private final Look look;
    private final UnaryOperator<String> titleOf;

    /**
     * @param titleOf the title of a cause by its code; the code itself where it has none
     */
    public IncidentBlock(Look look, UnaryOperator<String> titleOf) {
        this.look = look;
        this.titleOf = titleOf;
    }

    /** The block of an incident that has just begun. */
    public List<String> lines(Incident incident) {
        return lines(incident, false);
    }

    /**
     * The block.
     *
     * @param whole also state, span and counts, as for an incident that is looked at later
     */
    public List<String> lines(Incident incident, boolean whole) {
        List<String> out = new ArrayList<>();
        headline(out, incident);
        if (whole) {
            field(out, "When", List.of(span(incident)));
            field(out, "State", List.of(incident.state() + ", " + counts(incident)));
            field(out, "Ended", texts(incident.ended()));
        }
        field(out, "Who", List.of(who(incident)));
        field(out, "From", List.of(from(incident)));
        field(out, "Through", List.of(through(incident)));
        if (incident.kind() == Kind.COMPROMISE) {
            field(out, "Evidence", incident.evidence().stream().map(e -> look.cut(e, 400)).toList());
        } else {
            cause(out, incident);
        }
        field(out, "Log", logLines(incident));
        field(out, "Check", texts(incident.check()));
        field(out, "Remedy", texts(incident.remedy()));
        field(out, "Incident", List.of(look.cut(incident.id(), 40)));
        if (whole && !incident.related().isEmpty()) {
            field(out, "Related", List.of(String.join(" ", incident.related().stream().limit(8).map(i -> look.cut(i, 40)).toList())
                + (incident.related().size() > 8 ? " and " + (incident.related().size() - 8) + " more" : "")));
        }
        return out;
    }

    private void headline(List<String> out, Incident incident) {
        String severity = look.bullet() + " " + incident.severity().name();
        String when = SECONDS.format(incident.firstSeen());
        int room = look.width() - Columns.of(severity) - 2;
        boolean narrow = room < 48;
        List<String> title = Columns.wrap(look.cut(incident.title(), 3 * room), narrow ? room : room - when.length() - 2);
        String first = title.getFirst();
        int gap = room - Columns.of(first) - when.length();
        out.add(look.severity(incident.severity(), severity) + "  " + look.bold(first)
            + (narrow ? "" : " ".repeat(gap) + look.faint(when)));
        for (String more : title.subList(1, title.size())) {
            out.add(" ".repeat(look.width() - room) + look.bold(more));
        }
        if (narrow) {
            out.add(" ".repeat(look.width() - room) + look.faint(when));
        }
    }

    private String span(Incident incident) {
        return SECONDS.format(incident.firstSeen()) + " to " + until(incident.firstSeen(), incident.lastSeen())
            + " (" + Spans.text(Duration.between(incident.firstSeen(), incident.lastSeen())) + ")";
    }

    /** A time, without its date where that is the day of the other one. */
    static String until(OffsetDateTime from, OffsetDateTime to) {
        String text = SECONDS.format(to);
        return text.startsWith(SECONDS.format(from).substring(0, 11)) ? text.substring(11) : text;
    }

    private static String counts(Incident incident) {
        return Spans.count(incident.failures(), "failure") + " in " + Spans.count(incident.attempts(), "attempt")
            + (incident.successes() > 0 ? ", " + Spans.count(incident.successes(), "login") + " that worked" : "");
    }

    private String who(Incident incident) {
        return names(incident.users(), incident.userCount(), "no login name in the log");
    }

    private String from(Incident incident) {
        return names(incident.clients(), incident.clientCount(), "no client address in the log");
    }

    private String names(Map<String, Long> counted, long distinct, String none) {
        if (counted.isEmpty()) {
            return none;
        }
        List<String> parts = counted.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
            .limit(NAMES)
            .map(e -> name(e.getKey()) + (e.getValue() > 1 ? " " + look.times() + e.getValue() : ""))
            .toList();
        long rest = Math.max(distinct, counted.size()) - parts.size();
        return String.join(", ", parts) + (rest > 0 ? ", and " + rest + " more" : "");
    }

    private String name(String raw) {
        return raw.isEmpty() ? "(empty)" : look.cut(raw, 48);
    }

    private String through(Incident incident) {
        List<String> parts = new ArrayList<>();
        incident.services().stream().limit(3).forEach(s -> parts.add(look.cut(s, 40)));
        String where = incident.hosts().isEmpty() ? ""
            : " on " + String.join(", ", incident.hosts().stream().limit(3).map(h -> look.cut(h, 40)).toList());
        String how = incident.mechanisms().isEmpty() ? ""
            : ", " + String.join(" ", incident.mechanisms().stream().limit(6).map(m -> look.cut(m, 24)).toList());
        return parts.isEmpty() ? "" : String.join(", ", parts) + where + how;
    }

    private void cause(List<String> out, Incident incident) {
        List<Candidate> candidates = incident.candidates();
        if (candidates.isEmpty() || incident.certainty() == Certainty.UNKNOWN) {
            field(out, "Cause", List.of("unknown: no known cause fits these lines"));
            field(out, "Evidence", incident.evidence().stream().map(e -> look.cut(e, 400)).toList());
            return;
        }
        Candidate first = candidates.getFirst();
        boolean open = incident.certainty() == Certainty.AMBIGUOUS;
        List<String> causes = new ArrayList<>();
        causes.add(switch (incident.certainty()) {
            case DETERMINED -> "proven: " + named(first);
            case LIKELY -> "likely: " + named(first);
            case AMBIGUOUS -> "not clear yet: one of " + candidates.size();
            case UNKNOWN -> "unknown";
        });
        List<Candidate> rest = open ? candidates : candidates.subList(1, candidates.size());
        int number = 1;
        for (Candidate c : rest.subList(0, Math.min(rest.size(), CANDIDATES))) {
            causes.add((open ? number++ + ". " : "or ") + named(c) + ", " + c.standing().name().toLowerCase(Locale.ROOT)
                + (open && c.standing() != Standing.POSSIBLE && !c.evidence().isEmpty()
                ? ": " + look.cut(c.evidence().getFirst(), 300) : ""));
        }
        List<Candidate> more = rest.subList(Math.min(rest.size(), CANDIDATES), rest.size());
        if (!more.isEmpty()) {
            causes.add("or " + String.join(", ", more.stream().map(c -> look.cut(c.cause(), 60)).toList()));
        }
        field(out, "Cause", causes);
        List<String> evidence = incident.evidence().isEmpty() && !open ? first.evidence() : incident.evidence();
        field(out, "Evidence", evidence.stream().limit(LOG_LINES).map(e -> look.cut(e, 400)).toList());
    }

    private String named(Candidate candidate) {
        String code = look.cut(candidate.cause(), 60);
        String title = look.cut(titleOf.apply(candidate.cause()), 160);
        return title.equals(code) ? code : title + " [" + code + "]";
    }

    private List<String> logLines(Incident incident) {
        List<String> lines = incident.sampleLines();
        List<String> out = new ArrayList<>();
        // The outcome is last: rather leave out lines in the middle.
        int tail = Math.min(lines.size(), LOG_LINES - 2);
        int head = Math.min(lines.size() - tail, 2);
        lines.subList(0, head).forEach(l -> out.add(look.cut(l, 3 * look.width())));
        if (head + tail < lines.size()) {
            out.add("(" + (lines.size() - head - tail) + " lines between)");
        }
        lines.subList(lines.size() - tail, lines.size()).forEach(l -> out.add(look.cut(l, 3 * look.width())));
        return out;
    }

    private List<String> texts(String raw) {
        if (raw == null) {
            return List.of();
        }
        return raw.lines().filter(l -> !l.isBlank()).map(l -> look.cut(l.strip(), 1200)).toList();
    }

    private void field(List<String> out, String label, List<String> values) {
        String head = "  " + look.faint(Columns.pad(label, LABEL));
        boolean leading = label.equals("Cause");
        // Where one field has several values, the second line of each stands a little further right.
        String hang = values.size() > 1 ? "  " : "";
        for (String value : values) {
            String indent = "";
            for (String line : Columns.wrap(value, look.width() - 2 - LABEL - hang.length())) {
                if (!line.isEmpty()) {
                    out.add(head + indent + (leading ? look.bold(line) : line));
                    head = " ".repeat(2 + LABEL);
                    indent = hang;
                }
            }
            leading = false;
        }
    }
}
