package saslscope.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import saslscope.Fuzz;

class QueryTextTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    @TempDir
    private static Path temp;
    private static StoredEvents events;

    /** Six attempts, a to f. */
    @BeforeAll
    static void store() {
        try (EventStore store = LuceneStore.write(temp)) {
            put(store, "a", "2026-11-20T23:59:59.999999Z", "alice", "192.0.2.7", "PLAIN", "wrong-realm", "mail.example.com",
                "warning: unknown[192.0.2.7]: SASL PLAIN authentication failed: generic failure");
            put(store, "b", "2026-11-21T00:00:00Z", "alice@example.com", "192.0.2.255", "LOGIN", "password-mismatch", "mail.example.com",
                "warning: unknown[192.0.2.255]: SASL LOGIN authentication failed: UGFzc3dvcmQ6");
            put(store, "c", "2026-11-21T12:00:00Z", "Alice", "192.0.3.0", "CRAM-MD5", "wrong-realm", "MX",
                "warning: cannot open /etc/sasldb2: Permission denied");
            put(store, "d", "2026-11-22T00:00:00Z", "bob", "2001:db8::7", "PLAIN", "wrong-realm", "mx",
                "NOQUEUE: reject: RCPT from unknown[2001:db8::7]: 554 5.7.1 <x@y.example>: Relay access denied");
            put(store, "e", "2026-11-22T11:00:00Z", "a+b=c/d", "2001:db8:1::1", "SCRAM-SHA-256", "saslauthd-not-running", "mx",
                "cannot connect to saslauthd server: No such file or directory");
            put(store, "f", "2026-11-22T11:59:00Z", "eve \"x\":*", "203.0.113.9", "PLAIN", "password-mismatch", "mx", "пароль: вход отклонён");
            store.commit(Checkpoint.NONE);
        }
        events = LuceneStore.read(temp);
    }

    @AfterAll
    static void close() {
        events.close();
    }

    private static void put(EventStore store, String id, String time, String user, String ip, String mech, String cause, String host, String line) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("doc.type", "attempt");
        m.put("event.id", id);
        m.put("@timestamp", time);
        m.put("event.outcome", "failure");
        m.put("event.reason", line.substring(line.lastIndexOf(':') + 2));
        m.put("user.name", user);
        m.put("source.ip", ip);
        m.put("source.port", 1000L + id.charAt(0));
        m.put("sasl.mechanism", mech);
        m.put("host.name", host);
        m.put("service.name", id.equals("a") ? "postfix/submission/smtpd" : "postfix/smtpd");
        m.put("diagnosis.cause", cause);
        m.put("diagnosis.candidates", List.of(Map.of("cause", cause), Map.of("cause", "user-not-in-sasldb")));
        m.put("event.original", "Nov 20 10:00:00 " + host + " postfix/smtpd[4711]: " + line);
        store.put(m);
    }

    private static String found(String query) {
        return found(query, ZoneOffset.UTC);
    }

    private static String found(String query, ZoneId zone) {
        StringBuilder ids = new StringBuilder();
        events.each(Search.of(QueryText.parse(query, NOW, zone)).by(Order.OLDEST), d -> ids.append(d.get("event.id")).length() < 100);
        return ids.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
        user:alice                                   ¦ ab
        user:alice@example.com                       ¦ b
        user:ALICE                                   ¦ ``
        user.name:bob                                ¦ d
        user:al*                                     ¦ ab
        user:*ice                                    ¦ abc
        user:*@example.com                           ¦ b
        user:alic                                    ¦ ``
        user:?lice                                   ¦ abc
        user:a+b=c/d                                 ¦ e
        user:"a+b=c/d"                               ¦ e
        user:"eve \\"x\\":*"                         ¦ f
        user:alise~1                                 ¦ a
        user:*                                       ¦ abcdef
        -user:*                                      ¦ ``
        *:*                                          ¦ abcdef
        *                                            ¦ abcdef
        ip:192.0.2.7                                 ¦ a
        ip:192.0.2.0/24                              ¦ ab
        ip:192.0.2.129/23                            ¦ abc
        source.ip:0.0.0.0/0                          ¦ abcf
        ip:2001:db8::7                               ¦ d
        ip:2001:DB8:0:0::7                           ¦ d
        ip:2001:db8::/32                             ¦ de
        ip:"2001:db8::/48"                           ¦ d
        ip:(2001:db8::7 OR 203.0.113.9)              ¦ df
        ip:[192.0.2.8 TO 192.0.3.0]                  ¦ bc
        ip:[2001:db8::8 TO *]                        ¦ e
        ip:::ffff:192.0.2.7                          ¦ a
        mech:plain                                   ¦ adf
        mech:(PLAIN OR login)                        ¦ abdf
        mechanism:CRAM-MD5                           ¦ c
        sasl.mechanism:scram*                        ¦ e
        host:mx                                      ¦ cdef
        host:MX                                      ¦ cdef
        host:mail.example.com                        ¦ ab
        host:[a TO m]                                ¦ ``
        host:{mail.example.com TO z}                 ¦ cdef
        service:postfix/submission/smtpd             ¦ a
        service:*/submission/*                       ¦ a
        service:postfix\\/smtpd                      ¦ bcdef
        cause:wrong-realm                            ¦ acd
        candidate:user-not-in-sasldb                 ¦ abcdef
        candidate:password-mismatch                  ¦ bf
        user:alice cause:wrong-realm                 ¦ a
        user:alice AND cause:wrong-realm             ¦ a
        user:bob OR user:alice cause:wrong-realm     ¦ ad
        (user:bob OR user:alice) cause:wrong-realm   ¦ ad
        (user:bob OR user:alice) AND -cause:wrong-realm ¦ b
        cause:wrong-realm && !user:bob               ¦ ac
        user:alice || mech:CRAM-MD5                  ¦ abc
        NOT cause:wrong-realm                        ¦ bef
        -cause:wrong-realm -cause:password-mismatch  ¦ e
        +cause:wrong-realm +mech:PLAIN               ¦ ad
        user:bob OR NOT cause:wrong-realm            ¦ bdef
        port:1098                                    ¦ b
        port:[1098 TO 1100}                          ¦ bc
        port:>5                                      ¦ !
        time:2026-11-21                              ¦ bc
        time:[2026-11-21 TO 2026-11-21]              ¦ bc
        time:{2026-11-20 TO 2026-11-22}              ¦ bc
        time:[2026-11-21 TO *]                       ¦ bcdef
        time:"2026-11-22 11:00"                      ¦ e
        time:2026-11-20T23:59:59.999999Z             ¦ a
        @timestamp:["2026-11-22 10:59" TO "2026-11-22 11:58"] ¦ e
        time:today                                   ¦ def
        time:yesterday                               ¦ bc
        time:[yesterday TO today]                    ¦ bcdef
        time:[-2h TO now]                            ¦ ef
        time:["2 hours ago" TO *]                    ¦ ef
        time:[-90min TO -30min]                      ¦ e
        authentication                               ¦ ab
        AUTHENTICATION failed                        ¦ ab
        "authentication failed"                      ¦ ab
        "failed authentication"                      ¦ ``
        "SASL authentication"~1                      ¦ ab
        authen*                                      ¦ ab
        *thentic*                                    ¦ ab
        /etc/sasldb2                                 ¦ c
        "open /etc/sasldb2"                          ¦ c
        192.0.2.255                                  ¦ b
        /etc/sasl*                                   ¦ c
        unknown[192*                                 ¦ !
        x@y.ex*                                      ¦ d
        /-*                                          ¦ ``
        192.0.2.*                                    ¦ ab
        2001:db8::7                                  ¦ d
        x@y.example                                  ¦ d
        5.7.1                                        ¦ d
        "smtpd[4711]"                                ¦ abcdef
        message:UGFzc3dvcmQ6                         ¦ b
        вход                                         ¦ f
        reason:failure                               ¦ a
        reason:"generic failure"                     ¦ a
        reason:denied                                ¦ cd
        id:a                                         ¦ a
        type:event                                   ¦ ``
        user:alice^2 AND mech:PLAIN                  ¦ a
        """)
    void aQueryFinds(String query, String ids) {
        if (ids.equals("!")) {
            assertThrows(QueryProblem.class, () -> found(query));
        } else {
            assertEquals(ids, found(query));
        }
    }

    @Test
    void timesWithoutAZoneAreLocal() {
        assertEquals("ab", found("time:2026-11-21", ZoneId.of("Europe/Berlin")).substring(0, 2));
    }

    @Test
    void anEmptyQueryFindsEverything() {
        assertEquals("abcdef", found(""));
        assertEquals("abcdef", found("  \t"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        usr:alice            | 0  | there is no field 'usr'; did you mean 'user'?           | user:alice
        mech:PLAIN usr:alice | 11 | there is no field 'usr'; did you mean 'user'?           | user:alice
        user.nam:alice       | 0  | there is no field 'user.nam'; did you mean 'user.name'? | user.name:alice
        zzzzz:1              | 0  | there is no field 'zzzzz'; put quotes around text with a colon | "zzzzz:1"
        (user:alice          | 11 | '(' is not closed                                       | mech:(PLAIN OR LOGIN)
        user:alice)          | 10 | ')' without '('                                         | mech:(PLAIN OR LOGIN)
        "authentication      | 0  | this quote is not closed                                | "authentication failed"
        time:[2026-11-01 TO  | 5  | this bracket is not closed                              | time:[2026-11-01 TO 2026-11-20]
        user:alice AND       | 14 | the query ends too early: something must follow         | user:alice AND mech:PLAIN
        user:                | 5  | the query ends too early: something must follow         | user:alice AND mech:PLAIN
        ip:192.0.2.0/33      | 3  | '/33' is not a network's length; it goes from 0 to 32   | ip:192.0.2.0/24
        ip:192.0.2           | 3  | '192.0.2' is not an address                             | ip:192.0.2.7 OR ip:2001:db8::/32
        ip:192.0.2.*         | 3  | addresses have no wildcards; name a network             | ip:192.0.2.0/24
        port:smtp            | 5  | 'smtp' is not a number                                  | port:1234
        port:[9 TO 5]        | 6  | '9' comes after '5': nothing is between them            | port:["5" TO "9"]
        user:/al.*e/         | 5  | regular expressions are not supported; '*' stands for any characters, '?' for one | user:al*e
        user:*a*b*c*d*e*f*g* | 5  | a pattern may have 6 stars and 256 characters           | user:al*e
        """)
    void aMalformedQuerySaysWhereAndShowsARightOne(String query, int position, String what, String example) {
        QueryProblem p = assertThrows(QueryProblem.class, () -> QueryText.parse(query, NOW, ZoneOffset.UTC));
        assertEquals(what, p.getMessage());
        assertEquals(position, p.position());
        assertEquals(example, p.example());
        assertEquals(query, p.query());
        QueryText.parse(p.example(), NOW, ZoneOffset.UTC);
    }

    @Test
    void aTimeThatIsNoneSaysSo() {
        QueryProblem p = assertThrows(QueryProblem.class, () -> found("user:x time:[2026-13-01 TO now]"));
        assertEquals("'2026-13-01' is not a time", p.getMessage());
        assertEquals(13, p.position());
    }

    @Test
    void unexpectedSyntaxIsPointedAtInTheOriginalText() {
        QueryProblem p = assertThrows(QueryProblem.class, () -> found("service:a/b ip:2001:db8::1 AND AND user:x"));
        assertEquals(31, p.position(), p.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:alice OR usr:bob", "by", "time", "users"})
    void suggestionsAreRightQueriesThemselves(String query) {
        try {
            found(query);
        } catch (QueryProblem p) {
            assertTrue(p.getMessage().endsWith("'user'?"));
            assertFalse(found(p.example()).isEmpty() && p.example().isEmpty());
        }
    }

    @Test
    void whatWouldTakeTooLongIsRefused() {
        assertThrows(QueryProblem.class, () -> found("a ".repeat(1500)));
        assertThrows(QueryProblem.class, () -> found("\"" + "a ".repeat(1500) + "\""));
        assertThrows(QueryProblem.class, () -> found("x".repeat(10_000)));
        assertThrows(QueryProblem.class, () -> found("(".repeat(3000) + "a" + ")".repeat(3000)));
        assertThrows(QueryProblem.class, () -> found("?".repeat(300) + "*"));
        assertEquals("", found("?*?*?*?*?*?*????????x"));
        assertEquals("", found("\"a b\"~999999999999"));
    }

    @Test
    void noQueryHoweverHostileFailsInAnyOtherWay() {
        List<String> parts = List.of("user:", "ip:", "time:", "port:", "mech:", "message:", "id:", "host:", "nofield:", "*:", "alice", "192.0.2.1",
            "2001:db8::1", "/24", "/", "AND", "OR", "NOT", "&&", "||", "+", "-", "!", "(", ")", "[", "]", "{", "}", " TO ", "\"", "~", "~2", "^", "^3",
            "*", "?", "\\", "\\u00", "\\u0041", "\\(", " ", " ", " ", "now", "-2h", "2026-11-20", "\u0000", "\ud800", "é", "\u3000", "1e999", "~0.5",
            "x".repeat(300), ">", "<=", "@", "'", ":", "::", "&", "|", "fn:", "/a.*b/", "time:[", "ip:[", "port:{", "type:");
        List<String> right = new ArrayList<>();
        Fuzz.run(10_000, random -> {
            StringBuilder s = new StringBuilder();
            for (int n = 1 + random.nextInt(9); n > 0; n--) {
                s.append(random.nextInt(20) == 0 ? Character.toString(random.nextInt(0x500)) : parts.get(random.nextInt(parts.size())));
            }
            String query = random.nextInt(4) > 0 ? s.toString() : Fuzz.mutated(random, s.toString());
            try {
                Search search = Search.of(QueryText.parse(query, NOW, ZoneOffset.UTC));
                long count = events.count(search);
                assertEquals(count, events.search(search, 10).size(), query);
                right.add(query);
            } catch (QueryProblem p) {
                assertTrue(p.position() >= 0 && p.position() <= query.length(), query);
                assertFalse(p.getMessage().isEmpty(), query);
                QueryText.parse(p.example(), NOW, ZoneOffset.UTC);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(Json.write(query), e);
            }
        });
        assertTrue(right.size() > 1000, "only " + right.size() + " were right: the test looks at little");
    }
}
