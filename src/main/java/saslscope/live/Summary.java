package saslscope.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import saslscope.diagnosis.Certainty;
import saslscope.flow.Ledger;
import saslscope.incident.Incident;
import saslscope.incident.Kind;
import saslscope.incident.Severity;

/** What was found, on one page: the account of the lines, the incidents, who and what they are about, what to do first. */
public final class Summary {
    private static final int INCIDENTS = 15;
    private static final int TOP = 5;

    private final Look look;
    private final UnaryOperator<String> titleOf;

    public Summary(Look look, UnaryOperator<String> titleOf) {
        this.look = look;
        this.titleOf = titleOf;
    }

    /** The page, a line each. */
    public List<String> lines(Tallies tallies, Ledger ledger) {
        List<String> out = new ArrayList<>();
        out.add(look.bold("Summary") + span(tallies));
        out.add("  Lines   " + account(ledger));
        out.add("  Logins  " + logins(tallies));
        List<Incident> incidents = tallies.incidents();
        incidents(out, "Incidents", incidents.stream().filter(i -> i.kind() != Kind.RELAY).toList(), tallies.incidentsDropped());
        incidents(out, "Relay" + look.faint("  logins of this host elsewhere"), incidents.stream().filter(i -> i.kind() == Kind.RELAY).toList(), 0);
        top(out, "Causes", tallies.causes(), this::blame);
        top(out, "Users", tallies.users(), name -> name.isEmpty() ? "(empty)" : name);
        top(out, "Clients", tallies.clients(), name -> name);
        first(out, incidents);
        return out;
    }

    private static String span(Tallies tallies) {
        if (tallies.first() == null) {
            return "";
        }
        return "  " + IncidentBlock.SECONDS.format(tallies.first()) + " to "
            + IncidentBlock.until(tallies.first(), tallies.last())
            + " (" + Spans.text(Duration.between(tallies.first(), tallies.last())) + ")";
    }

    /** What became of the lines, in one line. */
    public static String account(Ledger l) {
        return Spans.number(l.read()) + " read = " + Spans.number(l.matched()) + " matched + "
            + Spans.number(l.irrelevant()) + " irrelevant + " + Spans.number(l.unrecognised()) + " unrecognised + "
            + Spans.number(l.unreadable()) + " unreadable" + (l.cut() > 0 ? "; " + Spans.number(l.cut()) + " cut" : "")
            + (l.letGo() > 0 ? "; " + Spans.number(l.letGo()) + " let go before their login ended" : "");
    }

    private static String logins(Tallies t) {
        if (t.failures() + t.successes() + t.others() == 0) {
            return "none";
        }
        return (t.failures() == 0 ? "no failure" : Spans.count(t.failures(), "failure")) + ", "
            + (t.successes() == 0 ? "no success" : Spans.number(t.successes()) + " success" + (t.successes() == 1 ? "" : "es"))
            + (t.others() > 0 ? ", " + Spans.number(t.others()) + " without an outcome" : "");
    }

    private void incidents(List<String> out, String label, List<Incident> incidents, long dropped) {
        if (incidents.isEmpty()) {
            return;
        }
        out.add("");
        List<Incident> shown = incidents.subList(0, Math.min(INCIDENTS, incidents.size()));
        int cause = shown.stream().mapToInt(i -> Columns.of(cause(i))).max().orElse(0);
        int count = shown.stream().mapToInt(i -> Spans.number(i.failures()).length()).max().orElse(0);
        out.add(look.bold(label));
        for (Incident i : shown) {
            String fixed = Columns.pad(i.severity().name(), 8);
            String text = Columns.pad(cause(i), cause) + "  " + Columns.pad(certainty(i), 10) + "  "
                + Columns.padLeft(Spans.number(i.failures()), Math.max(count, 4)) + look.times() + "  ";
            int room = look.width() - 2 - 8 - 2 - Columns.of(text);
            String who = who(i);
            if (room >= Math.min(Columns.of(who), 16)) {
                out.add("  " + look.severity(i.severity(), fixed) + "  " + text + look.cut(who, Math.max(room, 16)));
            } else {
                out.add("  " + look.severity(i.severity(), fixed) + "  " + text.stripTrailing());
                out.add("            " + look.cut(who, look.width() - 12));
            }
        }
        long more = incidents.size() - shown.size() + dropped;
        if (more > 0) {
            out.add("  and " + Spans.number(more) + " less urgent");
        }
    }

    private String cause(Incident i) {
        return overAttempts(i) ? i.kind().text() : i.cause() == null ? "unknown" : look.cut(i.cause(), 36);
    }

    /** What binds such an incident is not the cause of its single failures. */
    private static boolean overAttempts(Incident i) {
        return i.kind().attack() || i.kind() == Kind.COMPROMISE;
    }

    private static String certainty(Incident i) {
        return overAttempts(i) ? "" : i.certainty().name().toLowerCase(Locale.ROOT);
    }

    private String who(Incident i) {
        String users = oneOrMany(i.users().isEmpty() ? null : i.users().firstKey(), i.userCount(), "users");
        String clients = oneOrMany(i.clients().isEmpty() ? null : i.clients().firstKey(), i.clientCount(), "clients");
        String who = users.isEmpty() ? clients : clients.isEmpty() ? users : users + " from " + clients;
        // Its logins work again: nobody needs to hurry.
        return i.ended() == null ? who : who.isEmpty() ? "ended" : "ended: " + who;
    }

    private static String oneOrMany(String one, long count, String noun) {
        return one == null ? "" : count > 1 ? Spans.number(count) + " " + noun : one;
    }

    private <K extends Comparable<K>> void top(List<String> out, String label, Tallies.Top<K> top, Function<K, String> text) {
        List<Map.Entry<K, Long>> best = top.best(TOP);
        if (best.isEmpty()) {
            return;
        }
        out.add("");
        long more = top.distinct() - best.size();
        out.add(look.bold(label) + (more > 0
            ? look.faint("  the " + best.size() + " with most failures" + (top.exact() ? ", of " + top.distinct() : "")) : ""));
        int width = Spans.number(best.getFirst().getValue()).length();
        for (Map.Entry<K, Long> e : best) {
            out.add("  " + Columns.padLeft(Spans.number(e.getValue()), width) + "  "
                + look.cut(text.apply(e.getKey()), look.width() - width - 4));
        }
    }

    private String blame(Tallies.Blame blame) {
        String title = titleOf.apply(blame.cause());
        return switch (blame.certainty() == null ? "" : blame.certainty()) {
            case "ambiguous" -> "ambiguous: " + blame.cause() + " or others that write the same lines";
            case "unknown", "" -> blame.cause();
            default -> blame.certainty() + ": " + (title.equals(blame.cause()) ? title : title + " [" + blame.cause() + "]");
        };
    }

    private void first(List<String> out, List<Incident> incidents) {
        Map<String, Incident> byRemedy = new LinkedHashMap<>();
        // What works again is looked at last.
        List<Incident> ordered = Stream.concat(incidents.stream().filter(i -> i.ended() == null),
            incidents.stream().filter(i -> i.ended() != null)).toList();
        for (Incident i : ordered) {
            String todo = i.check() != null && i.certainty().compareTo(Certainty.DETERMINED) > 0
                ? i.check() : i.remedy();
            if (todo != null && (i.severity() != Severity.LOW || byRemedy.isEmpty())) {
                byRemedy.putIfAbsent(todo, i);
            }
        }
        if (byRemedy.isEmpty()) {
            return;
        }
        out.add("");
        out.add(look.bold("What to do first"));
        int number = 1;
        for (Map.Entry<String, Incident> e : byRemedy.entrySet()) {
            if (number > 3) {
                break;
            }
            String lead = number++ + ". ";
            for (String line : Columns.wrap(look.cut(e.getValue().title() + (e.getValue().ended() == null ? "" : " (" + e.getValue().ended() + ")"), 300) + ":", look.width() - 5)) {
                out.add("  " + lead + line);
                lead = "   ";
            }
            for (String line : e.getKey().lines().filter(l -> !l.isBlank()).limit(4).toList()) {
                for (String wrapped : Columns.wrap(look.cut(line.strip(), 600), look.width() - 7)) {
                    out.add("       " + wrapped);
                }
            }
        }
    }
}
