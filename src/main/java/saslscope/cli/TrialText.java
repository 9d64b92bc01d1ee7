package saslscope.cli;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import saslscope.definition.DefinitionException;
import saslscope.diagnosis.Cause;
import saslscope.flow.Fields;
import saslscope.glossary.Glossary;
import saslscope.glossary.Word;
import saslscope.incident.Lines;
import saslscope.live.Look;
import saslscope.live.Paragraphs;
import saslscope.probe.Login;
import saslscope.probe.Stage;
import saslscope.probe.Step;
import saslscope.probe.Trial;

/** What came of a trial: the dialogue, the log's lines, and the verdict, as one answer. */
final class TrialText {
    private static final int MOST_LINES = 12;

    private final Session session;
    private final Look look;
    private final Paragraphs text;

    TrialText(Session session) {
        this.session = session;
        this.look = session.plan().look();
        this.text = new Paragraphs(look);
    }

    void write(Caused.Found found, Login login, boolean logs) throws DefinitionException {
        Trial trial = found.trial();
        if (!session.plan().quiet()) {
            dialogue(trial);
        }
        boolean in = trial.outcome() == Trial.Outcome.LOGGED_IN;
        say(text.heading(word(trial.outcome()) + (in ? "" : " at " + trial.stage().word()), verdict(trial, login)));
        say(text.field("To do", advice(trial)));
        if (!found.lines().isEmpty()) {
            say(text.field("Log", found.lines().stream().limit(MOST_LINES).map(o -> Lines.show(o) + "  (" + o.file().path() + ":" + o.number() + ")").toList()));
            if (found.lines().size() > MOST_LINES) {
                say(text.field("", List.of("and " + (found.lines().size() - MOST_LINES) + " more")));
            }
        } else if (logs) {
            say(text.field("Log", List.of("no line about this login came within 3 s")));
        }
        if (found.attempt() != null && found.attempt().diagnosis() != null) {
            say(DiagnosisText.lines(text, session.definitions(), found.attempt()));
        } else if (!in && trial.code() >= 400) {
            words(trial);
        }
        session.say("");
    }

    private static String word(Trial.Outcome outcome) {
        return switch (outcome) {
            case LOGGED_IN -> "LOGGED IN";
            case REFUSED -> "REFUSED";
            case NO_CONNECTION -> "NO CONNECTION";
            case WITHHELD -> "PASSWORD NOT SENT";
        };
    }

    private static String verdict(Trial t, Login login) {
        boolean tried = t.stage() == Stage.AUTH && t.mechanism() != null;
        return (tried ? (login.name() == null ? "" : login.name() + " ") + "by " + t.mechanism().text() + ", " : "") + t.target() + ": " + t.text();
    }

    private static List<String> advice(Trial t) {
        if (t.outcome() == Trial.Outcome.WITHHELD) {
            return List.of("let the server offer STARTTLS, or probe port 465; --insecure-plaintext sends it all the same");
        }
        if (t.stage() == Stage.TLS && t.text().contains("can't be trusted")) {
            return List.of("mail clients warn or refuse just so: give the server a certificate for its name by an authority that clients know, with those between; "
                + "--insecure goes on all the same");
        }
        if (t.stage() == Stage.BANNER && t.text().startsWith("no answer") && !t.target().implicit()) {
            return List.of("a port that begins with TLS keeps silent so: try --implicit-tls; else look at a firewall, or at a server that is overloaded");
        }
        if (t.stage() == Stage.AUTH && t.outcome() == Trial.Outcome.REFUSED && t.offered().isEmpty()) {
            return List.of(t.tls() == null ? "many servers offer AUTH under TLS only (smtpd_tls_auth_only), and this one offers no TLS: smtpd_tls_security_level, its certificate"
                : "AUTH is off at this port or for this client: smtpd_sasl_auth_enable, smtpd_sasl_exceptions_networks, smtpd_discard_ehlo_keywords",
                "'saslscope doctor' on the server looks at them");
        }
        return List.of();
    }

    private void dialogue(Trial trial) {
        Stage last = null;
        for (Step s : trial.steps()) {
            String speaker = switch (s.speaker()) {
                case CLIENT -> "C: ";
                case SERVER -> "S: ";
                case NOTE -> "";
            };
            say(text.field(s.stage() == last ? "" : s.stage().word(), List.of(speaker + s.text())));
            last = s.stage();
        }
        session.say("");
    }

    /** Without a log, what is known of the words of the reply. */
    private void words(Trial trial) throws DefinitionException {
        Definitions definitions = session.definitions();
        Glossary glossary = Glossary.load(session.plan().definitions(), definitions.causes().all().stream().map(Cause::code).collect(Collectors.toSet()));
        for (Word word : glossary.find(trial.text()).stream().limit(1).toList()) {
            say(text.field("Meaning", List.of(word.means())));
            say(text.field("Causes", word.causes().stream().map(c -> c + ": " + definitions.title(c)).toList()));
            say(text.field("Check", List.of("only the server's log tells which: run this on the server, or with --log=FILE")));
        }
    }

    /** What each mechanism came to. */
    void summary(List<Trial> trials) {
        Table table = new Table(look, 60);
        table.row("MECHANISM", "RESULT", "STAGE", "REPLY");
        trials.forEach(t -> table.row(t.mechanism() == null ? "-" : t.mechanism().text(), word(t.outcome()).toLowerCase(Locale.ROOT), t.stage().word(), t.text()));
        table.lines().forEach(session::say);
    }

    private void say(List<String> lines) {
        lines.forEach(session::say);
    }

    /** One attempt as a map for JSON. */
    static Map<String, Object> document(Caused.Found found, Login login) {
        Trial t = found.trial();
        Map<String, Object> d = new LinkedHashMap<>();
        d.put("@timestamp", Fields.time(t.began().atOffset(ZoneOffset.UTC)));
        d.put("event.kind", "event");
        d.put("event.category", List.of("authentication"));
        d.put("event.action", "probe");
        d.put("event.outcome", t.outcome() == Trial.Outcome.LOGGED_IN ? "success" : "failure");
        d.put("event.reason", t.text());
        d.put("probe.result", word(t.outcome()).toLowerCase(Locale.ROOT).replace(' ', '-'));
        d.put("probe.stage", t.stage().word());
        put(d, "probe.code", t.code() == 0 ? null : (Object) (long) t.code());
        d.put("destination.domain", t.target().host());
        put(d, "destination.ip", t.remote() == null ? null : t.remote().getAddress().getHostAddress());
        d.put("destination.port", (long) t.target().port());
        put(d, "source.ip", t.local() == null ? null : t.local().getAddress().getHostAddress());
        put(d, "source.port", t.local() == null ? null : (Object) (long) t.local().getPort());
        if (t.tls() != null) {
            d.put("tls.version", t.tls().protocol());
            d.put("tls.cipher", t.tls().cipher());
            d.put("tls.server.subject", t.tls().subject());
            put(d, "probe.tls.faults", t.tls().faults().isEmpty() ? null : t.tls().faults());
        }
        put(d, "user.name", login.name());
        put(d, "sasl.mechanism", t.mechanism() == null ? null : t.mechanism().text());
        d.put("probe.offered", t.offered());
        d.put("probe.dialogue", t.steps().stream().map(s -> switch (s.speaker()) {
            case CLIENT -> "C: ";
            case SERVER -> "S: ";
            case NOTE -> "";
        } + s.text()).toList());
        if (!found.lines().isEmpty()) {
            d.put("probe.log", found.lines().stream().map(Lines::show).toList());
        }
        if (found.attempt() != null) {
            Fields.of(found.attempt()).forEach((k, v) -> {
                if (k.startsWith("diagnosis.") || k.equals("event.id")) {
                    d.put(k, v);
                }
            });
        }
        return d;
    }

    private static void put(Map<String, Object> d, String key, Object value) {
        if (value != null) {
            d.put(key, value);
        }
    }
}
