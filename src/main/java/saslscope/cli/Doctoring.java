package saslscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import saslscope.definition.DefinitionException;
import saslscope.doctor.Command;
import saslscope.doctor.Examination;
import saslscope.doctor.Finding;
import saslscope.doctor.Findings;
import saslscope.export.DocumentWriter;
import saslscope.export.JsonLines;
import saslscope.live.Look;
import saslscope.live.Paragraphs;
import saslscope.live.Printable;

/** Looks at a host and shows what was found. */
final class Doctoring {
    private final Session session;
    private final DoctorCommand options;

    Doctoring(Session session, DoctorCommand options) {
        this.session = session;
        this.options = options;
    }

    int run() throws DefinitionException, IOException {
        if (options.dryRun) {
            Command.all().forEach(c -> session.say(c.line() + "    # " + c.why()));
            return Exit.DONE;
        }
        Plan plan = session.plan();
        if (plan.output() == Plan.Output.CSV) {
            throw new Refusal("doctor: there is no CSV of findings; choose --output=text or --output=jsonl");
        }
        Path save = options.save == null ? null : empty(options.save);
        Definitions definitions = session.definitions();
        Findings known = Findings.load(plan.definitions(), definitions.causes());
        Examination seen = options.host.examination(session, options.hostRoot == null ? session.surroundings().host().toString() : options.hostRoot);
        List<Finding> findings = seen.findings(known);
        if (plan.output() == Plan.Output.JSONL) {
            try (DocumentWriter writer = new JsonLines(session.out())) {
                for (Finding f : findings) {
                    writer.write(document(f, seen.platform()));
                }
            }
        } else {
            text(findings, definitions, seen.platform());
        }
        if (save != null) {
            try {
                seen.save(save, session.surroundings().time().instant());
            } catch (IOException e) {
                throw new Refusal("--save=" + Shown.of(options.save) + ": " + Reasons.of(e) + "; name a folder that can be written");
            }
            session.hint("saved in " + Shown.of(options.save) + ", passwords and keys masked; have a look before you pass it on: it holds user names");
        }
        if (!seen.readable()) {
            session.note(Shown.of(seen.configuration()) + " can't be read: " + (options.hostRoot == null || options.hostRoot.equals("/") ? "run it as root, on the mail server"
                : "--host-root must hold it, or be a snapshot"));
            return Exit.USAGE;
        }
        return findings.stream().anyMatch(f -> f.status() == Finding.Status.FAULTY) ? Exit.NO : Exit.DONE;
    }

    private static Path empty(String typed) {
        Path folder = Path.of(typed);
        try (Stream<Path> s = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            if (Files.exists(folder) && !Files.isDirectory(folder) || s.findAny().isPresent()) {
                throw new Refusal("--save=" + Shown.of(typed) + ": it is there and not empty; name a new folder");
            }
        } catch (IOException e) {
            throw new Refusal("--save=" + Shown.of(typed) + ": " + Reasons.of(e) + "; name a new folder");
        }
        return folder;
    }

    private static Map<String, Object> document(Finding f, String platform) {
        Map<String, Object> d = new LinkedHashMap<>();
        d.put("finding.id", f.id());
        d.put("finding.status", f.status().word());
        d.put("finding.cause", f.cause());
        d.put("finding.place", f.place());
        d.put("finding.services", f.services().isEmpty() ? null : f.services());
        d.put("finding.text", f.text());
        d.put("finding.remedy", f.remedy(platform));
        return d;
    }

    private void text(List<Finding> findings, Definitions definitions, String platform) {
        Look look = session.plan().look();
        Paragraphs p = new Paragraphs(look);
        Map<Finding.Status, Integer> counts = new EnumMap<>(Finding.Status.class);
        for (Finding f : findings) {
            counts.merge(f.status(), 1, Integer::sum);
            switch (f.status()) {
                case FAULTY -> {
                    session.say(look.bad("FAULTY") + "  " + look.bold(Printable.of(title(f, definitions), 200, look.ellipsis())));
                    details(f, p, platform);
                }
                case COULD_NOT_LOOK -> {
                    if (!session.plan().quiet()) {
                        session.say(look.doubt("COULD NOT LOOK") + "  " + look.bold(f.id()));
                        details(f, p, platform);
                    }
                }
                case FINE -> {
                    if (!session.plan().quiet()) {
                        fine(f, p, look);
                    }
                }
            }
        }
        if (!session.plan().quiet()) {
            session.say(counts.isEmpty() ? "Nothing was found." : (counts.getOrDefault(Finding.Status.FINE, 0) > 0 ? "\n" : "") + "Faulty "
                + counts.getOrDefault(Finding.Status.FAULTY, 0) + ", could not look " + counts.getOrDefault(Finding.Status.COULD_NOT_LOOK, 0)
                + ", fine " + counts.getOrDefault(Finding.Status.FINE, 0));
        }
    }

    private static String title(Finding f, Definitions definitions) {
        return f.cause() == null ? f.id() : definitions.title(f.cause()) + " [" + f.cause() + "]";
    }

    private void details(Finding f, Paragraphs p, String platform) {
        if (!f.services().isEmpty()) {
            p.field("Service", List.of(String.join(" ", f.services()))).forEach(session::say);
        }
        p.field("Where", List.of(f.place())).forEach(session::say);
        p.field("What", List.of(f.text())).forEach(session::say);
        String remedy = f.remedy(platform);
        if (remedy != null) {
            p.field("Remedy", List.of(remedy)).forEach(session::say);
        }
        session.say("");
    }

    private void fine(Finding f, Paragraphs p, Look look) {
        List<String> lines = p.field("fine", List.of((f.services().isEmpty() ? "" : String.join(" ", f.services()) + ": ") + f.text()));
        for (String line : lines) {
            session.say(line);
        }
    }
}
