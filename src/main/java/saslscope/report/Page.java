package saslscope.report;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes a report as one HTML file. */
public final class Page {
    private static final int SERIES = 5;
    private static final int ROWS = 20;
    private static final int FEW = 8;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Report report;
    private final String query;
    private final Instant made;
    private final ZoneId zone;
    private final UnaryOperator<String> titles;

    Page(Report report, String query, Instant made, ZoneId zone, UnaryOperator<String> titles) {
        this.report = report;
        this.query = query;
        this.made = made;
        this.zone = zone;
        this.titles = titles;
    }

    /** Writes it all. */
    public void write(Appendable out) throws IOException {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            // Should anything slip through the escaping, it can neither run nor load.
            .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
            .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Failed logins</title>\n<style>\n").append(Style.CSS)
            .append("</style>\n</head>\n<body>\n<header>\n<h1>Failed logins</h1>\n<p>")
            .append(report.first == null ? "Nothing was found" : text(report.first) + " to " + text(report.last) + ", " + Html.of(zone.getId()))
            .append(query.isBlank() ? "" : " for <code>" + Html.of(query) + "</code>").append("</p>\n</header>\n<main>\n");
        if (report.attempts() == 0 && report.incidents.isEmpty()) {
            out.append("<p class=\"empty\">No stored login matches. <code>saslscope analyze --store FILE</code> or <code>saslscope follow</code> store some; ")
                .append("a query or a span of time may also be too narrow.</p>\n");
        } else {
            numbers(out);
            plots(out);
            causes(out);
            incidents(out);
            people(out, "Users", "User", report.users);
            people(out, "Clients", "Address", report.clients);
        }
        out.append("</main>\n<footer>Made by saslscope on ").append(text(made)).append(". Passwords are not in it; names and addresses are.</footer>\n</body>\n</html>\n");
    }

    private void numbers(Appendable out) throws IOException {
        out.append("<section class=\"numbers\">\n");
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put(report.failures == 1 ? "failed login" : "failed logins", report.failures);
        numbers.put(report.successes == 1 ? "successful login" : "successful logins", report.successes);
        numbers.put("users with failures", report.users.values().stream().filter(t -> t.failures > 0).count());
        numbers.put("clients with failures", report.clients.values().stream().filter(t -> t.failures > 0).count());
        numbers.put(report.incidentCount == 1 ? "incident" : "incidents", report.incidentCount);
        for (Map.Entry<String, Long> n : numbers.entrySet()) {
            out.append("<div><b>").append(count(n.getValue())).append("</b> ").append(n.getKey()).append("</div>\n");
        }
        out.append("</section>\n");
    }

    private void plots(Appendable out) throws IOException {
        if (report.first == null) {
            return;
        }
        Plot plot = new Plot(report.first.getEpochSecond(), report.last.getEpochSecond() + 1, zone);
        List<Map.Entry<String, Report.Tally>> top = Report.top(report.causes, SERIES + 1);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Math.min(top.size(), top.size() > SERIES ? SERIES - 1 : SERIES); i++) {
            names.add(top.get(i).getKey());
        }
        if (top.size() > SERIES) {
            names.add("other causes");
        }
        if (report.failures > 0) {
            List<String> colours = new ArrayList<>();
            out.append("<section>\n<h2>Failed logins by leading cause, each ").append(plot.bar()).append("</h2>\n<ul class=\"legend\">\n");
            for (int i = 0; i < names.size(); i++) {
                colours.add("s" + i);
                out.append("<li><i class=\"s").append(String.valueOf(i)).append("\"></i>").append(Html.of(names.get(i))).append("</li>\n");
            }
            out.append("</ul>\n").append(plot.svg(report.failed, names, colours, "Failed logins over time, by leading cause")).append("</section>\n");
        }
        if (report.successes > 0) {
            out.append("<section>\n<h2>Successful logins, each ").append(plot.bar()).append("</h2>\n")
                .append(plot.svg(report.succeeded, List.of("successful logins"), List.of("ok"), "Successful logins over time")).append("</section>\n");
        }
    }

    private void incidents(Appendable out) throws IOException {
        List<Map<String, Object>> shown = report.worstFirst();
        if (shown.isEmpty()) {
            return;
        }
        out.append("<section>\n<h2>Incidents, the most urgent first</h2>\n");
        for (Map<String, Object> i : shown) {
            incident(out, i);
        }
        if (report.incidentCount > shown.size()) {
            out.append("<p>and ").append(count(report.incidentCount - shown.size())).append(" more; <code>saslscope incidents</code> lists all.</p>\n");
        }
        out.append("</section>\n");
    }

    private void incident(Appendable out, Map<String, Object> i) throws IOException {
        String severity = Report.text(i, "severity");
        String known = List.of("critical", "high", "medium", "low").contains(severity) ? severity : "low";
        out.append("<article class=\"").append(known).append("\">\n<h3><span class=\"badge\">").append(Html.of(severity)).append("</span> ")
            .append(Html.of(Report.text(i, "title"))).append("</h3>\n<dl>\n");
        String cause = Report.text(i, "cause");
        String certainty = Report.text(i, "certainty");
        row(out, "Cause", cause.isEmpty() ? "not known" : (certainty.equals("ambiguous") ? "not clear yet; first of several: " : "") + cause + ": "
            + titles.apply(cause) + (certainty.equals("ambiguous") ? "" : " (" + certainty + ")"));
        row(out, "Time", stamp(i, "first_seen") + " to " + stamp(i, "last_seen") + ", " + Report.text(i, "state"));
        row(out, "Logins", Report.number(i, "failures") + " failed, " + Report.number(i, "successes") + " successful");
        row(out, "Users", few(i, "users", Report.number(i, "user_count")));
        row(out, "Clients", few(i, "client_ips", Report.number(i, "client_ip_count")));
        row(out, "Services", few(i, "services", 0));
        row(out, "Evidence", String.join("; ", list(i, "evidence")));
        row(out, "Check", Report.text(i, "check"));
        row(out, "Remedy", Report.text(i, "remedy"));
        row(out, "Ended", Report.text(i, "ended"));
        out.append("</dl>\n");
        List<String> lines = list(i, "sample_lines").isEmpty() ? list(i, "sample_line") : list(i, "sample_lines");
        if (lines.stream().anyMatch(l -> !l.isEmpty())) {
            out.append("<details><summary>Log lines</summary><pre>");
            for (String line : lines) {
                out.append(Html.of(line)).append('\n');
            }
            out.append("</pre></details>\n");
        }
        out.append("</article>\n");
    }

    private static void row(Appendable out, String label, String value) throws IOException {
        if (!value.isBlank()) {
            out.append("<dt>").append(label).append("</dt><dd>").append(Html.of(value)).append("</dd>\n");
        }
    }

    private static String few(Map<String, Object> i, String key, long all) {
        List<String> names = list(i, key);
        long more = Math.max(all, names.size()) - Math.min(FEW, names.size());
        return String.join(", ", names.subList(0, Math.min(FEW, names.size()))) + (more > 0 ? " and " + more + " more" : "");
    }

    private static List<String> list(Map<String, Object> i, String key) {
        Object value = i.get(key);
        return value instanceof List<?> l ? l.stream().map(String::valueOf).toList() : value == null ? List.of() : List.of(value.toString());
    }

    private void causes(Appendable out) throws IOException {
        List<Map.Entry<String, Report.Tally>> top = Report.top(report.causes, Integer.MAX_VALUE);
        if (top.isEmpty()) {
            return;
        }
        out.append("<section>\n<h2>Causes and what to do</h2>\n<table>\n<tr><th>Failures</th><th>Leading cause</th><th>How sure</th><th>Remedy</th></tr>\n");
        for (Map.Entry<String, Report.Tally> e : top) {
            out.append("<tr><td class=\"n\">").append(count(e.getValue().failures)).append("</td><td><b>").append(Html.of(e.getKey())).append("</b><br>")
                .append(e.getKey().equals(Report.UNKNOWN) ? "no known cause fits" : Html.of(titles.apply(e.getKey()))).append("</td><td>")
                .append(Html.of(most(e.getValue().causes))).append("</td><td>").append(Html.of(report.remedies.getOrDefault(e.getKey(), ""))).append("</td></tr>\n");
        }
        out.append("</table>\n</section>\n");
    }

    private void people(Appendable out, String title, String what, Map<String, Report.Tally> of) throws IOException {
        List<Map.Entry<String, Report.Tally>> top = Report.top(of, ROWS);
        if (top.isEmpty()) {
            return;
        }
        out.append("<section>\n<h2>").append(title).append(" with the most failures</h2>\n<table>\n<tr><th>Failures</th><th>Successes</th><th>").append(what)
            .append("</th><th>Leading causes</th></tr>\n");
        for (Map.Entry<String, Report.Tally> e : top) {
            out.append("<tr><td class=\"n\">").append(count(e.getValue().failures)).append("</td><td class=\"n\">").append(count(e.getValue().successes))
                .append("</td><td class=\"name\">").append(Html.of(e.getKey())).append("</td><td>").append(Html.of(most(e.getValue().causes))).append("</td></tr>\n");
        }
        out.append("</table>\n</section>\n");
    }

    private static String most(Map<String, Long> counts) {
        return String.join(", ", counts.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
            .limit(3).map(e -> counts.size() == 1 ? e.getKey() : e.getKey() + " " + e.getValue()).toList());
    }

    private String stamp(Map<String, Object> i, String key) {
        Instant at = Report.time(i.get(key));
        return at == null ? "?" : TIME.format(at.atZone(zone));
    }

    private String text(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n).replace(",", "\u202f");
    }
}
