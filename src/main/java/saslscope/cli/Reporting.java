package saslscope.cli;

import java.io.IOException;
import java.nio.file.Path;
import saslscope.definition.DefinitionException;
import saslscope.export.WholeFile;
import saslscope.index.Search;
import saslscope.index.StoredEvents;
import saslscope.report.Page;
import saslscope.report.Report;

/** Writes what is stored as a page. */
final class Reporting {
    private final Session session;
    private final ReportCommand options;

    Reporting(Session session, ReportCommand options) {
        this.session = session;
        this.options = options;
    }

    int run() throws IOException, DefinitionException {
        if (options.to == null) {
            throw new Refusal("report: --to is missing; write --to=FILE.html");
        }
        Search search = Searching.search(session, options.query);
        Report report = new Report();
        try (StoredEvents events = Storage.read(session)) {
            events.each(search.among("attempt"), document -> {
                report.attempt(document);
                return !session.surroundings().stop().getAsBoolean();
            });
            events.each(search.among("incident"), document -> {
                report.incident(document);
                return !session.surroundings().stop().getAsBoolean();
            });
        }
        if (session.surroundings().stop().getAsBoolean()) {
            session.note("report: ended before all was read; nothing was written");
            return Exit.DONE;
        }
        Definitions definitions = session.definitions();
        Page page = report.page(String.join(" ", options.query), session.surroundings().time().instant(), session.plan().zone(), definitions::title);
        if (options.to.equals("-")) {
            page.write(session.out());
        } else {
            write(page);
            session.hint(report.attempts() == 0 ? "no stored login matches; " + Shown.of(options.to) + " says so"
                : "wrote " + report.attempts() + (report.attempts() == 1 ? " login to " : " logins to ") + Shown.of(options.to));
        }
        return Exit.DONE;
    }

    private void write(Page page) {
        try (WholeFile file = WholeFile.at(Path.of(options.to))) {
            page.write(file.writer());
            file.commit();
        } catch (IOException e) {
            throw new Refusal("--to=" + Shown.of(options.to) + ": cannot be written: " + Reasons.of(e) + "; nothing was changed there");
        }
    }
}
