package saslscope.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import saslscope.definition.DefinitionException;
import saslscope.export.DocumentWriter;
import saslscope.export.JsonLines;
import saslscope.export.Shape;
import saslscope.flow.IncidentFields;
import saslscope.incident.Incident;
import saslscope.incident.Kind;
import saslscope.index.Search;
import saslscope.index.StoredEvents;
import saslscope.live.IncidentBlock;

/** The stored incidents. */
final class Casebook {
    /** By severity, then the latest first. */
    private static final Comparator<Incident> ORDER = Comparator.comparing(Incident::severity)
        .thenComparing(Comparator.comparing(Incident::lastSeen).reversed()).thenComparing(Incident::id);

    private final Session session;

    Casebook(Session session) {
        this.session = session;
    }

    /** Lists those that match, the most severe first. */
    int list(List<String> query, String limitText) throws IOException {
        int limit = Numbers.of("--limit", limitText, 0);
        Search search = Searching.search(session, query).among("incident");
        List<Map<String, Object>> found = new ArrayList<>();
        try (StoredEvents events = Storage.read(session)) {
            events.each(search, found::add);
        }
        // Those that another one took in are told by it; a query or a script may still want them.
        boolean all = !query.isEmpty() || session.plan().output() != null && session.plan().output() != Plan.Output.TEXT;
        List<Map<String, Object>> ordered = found.stream()
            .map(IncidentFields::parse).filter(i -> all || !i.takenIn()).sorted(ORDER).limit(limit == 0 ? Long.MAX_VALUE : limit).map(IncidentFields::of).toList();
        if (ordered.isEmpty()) {
            session.hint("no incident" + (query.isEmpty() ? " is stored" : " matches"));
            return Exit.NO;
        }
        if (!documents(ordered)) {
            List<Map<String, Object>> relay = ordered.stream().filter(Casebook::relay).toList();
            table(ordered.stream().filter(d -> !relay(d)).toList(), ordered);
            if (!relay.isEmpty()) {
                if (relay.size() < ordered.size()) {
                    session.say("");
                }
                session.say("Relay: logins of this host elsewhere");
                table(relay, ordered);
            }
        }
        return Exit.DONE;
    }

    private static boolean relay(Map<String, Object> document) {
        return Kind.RELAY.text().equals(document.get("kind"));
    }

    private void table(List<Map<String, Object>> shown, List<Map<String, Object>> ordered) {
        if (!shown.isEmpty()) {
            Table table = new Table(session.plan().look(), 36);
            table.row("SEVERITY", "KIND", "STATE", "LAST SEEN", "FAILED", "INCIDENT", "TITLE");
            for (Map<String, Object> d : shown) {
                table.row(String.valueOf(d.get("severity")).toUpperCase(Locale.ROOT), d.get("kind"), d.get("state"),
                    String.valueOf(d.get("last_seen")).substring(0, 16).replace('T', ' '), d.get("failures"),
                    shortest(String.valueOf(d.get("incident_id")), ordered), d.get("title"));
            }
            table.lines().forEach(session::say);
        }
    }

    /** As much of an id as tells it from the others in the list, and a little more. */
    private static String shortest(String id, List<Map<String, Object>> all) {
        int length = 9;
        while (length < id.length() && unclear(id.substring(0, length), all)) {
            length++;
        }
        return id.substring(0, Math.min(length, id.length()));
    }

    private static boolean unclear(String prefix, List<Map<String, Object>> all) {
        return all.stream().filter(d -> String.valueOf(d.get("incident_id")).startsWith(prefix)).count() > 1;
    }

    /** Shows some in full. */
    int show(List<String> ids) throws IOException, DefinitionException {
        if (ids.isEmpty()) {
            throw new Refusal("incidents show: ID is missing; 'saslscope incidents' lists them");
        }
        List<Map<String, Object>> found = new ArrayList<>();
        boolean all = true;
        try (StoredEvents events = Storage.read(session)) {
            for (String id : ids) {
                List<Map<String, Object>> matching = find(events, id);
                if (matching.size() > 1) {
                    throw new Refusal("incidents show " + Shown.of(id) + ": " + matching.size() + " incidents begin so; write more of the id");
                }
                if (matching.isEmpty()) {
                    session.note(Shown.of(id) + ": no such incident; 'saslscope incidents' lists them");
                    all = false;
                }
                found.addAll(matching);
            }
        }
        if (!found.isEmpty() && !documents(found)) {
            IncidentBlock block = new IncidentBlock(session.plan().look(), session.definitions()::title);
            for (int i = 0; i < found.size(); i++) {
                if (i > 0) {
                    session.say("");
                }
                Incident incident = IncidentFields.parse(found.get(i));
                block.lines(incident, true).forEach(session::say);
            }
        }
        return all ? Exit.DONE : Exit.NO;
    }

    private List<Map<String, Object>> find(StoredEvents events, String id) {
        Map<String, Object> exact = events.get("incident", id);
        if (exact != null) {
            return List.of(exact);
        }
        List<Map<String, Object>> matching = new ArrayList<>();
        events.each(Searching.search(session, List.of()).among("incident"), d -> {
            if (String.valueOf(d.get("incident_id")).startsWith(id)) {
                matching.add(d);
            }
            return true;
        });
        return matching;
    }

    private boolean documents(List<Map<String, Object>> documents) throws IOException {
        Plan.Output output = session.plan().output();
        if (output == null || output == Plan.Output.TEXT) {
            return false;
        }
        try (DocumentWriter writer = output == Plan.Output.JSONL ? new JsonLines(session.out()) : Shape.INCIDENTS.csv(session.out())) {
            for (Map<String, Object> document : documents) {
                writer.write(document);
            }
        }
        return true;
    }
}
