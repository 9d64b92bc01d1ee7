package saslscope.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import saslscope.index.StoredEvents.Bin;
import saslscope.index.StoredEvents.Count;
import saslscope.source.LogFile;
import saslscope.source.Position;

/** What every store must do; each kind of store runs it. */
abstract class EventStoreContract {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** Opens the store of this test for writing: the same one every time. */
    abstract EventStore write();

    /** Opens the same store for searching. */
    abstract StoredEvents read();

    /** Ends a writer as a crash would, and makes the store free for the next writer. */
    abstract void crash(EventStore store);

    static QueryText q(String text) {
        return QueryText.parse(text, NOW, ZoneOffset.UTC);
    }

    static List<String> ids(List<Map<String, Object>> documents) {
        return documents.stream().map(d -> (String) d.get("event.id")).toList();
    }

    private static Instant time(Map<String, Object> document) {
        return OffsetDateTime.parse((String) document.get("@timestamp")).toInstant();
    }

    private void store(List<Map<String, Object>> documents) {
        try (EventStore store = write()) {
            documents.forEach(store::put);
            store.commit(Checkpoint.NONE);
        }
    }

    private void store(int count) {
        store(IntStream.range(0, count).mapToObj(Docs::attempt).toList());
    }

    @Test
    void aDocumentComesBackAsItWasStored() {
        Map<String, Object> attempt = Docs.attempt(12);
        store(List.of(attempt));
        try (StoredEvents events = read()) {
            Map<String, Object> back = events.search(Search.of(QueryText.ALL), 10).getFirst();
            assertEquals(attempt, back);
            assertEquals(List.copyOf(attempt.keySet()), List.copyOf(back.keySet()));
            assertEquals(attempt, events.get("attempt", Docs.id(12)));
        }
    }

    @Test
    void hostileTextComesBackUnchanged() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String s : Hostile.all(7)) {
            Map<String, Object> m = Docs.attempt(all.size());
            String text = s.isEmpty() ? "-" : s;
            m.put("user.name", text);
            m.put("event.reason", text + text);
            m.put("service.name", "postfix/" + text);
            m.put("event.original", "Nov 20 10:00:00 mail x[4711]: \u0001\u0002\u0003\u0004\u0005\u0006\u0007 " + text + ", sasl_username=" + text + ": " + text);
            m.put("key " + text, Map.of(text, List.of(text, true, 5L, 2.5)));
            all.add(m);
        }
        store(all);
        try (StoredEvents events = read()) {
            for (Map<String, Object> m : all) {
                assertEquals(m, events.get("attempt", (String) m.get("event.id")));
            }
        }
    }

    @Test
    void timesNumbersAndIdsInTextComeBackWithEveryDigit() {
        List<Map<String, Object>> all = new ArrayList<>();
        Random random = new Random(11);
        for (String time : List.of("2026-11-05T00:00:00+01:00", "2026-11-05T00:00:00.5+01:00", "2026-11-05T07:08:09.000001Z",
            "2026-11-05T07:08:09.120Z", "2026-02-28T23:59:59.123456789-11:30", "1969-12-31T23:59:59.999999Z", "2026-11-05T07:08Z",
            "2026-11-05T07:08:09+05:53:28", "no time at all", "0001-01-01T00:00:00Z", "+12345-01-01T00:00:00Z")) {
            for (int i = 0; i < 40; i++) {
                Map<String, Object> m = Docs.attempt(all.size());
                m.put("@timestamp", time);
                StringBuilder line = new StringBuilder(time).append(" Nov  5 07:08:09 Nov 05 07:08:09 07:08:09.120 ");
                for (int j = 0; j < 30; j++) {
                    line.append(Long.toString(random.nextLong() >>> random.nextInt(64), random.nextBoolean() ? 10 : 16));
                    line.append(" :.,-a0".charAt(random.nextInt(7)));
                    line.append(random.nextInt(100)).append(':').append(random.nextInt(100)).append(':').append(random.nextInt(100));
                }
                m.put("event.original", line.toString());
                m.put("process.pid", random.nextLong());
                all.add(m);
            }
        }
        store(all);
        try (StoredEvents events = read()) {
            assertEquals(all.size(), events.count(Search.of(QueryText.ALL)));
            for (Map<String, Object> m : all) {
                assertEquals(m, events.get("attempt", (String) m.get("event.id")));
            }
        }
    }

    @Test
    void veryLongValuesAreKeptWhole() {
        Map<String, Object> m = Docs.attempt(1);
        m.put("user.name", "u".repeat(100_000));
        m.put("event.original", "word ".repeat(50_000));
        m.put("event.reason", "\ud83d\ude00".repeat(20_000));
        store(List.of(m));
        try (StoredEvents events = read()) {
            assertEquals(List.of(m), events.search(Search.of(q("word AND user:uuu*")), 5));
        }
    }

    @Test
    void puttingADocumentAgainReplacesIt() {
        try (EventStore store = write()) {
            IntStream.range(0, 1000).mapToObj(Docs::attempt).forEach(store::put);
            Map<String, Object> better = Docs.attempt(3);
            better.put("diagnosis.certainty", "determined");
            store.put(better);
            store.commit(Checkpoint.NONE);
            IntStream.range(0, 1000).mapToObj(Docs::attempt).filter(d -> !d.get("event.id").equals(Docs.id(3))).forEach(store::put);
            store.commit(Checkpoint.NONE);
        }
        try (StoredEvents events = read()) {
            assertEquals(1000, events.count(Search.of(QueryText.ALL)));
            assertEquals(List.of(Docs.id(3)), ids(events.search(Search.of(q("certainty:determined")), 5)));
        }
    }

    @Test
    void attemptEventAndIncidentMayHaveOneId() {
        store(List.of(Docs.attempt(1), Docs.event(1), Docs.incident(Docs.id(1), Docs.START, "open")));
        try (StoredEvents events = read()) {
            assertEquals("attempt", events.get("attempt", Docs.id(1)).get("doc.type"));
            assertEquals("event", events.get("event", Docs.id(1)).get("doc.type"));
            assertEquals("open", events.get("incident", Docs.id(1)).get("state"));
            assertEquals(3, events.count(Search.of(q("id:" + Docs.id(1))).among("attempt", "event", "incident")));
            assertNull(events.get("attempt", Docs.id(2)));
        }
    }

    @Test
    void attemptsAreSearchedUnlessAnotherTypeIsNamed() {
        store(List.of(Docs.attempt(1), Docs.event(2), Docs.incident("i7", Docs.START, "open")));
        try (StoredEvents events = read()) {
            assertEquals(List.of(Docs.id(1)), ids(events.search(Search.of(QueryText.ALL), 9)));
            assertEquals(List.of(Docs.id(2)), ids(events.search(Search.of(q("type:event")), 9)));
            assertEquals(1, events.count(Search.of(q("type:incident AND user:bob ip:192.0.2.0/24"))));
            assertEquals(2, events.count(Search.of(QueryText.ALL).among("event", "incident")));
            assertEquals(1, events.count(Search.of(q("type:event user:alice pattern:smtpd_sasl_*"))));
        }
    }

    @Test
    void anIncidentIsUpdatedInPlace() {
        try (EventStore store = write()) {
            store.put(Docs.incident("i1", Docs.START, "open"));
            store.commit(Checkpoint.NONE);
            store.put(Docs.incident("i1", Docs.START.plusSeconds(5), "quiet"));
            store.put(Docs.incident("i1", Docs.START.plusSeconds(9), "closed"));
            store.commit(Checkpoint.NONE);
        }
        try (StoredEvents events = read()) {
            assertEquals(1, events.count(Search.of(q("type:incident"))));
            assertEquals("closed", events.get("incident", "i1").get("state"));
        }
    }

    @Test
    void whatWasPutIsKnownBeforeAndAfterTheCommit() {
        try (EventStore store = write()) {
            assertFalse(store.contains("attempt", Docs.id(1)));
            for (int i = 0; i < 700; i++) {
                store.put(Docs.attempt(i));
            }
            assertTrue(store.contains("attempt", Docs.id(1)));
            assertTrue(store.contains("attempt", Docs.id(699)));
            assertFalse(store.contains("event", Docs.id(1)));
            assertFalse(store.contains("attempt", Docs.id(700)));
            assertEquals(700, store.unstored());
            store.commit(Checkpoint.NONE);
            assertEquals(0, store.unstored());
        }
        try (EventStore store = write()) {
            assertTrue(store.contains("attempt", Docs.id(1)));
            assertFalse(store.contains("attempt", Docs.id(700)));
            store.put(Docs.incident("i1", Docs.START, "open"));
            assertTrue(store.contains("incident", "i1"));
        }
    }

    @Test
    void whatIsOlderIsForgottenWithTheNextCommit() {
        store(100);
        Instant before = Docs.START.plusSeconds(60L * 40);
        try (EventStore store = write()) {
            store.put(Docs.incident("old", Docs.START, "closed"));
            store.put(Docs.incident("new", before, "open"));
            store.put(Docs.event(7));
            store.put(Docs.attempt(100));
            assertEquals(42, store.forget(before), "what is not committed yet is old too");
            try (StoredEvents events = read()) {
                assertEquals(100, events.count(Search.of(QueryText.ALL)), "not before the commit");
            }
            store.commit(Checkpoint.NONE);
            assertEquals(0, store.forget(before));
            store.put(Docs.attempt(3));
            store.commit(Checkpoint.NONE);
        }
        try (StoredEvents events = read()) {
            assertEquals(62, events.count(Search.of(QueryText.ALL)), "what comes again is stored again");
            assertEquals(Docs.id(40), ids(events.search(Search.of(QueryText.ALL).by(Order.OLDEST), 2)).getLast());
            assertNull(events.get("incident", "old"));
            assertEquals("open", events.get("incident", "new").get("state"));
            assertNull(events.get("event", Docs.id(7)));
        }
    }

    @Test
    void theOldestGoWhenTheStoreIsTooLarge() {
        try (EventStore store = write()) {
            store.forget(Docs.START);
            assertEquals(0, store.fit(1), "nothing is there");
            IntStream.range(0, 8000).mapToObj(Docs::attempt).forEach(store::put);
            store.commit(Checkpoint.NONE);
            assertEquals(0, store.fit(1L << 40));
            long deleted = store.fit(400_000);
            assertTrue(deleted > 1000 && deleted < 8000, "deleted " + deleted);
            store.commit(Checkpoint.NONE);
            assertEquals(0, store.fit(400_000), "once is enough");
            store.commit(Checkpoint.NONE);
            try (StoredEvents events = read()) {
                assertEquals(8000 - deleted, events.count(Search.of(QueryText.ALL)));
                assertEquals(Docs.id(7999), ids(events.search(Search.of(QueryText.ALL), 1)).getFirst(), "the newest stay");
                assertEquals(Docs.id(deleted), ids(events.search(Search.of(QueryText.ALL).by(Order.OLDEST), 1)).getFirst());
            }
        }
    }

    @Test
    void aCheckpointComesBackWithTheDocumentsOfItsCommit() {
        Checkpoint checkpoint = new Checkpoint(
            List.of(new Position(new LogFile("/var/log/mail\"log", -5), 123_456_789_012L, 42), new Position(new LogFile("b", 7), 0, 1)),
            Map.of("ledger", "{\"read\":5}", "incidents", "[\"\u0000\ud83d\ude00\"]"));
        try (EventStore store = write()) {
            assertEquals(Checkpoint.NONE, store.checkpoint());
            store.put(Docs.attempt(1));
            store.commit(checkpoint);
            assertEquals(checkpoint, store.checkpoint());
            store.put(Docs.attempt(2));
        }
        try (EventStore store = write()) {
            assertEquals(checkpoint, store.checkpoint());
            assertFalse(store.contains("attempt", Docs.id(2)));
        }
        try (StoredEvents events = read()) {
            assertEquals(checkpoint, events.checkpoint());
            assertEquals(1, events.count(Search.of(QueryText.ALL)));
        }
    }

    @Test
    void aCheckpointAloneIsStoredToo() {
        Checkpoint checkpoint = new Checkpoint(List.of(), Map.of("ledger", "5"));
        try (EventStore store = write()) {
            store.commit(checkpoint);
        }
        try (EventStore store = write()) {
            assertEquals(checkpoint, store.checkpoint());
        }
    }

    @Test
    void afterACrashExactlyTheLastCommitIsThere() {
        Random random = new Random(3);
        int next = 0;
        int committed = 0;
        for (int round = 0; round < 5; round++) {
            EventStore store = write();
            assertEquals(Integer.toString(committed), store.checkpoint().state().getOrDefault("next", "0"));
            // The tail is read again after a crash.
            next = committed;
            for (int n = random.nextInt(2000); n > 0; n--) {
                store.put(Docs.attempt(next++));
                if (random.nextInt(500) == 0) {
                    store.commit(new Checkpoint(List.of(), Map.of("next", Integer.toString(next))));
                    committed = next;
                }
            }
            crash(store);
        }
        try (StoredEvents events = read()) {
            assertEquals(committed, events.count(Search.of(QueryText.ALL)));
        }
    }

    @Test
    void aSecondWriterIsTurnedAwayAndMayComeLater() {
        EventStore first = write();
        IndexException e = assertThrows(IndexException.class, this::write);
        assertEquals(IndexException.Kind.BUSY, e.kind());
        assertTrue(e.getMessage().contains("already being written by another saslscope"), e.getMessage());
        first.close();
        write().close();
    }

    @Test
    void aReaderSeesCommitsWhileTheWriterGoesOn() {
        try (EventStore store = write(); StoredEvents events = read()) {
            assertEquals(0, events.count(Search.of(QueryText.ALL)));
            assertEquals(List.of(), events.search(Search.of(QueryText.ALL), 10));
            store.put(Docs.attempt(1));
            assertFalse(events.refresh());
            store.commit(new Checkpoint(List.of(), Map.of("n", "1")));
            assertEquals(0, events.count(Search.of(QueryText.ALL)));
            assertTrue(events.refresh());
            assertEquals(1, events.count(Search.of(QueryText.ALL)));
            assertEquals(Map.of("n", "1"), events.checkpoint().state());
            assertFalse(events.refresh());
        }
    }

    @Test
    void theWriterItselfSeesWhatIsNotCommitted() {
        try (EventStore store = write()) {
            store.put(Docs.attempt(1));
            try (StoredEvents events = store.events()) {
                assertEquals(1, events.count(Search.of(QueryText.ALL)));
            }
            store.put(Docs.attempt(2));
            try (StoredEvents events = store.events()) {
                assertEquals(2, events.count(Search.of(QueryText.ALL)));
            }
        }
    }

    @Test
    void newestComesFirstAndEqualTimesGoByLine() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            all.add(Docs.attempt(i, Docs.START.plusSeconds(i / 10), "alice", "192.0.2.7", "PLAIN", "wrong-realm", "mail"));
        }
        java.util.Collections.shuffle(all, new Random(5));
        try (EventStore store = write()) {
            for (int i = 0; i < all.size(); i++) {
                store.put(all.get(i));
                if (i % 700 == 0) {
                    store.commit(Checkpoint.NONE);
                }
            }
            store.commit(Checkpoint.NONE);
        }
        List<String> expected = IntStream.range(0, 3000).mapToObj(i -> Docs.id(2999 - i)).toList();
        try (StoredEvents events = read()) {
            assertEquals(expected.subList(0, 25), ids(events.search(Search.of(q("user:alice")), 25)));
            assertEquals(expected, ids(events.search(Search.of(QueryText.ALL), 10_000)));
            assertEquals(expected.reversed(), ids(events.search(Search.of(QueryText.ALL).by(Order.OLDEST), 10_000)));
            assertEquals(List.of(), events.search(Search.of(QueryText.ALL), 0));
        }
    }

    @Test
    void everyDocumentIsHandedOverOnceHoweverMany() {
        List<Map<String, Object>> all = new ArrayList<>();
        Random random = new Random(8);
        for (int i = 0; i < 12_345; i++) {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("doc.type", "attempt");
            m.put("event.id", Docs.id(i));
            if (i % 50 != 0) {
                m.put("@timestamp", Docs.time(Docs.START.plusSeconds(random.nextInt(500))));
                m.put("log.offset", (long) random.nextInt(10));
            }
            all.add(m);
        }
        store(all);
        try (StoredEvents events = read()) {
            for (Order order : List.of(Order.NEWEST, Order.OLDEST, Order.of("-offset"))) {
                List<String> seen = new ArrayList<>();
                events.each(Search.of(QueryText.ALL).by(order), d -> seen.add((String) d.get("event.id")));
                assertEquals(12_345, seen.size());
                assertEquals(12_345, seen.stream().distinct().count());
            }
            List<Object> some = new ArrayList<>();
            events.each(Search.of(QueryText.ALL), d -> {
                some.add(d);
                return some.size() < 7;
            });
            assertEquals(7, some.size());
        }
    }

    @Test
    void resultsCanBeSortedByAField() {
        store(200);
        try (StoredEvents events = read()) {
            List<Object> users = events.search(Search.of(QueryText.ALL).by(Order.of("user")), 500).stream().map(d -> d.get("user.name")).toList();
            assertEquals(users.stream().map(String.class::cast).sorted().toList(), users);
            List<Map<String, Object>> ports = events.search(Search.of(QueryText.ALL).by(Order.of("-port")), 3);
            assertEquals(List.of(Docs.id(199), Docs.id(198), Docs.id(197)), ids(ports));
        }
    }

    @Test
    void timeLimitsIncludeTheStartAndExcludeTheEnd() {
        store(10);
        try (StoredEvents events = read()) {
            Instant third = Docs.START.plusSeconds(180);
            assertEquals(7, events.count(Search.of(QueryText.ALL).between(third, null)));
            assertEquals(3, events.count(Search.of(QueryText.ALL).between(null, third)));
            assertEquals(List.of(Docs.id(3)), ids(events.search(Search.of(QueryText.ALL).between(third, third.plusNanos(1000)), 5)));
            assertEquals(0, events.count(Search.of(QueryText.ALL).between(third, third)));
            assertEquals(10, events.count(Search.of(QueryText.ALL).between(Instant.MIN, Instant.MAX)));
        }
    }

    @Test
    void answersEqualThoseOfAPlainSearchThroughAList() {
        Random random = new Random(17);
        List<Map<String, Object>> inOrderOfArrival = Docs.random(random, 3000);
        List<Map<String, Object>> all = inOrderOfArrival.stream()
            .sorted(Comparator.<Map<String, Object>, Instant>comparing(EventStoreContract::time)
                .thenComparing(d -> (Long) d.get("log.offset")).reversed()).toList();
        try (EventStore store = write()) {
            for (Map<String, Object> d : inOrderOfArrival) {
                store.put(d);
                if (random.nextInt(400) == 0) {
                    store.commit(Checkpoint.NONE);
                }
            }
            store.commit(Checkpoint.NONE);
        }
        try (StoredEvents events = read()) {
            for (int round = 0; round < 300; round++) {
                Naive naive = Naive.random(random, 0);
                String text = naive.text();
                List<Map<String, Object>> expected = all.stream().filter(naive.test()).toList();
                Search search = Search.of(q(text));
                assertEquals(expected.size(), events.count(search), text);
                assertEquals(ids(expected).stream().limit(10).toList(), ids(events.search(search, 10)), text);
                Map<String, Long> byUser = expected.stream().collect(Collectors.groupingBy(d -> (String) d.get("user.name"), TreeMap::new, Collectors.counting()));
                StoredEvents.Values values = events.by(search, Schema.USER, 100);
                assertEquals(byUser, values.top().stream().collect(Collectors.toMap(Count::value, Count::count)), text);
                assertEquals(byUser.size(), values.distinct());
                assertEquals(expected.size(), values.having());
                long bins = events.histogram(search, Interval.of("1h"), ZoneOffset.UTC).stream().mapToLong(Bin::count).sum();
                assertEquals(expected.size(), bins, text);
            }
        }
    }

    @Test
    void topValuesAreRankedAndCountedExactly() {
        store(105);
        try (StoredEvents events = read()) {
            StoredEvents.Values users = events.by(Search.of(QueryText.ALL), Schema.USER, 2);
            assertEquals(List.of(new Count("alice", 27), new Count("Dave", 26)), users.top());
            assertEquals(4, users.distinct());
            assertEquals(List.of(new Count("192.0.2.7", 21), new Count("192.0.2.200", 21)), events.by(Search.of(QueryText.ALL), Schema.IP, 2).top());
            assertEquals(List.of(new Count("user-not-in-sasldb", 105), new Count("password-mismatch", 35)),
                events.by(Search.of(QueryText.ALL), Schema.CANDIDATE, 2).top());
            assertEquals(List.of(new Count("30000", 1)), events.by(Search.of(QueryText.ALL), Schema.PORT, 1).top());
            assertEquals(52, events.by(Search.of(QueryText.ALL), Schema.DOMAIN, 5).having());
        }
    }

    @Test
    void histogramsFollowTheLocalClock() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        // On 25 October 2026 the clocks went back: that day has 25 hours.
        List<Map<String, Object>> all = new ArrayList<>();
        Instant start = Instant.parse("2026-10-24T10:00:00Z");
        for (int i = 0; i < 48; i++) {
            all.add(Docs.attempt(i, start.plus(Duration.ofHours(i)), "alice", "192.0.2.7", "PLAIN", "wrong-realm", "mail"));
        }
        store(all);
        try (StoredEvents events = read()) {
            Function<String, List<Long>> counts = interval -> events.histogram(Search.of(QueryText.ALL), Interval.of(interval), berlin)
                .stream().map(Bin::count).toList();
            assertEquals(List.of(12L, 25L, 11L), counts.apply("1d"));
            assertEquals(java.util.Collections.nCopies(48, 1L), counts.apply("1h"));
            // Twelve hours each, but the long day has a third bin of one hour.
            assertEquals(List.of(12L, 12L, 12L, 1L, 11L), counts.apply("12h"));
            assertEquals(List.of(37L, 11L), counts.apply("1w"));
            List<Bin> sparse = events.histogram(Search.of(q("port:(30000 OR 30003)")), Interval.of("1h"), berlin);
            assertEquals(List.of(1L, 0L, 0L, 1L), sparse.stream().map(Bin::count).toList());
            assertEquals(start, sparse.getFirst().from());
            assertEquals(List.of(), events.histogram(Search.of(q("user:nobody")), Interval.of("1h"), berlin));
            assertThrows(QueryProblem.class, () -> events.histogram(Search.of(QueryText.ALL), Interval.of("1s"), berlin));
        }
    }

    /** A random query and the same as a test of a map. */
    record Naive(String text, Predicate<Map<String, Object>> test) {
        static Naive random(Random random, int depth) {
            int kind = random.nextInt(depth > 2 ? 8 : 11);
            return switch (kind) {
                case 0 -> {
                    String user = Docs.pick(random, List.of("alice", "Dave", "x", "bob@example.com"));
                    yield new Naive("user:" + user, d -> d.get("user.name").equals(user));
                }
                case 1 -> new Naive("user:bob", d -> d.get("user.name").equals("bob@example.com"));
                case 2 -> new Naive("ip:192.0.2.0/24", d -> ((String) d.get("source.ip")).startsWith("192.0.2."));
                case 3 -> {
                    String mech = Docs.pick(random, Docs.MECHS);
                    yield new Naive("mech:" + (random.nextBoolean() ? mech : mech.toLowerCase(java.util.Locale.ROOT)), d -> d.get("sasl.mechanism").equals(mech));
                }
                case 4 -> new Naive("host:mx2.*", d -> d.get("host.name").equals("MX2.example.com"));
                case 5 -> {
                    Instant from = Instant.parse("2026-11-21T00:00:00Z");
                    yield new Naive("time:[2026-11-21 TO 2026-11-22]", d -> {
                        Instant at = time(d);
                        return !at.isBefore(from) && at.isBefore(from.plus(Duration.ofDays(2)));
                    });
                }
                case 6 -> {
                    int port = 30_000 + random.nextInt(3000);
                    yield new Naive("port:[" + port + " TO *]", d -> (Long) d.get("source.port") >= port);
                }
                case 7 -> {
                    String mech = Docs.pick(random, Docs.MECHS);
                    yield new Naive("\"sasl " + mech + " authentication\"", d -> ((String) d.get("event.original")).contains("SASL " + mech + " auth"));
                }
                case 8 -> {
                    Naive a = random(random, depth + 1);
                    Naive b = random(random, depth + 1);
                    Naive c = random(random, depth + 1);
                    yield new Naive("(" + a.text + " OR " + b.text + (random.nextBoolean() ? " AND " : " ") + c.text + ")",
                        a.test.or(b.test.and(c.test)));
                }
                case 9 -> {
                    Naive a = random(random, depth + 1);
                    Naive b = random(random, depth + 1);
                    yield new Naive("(" + a.text + (random.nextBoolean() ? " -" : " AND NOT ") + b.text + ")", a.test.and(b.test.negate()));
                }
                default -> {
                    Naive a = random(random, depth + 1);
                    yield new Naive("(NOT " + a.text + ")", a.test.negate());
                }
            };
        }
    }
}
