package saslscope.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import saslscope.Golden;

class ReportTest {
    private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
    private static final List<String> HOSTILE = List.of("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x",
        "</style><script src=//evil.example/x.js>", "</title><h1>", "<!--", "]]>", "&lt;b&gt;", "\u202eevil", "a\u0000b\u001b[31m", "</svg><x>", "javascript:alert(1)");

    private final Report report = new Report();

    private static Map<String, Object> attempt(String at, String outcome, String user, String ip, String cause, String certainty) {
        Map<String, Object> a = new LinkedHashMap<>();
        a.put("@timestamp", at);
        a.put("event.outcome", outcome);
        a.put("user.name", user);
        a.put("source.ip", ip);
        if (cause != null) {
            a.put("diagnosis.cause", cause);
            a.put("diagnosis.certainty", certainty);
            a.put("diagnosis.remedy", "Do something about " + cause);
        }
        return a;
    }

    private static Map<String, Object> incident(String id, String severity, String title, String cause) {
        Map<String, Object> i = new LinkedHashMap<>();
        i.put("incident_id", id);
        i.put("state", "open");
        i.put("severity", severity);
        i.put("cause", cause);
        i.put("certainty", "determined");
        i.put("title", title);
        i.put("first_seen", "2026-11-22T10:00:00+00:00");
        i.put("last_seen", "2026-11-22T11:30:00+00:00");
        i.put("failures", 3L);
        i.put("successes", 0L);
        i.put("users", List.of("alice", title));
        i.put("user_count", 12L);
        i.put("client_ips", List.of("192.0.2.7"));
        i.put("evidence", List.of("because it says so (maillog:7)"));
        i.put("remedy", "start saslauthd");
        i.put("sample_lines", List.of("Nov 22 10:00:00 mail postfix/smtpd[1]: " + title));
        return i;
    }

    private String html(String query) throws IOException {
        StringBuilder out = new StringBuilder();
        report.page(query, NOW, ZoneOffset.UTC, code -> "Title of " + code).write(out);
        return out.toString();
    }

    @Test
    void aSmallCaseLooksAsWritten() throws IOException {
        report.attempt(attempt("2026-11-22T10:00:00+00:00", "failure", "alice", "192.0.2.7", "saslauthd-not-running", "determined"));
        report.attempt(attempt("2026-11-22T10:20:00+00:00", "failure", "bob", "2001:db8::7", "password-mismatch", "ambiguous"));
        report.attempt(attempt("2026-11-22T11:30:00+00:00", "failure", "alice", "192.0.2.7", "saslauthd-not-running", "determined"));
        report.attempt(attempt("2026-11-22T11:31:00+00:00", "success", "alice", "192.0.2.7", null, null));
        report.incident(incident("i2", "low", "somebody guesses", "password-mismatch"));
        report.incident(incident("i1", "critical", "saslauthd is not running", "saslauthd-not-running"));
        Golden.check("report/small.html", html("outcome:failure"));
    }

    @Test
    void nothingFoundIsSaid() throws IOException {
        String page = html("user:nobody");
        assertTrue(page.contains("No stored login matches") && page.contains("user:nobody"));
        assertFalse(page.contains("<svg"));
    }

    @Test
    void whatTheLogSaysCanDoNothing() throws IOException {
        for (String bad : HOSTILE) {
            report.attempt(attempt("2026-11-22T10:00:00+00:00", "failure", bad, bad, bad, bad));
            report.attempt(attempt("2026-11-22T10:00:00+00:00", "success", bad, bad, null, null));
            report.incident(incident(bad, bad, bad, bad));
        }
        String page = html(String.join(" ", HOSTILE));
        for (String bad : HOSTILE) {
            // What has no sign that HTML knows, and is seen as it is, may stand there as text.
            assertFalse(!bad.equals("javascript:alert(1)") && page.contains(bad), bad);
        }
        Matcher tags = Pattern.compile("<[!/]?([a-zA-Z0-9]*)([^>]*)>").matcher(page.substring(page.indexOf("</style>") + 8));
        while (tags.find()) {
            assertTrue(List.of("head", "body", "html", "header", "h1", "h2", "h3", "p", "code", "main", "section", "div", "b", "ul", "li", "i", "svg", "line", "text",
                "g", "title", "rect", "table", "tr", "th", "td", "br", "article", "span", "dl", "dt", "dd", "details", "summary", "pre", "footer").contains(tags.group(1)),
                tags.group());
            assertFalse(tags.group(2).matches("(?i).*\\bon\\w+\\s*=.*"), tags.group());
        }
        assertFalse(page.codePoints().anyMatch(c -> c < ' ' && c != '\n' || c == 0x202e));
    }

    @Test
    void nothingIsLoadedFromAnywhere() throws IOException {
        report.attempt(attempt("2026-11-22T10:00:00+00:00", "failure", "alice", "192.0.2.7", "x", "likely"));
        String page = html("");
        assertFalse(Pattern.compile("(?i)https?:|url\\(|@import|\\b(src|href|srcset)\\s*=|<script|<link|<iframe").matcher(page).find());
        assertTrue(page.contains("default-src 'none'"));
    }

    @Test
    void theMostUrgentComesFirstAndOfManyTheRestIsCounted() throws IOException {
        for (int i = 0; i < 500; i++) {
            report.incident(incident("l" + i, "low", "guess " + i, "password-mismatch"));
        }
        report.incident(incident("c", "critical", "all is down", "saslauthd-not-running"));
        String page = html("");
        assertTrue(page.indexOf("all is down") < page.indexOf("guess 0"));
        assertTrue(page.contains("and 451 more"));
    }

    @Test
    void aLongTimeTakesLongerSpansAndLosesNothing() {
        Timeline counts = new Timeline();
        for (int i = 0; i < 50_000; i++) {
            counts.count(1_700_000_000L + i * 3600L, "x");
        }
        assertEquals(50_000L, counts.between(counts.first(), counts.end()).get("x"));
    }
}
