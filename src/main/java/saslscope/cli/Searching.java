package saslscope.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import saslscope.export.DocumentWriter;
import saslscope.export.JsonLines;
import saslscope.export.Shape;
import saslscope.flow.Fields;
import saslscope.index.Interval;
import saslscope.index.Order;
import saslscope.index.QueryText;
import saslscope.index.Schema;
import saslscope.index.Search;
import saslscope.index.StoredEvents;

/** Searches the store, and shows what it finds. */
final class Searching {
    private static final int LIMIT = 20;
    private static final int REMEMBERED = 20_000;
    /** More empty spans in a row than these are not drawn one by one. */
    private static final int FEW_EMPTY = 6;
    private static final DateTimeFormatter BIN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Session session;
    private final SearchCommand options;

    Searching(Session session, SearchCommand options) {
        this.session = session;
        this.options = options;
    }

    /** The search that the words and the common options ask for. */
    static Search search(Session session, List<String> words) {
        Plan plan = session.plan();
        QueryText query = QueryText.parse(String.join(" ", words), session.surroundings().time().instant(), plan.zone());
        return Search.of(query).between(plan.since(), plan.until());
    }

    int run() throws IOException {
        int limit = Numbers.of("--limit", options.limit, LIMIT);
        long answers = (options.count ? 1 : 0) + (options.by != null ? 1 : 0) + (options.histogram != null ? 1 : 0) + (options.follow ? 1 : 0);
        if (answers > 1) {
            throw new Refusal("search: --count, --by, --histogram and --follow are different answers; choose one");
        }
        Search search = search(session, options.query);
        if (options.sort != null) {
            search = search.by(Order.of(options.sort));
        }
        Interval interval = options.histogram == null ? null : Interval.of(options.histogram);
        Schema by = options.by == null ? null : Schema.countable(options.by);
        try (StoredEvents events = Storage.read(session)) {
            if (options.count) {
                long n = events.count(search);
                try (DocumentWriter writer = writer("count")) {
                    if (writer != null) {
                        writer.write(Map.of("count", n));
                    } else {
                        session.say(Long.toString(n));
                    }
                }
                return n == 0 ? Exit.NO : Exit.DONE;
            }
            if (by != null) {
                return values(events.by(search, by, limit == 0 ? Integer.MAX_VALUE : limit), by, events.count(search));
            }
            if (interval != null) {
                return histogram(events.histogram(search, interval, session.plan().zone()));
            }
            return options.follow ? follow(events, search, limit) : found(events, search, limit);
        }
    }

    private int found(StoredEvents events, Search search, int limit) throws IOException {
        long[] n = {0};
        try (Rows rows = new Rows(session)) {
            events.each(search, document -> {
                rows.add(document);
                return ++n[0] != (limit == 0 ? -1 : limit);
            });
        }
        if (n[0] == 0) {
            return nothing();
        }
        if (n[0] == limit && text()) {
            long all = events.count(search);
            if (all > limit) {
                session.hint(limit + " of " + all + " shown; --limit=0 shows all");
            }
        }
        return Exit.DONE;
    }

    private int nothing() {
        session.hint("nothing found" + (session.plan().since() != null || session.plan().until() != null ? " in that span of time" : ""));
        return Exit.NO;
    }

    private boolean text() {
        return session.plan().output() == null || session.plan().output() == Plan.Output.TEXT;
    }

    private int follow(StoredEvents events, Search search, int limit) throws IOException {
        Set<String> seen = new LinkedHashSet<>();
        int count = Math.max(limit, LIMIT);
        boolean more = true;
        try (Rows rows = new Rows(session)) {
            while (!session.surroundings().stop().getAsBoolean()) {
                if (more) {
                    List<Map<String, Object>> latest = new ArrayList<>(events.search(search.by(Order.NEWEST), count));
                    Collections.reverse(latest);
                    for (Map<String, Object> document : latest) {
                        if (seen.add(document.get("doc.type") + " " + document.get("event.id") + document.get("last_seen"))) {
                            rows.add(document);
                        }
                    }
                    rows.show();
                    while (seen.size() > REMEMBERED) {
                        seen.remove(seen.iterator().next());
                    }
                    count = 1000;
                }
                LockSupport.parkNanos(500_000_000L);
                more = events.refresh();
            }
        }
        return Exit.DONE;
    }

    private int values(StoredEvents.Values values, Schema by, long all) throws IOException {
        try (DocumentWriter writer = writer(by.field(), "count")) {
            int width = values.top().isEmpty() ? 0 : Long.toString(values.top().getFirst().count()).length();
            for (StoredEvents.Count c : values.top()) {
                if (writer != null) {
                    Map<String, Object> document = new LinkedHashMap<>();
                    document.put(by.field(), c.value());
                    document.put("count", c.count());
                    writer.write(document);
                } else {
                    session.say(String.format(Locale.ROOT, "%" + width + "d  %s", c.count(), Shown.of(c.value())));
                }
            }
        }
        if (values.top().isEmpty()) {
            return nothing();
        }
        if (values.distinct() > values.top().size() && text()) {
            session.hint(values.top().size() + " of " + values.distinct() + " values shown; --limit=0 shows all");
        }
        if (values.having() < all && text()) {
            session.hint("without " + by.field() + ": " + (all - values.having()) + " of " + all);
        }
        return Exit.DONE;
    }

    private int histogram(List<StoredEvents.Bin> bins) throws IOException {
        long most = bins.stream().mapToLong(StoredEvents.Bin::count).max().orElse(0);
        ZoneId zone = session.plan().zone();
        int width = Long.toString(most).length();
        int room = session.plan().look().width() - 16 - width - 4;
        try (DocumentWriter writer = writer("from", "to", "count")) {
            for (int i = 0; i < bins.size(); i++) {
                StoredEvents.Bin bin = bins.get(i);
                int empty = writer == null ? emptyFrom(bins, i) : 0;
                if (empty > FEW_EMPTY) {
                    session.say("   (" + empty + " spans without any)");
                    i += empty - 1;
                } else if (writer != null) {
                    Map<String, Object> document = new LinkedHashMap<>();
                    document.put("from", at(bin.from(), zone));
                    document.put("to", at(bin.to(), zone));
                    document.put("count", bin.count());
                    writer.write(document);
                } else {
                    int bar = (int) Math.ceilDiv(bin.count() * room, Math.max(1, most));
                    session.say(String.format(Locale.ROOT, "%s  %" + width + "d  %s", BIN.format(bin.from().atZone(zone)),
                        bin.count(), session.plan().look().bar().repeat(bar)).stripTrailing());
                }
            }
        }
        return most == 0 ? nothing() : Exit.DONE;
    }

    private static int emptyFrom(List<StoredEvents.Bin> bins, int from) {
        int n = 0;
        while (from + n < bins.size() && bins.get(from + n).count() == 0) {
            n++;
        }
        return n;
    }

    private static String at(Instant instant, ZoneId zone) {
        return Fields.time(instant.atZone(zone).toOffsetDateTime());
    }

    /** For counted answers; null for text. */
    private DocumentWriter writer(String... columns) throws IOException {
        if (text()) {
            return null;
        }
        return session.plan().output() == Plan.Output.JSONL ? new JsonLines(session.out())
            : Shape.csv(session.out(), List.of(columns));
    }
}
