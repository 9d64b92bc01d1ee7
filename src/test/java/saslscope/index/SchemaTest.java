package saslscope.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void everyFieldIsFoundByItsNameAndItsKey() {
        for (Schema f : Schema.values()) {
            assertEquals(f, Schema.of(f.field()).orElseThrow());
            assertEquals(f, Schema.of(f.key()).orElseThrow());
            assertFalse(f.who().isBlank());
        }
        assertEquals(Schema.DOMAIN, Schema.of("realm").orElseThrow());
        assertTrue(Schema.of("nothing").isEmpty());
    }

    @Test
    void theNearestNameIsSuggested() {
        assertEquals("user", Schema.nearest("usr").orElseThrow());
        assertEquals("cause", Schema.nearest("casue").orElseThrow());
        assertEquals("mech", Schema.nearest("meck").orElseThrow());
        assertEquals("source.ip", Schema.nearest("source.ips").orElseThrow());
        assertEquals("outcome", Schema.nearest("OUTCOME").orElseThrow());
        assertTrue(Schema.nearest("xyzzy").isEmpty());
        assertTrue(Schema.nearest("u".repeat(5000)).isEmpty());
    }

    @Test
    void onlyColumnsAreCountedAndSorted() {
        assertEquals(Schema.IP, Schema.countable("source.ip"));
        QueryProblem unknown = assertThrows(QueryProblem.class, () -> Schema.countable("usr"));
        assertEquals("there is no field 'usr'; did you mean 'user'?", unknown.getMessage());
        assertThrows(QueryProblem.class, () -> Schema.countable("message"));
        assertThrows(QueryProblem.class, () -> Order.of("candidate"));
        assertEquals(new Order(Schema.USER, true), Order.of("-user"));
        assertEquals(Order.OLDEST, Order.of("oldest"));
    }

    @Test
    void intervalsThatDoNotFitADayAreRefused() {
        assertEquals(new Interval(300, 0), Interval.of("5m"));
        assertEquals(new Interval(3600, 0), Interval.of("hour"));
        assertEquals(new Interval(0, 7), Interval.of("1w"));
        assertEquals(new Interval(0, 2), Interval.of("48 hours"));
        for (String bad : new String[] {"", "0m", "7h", "25h", "1", "x", "99999w", "-1h"}) {
            assertThrows(QueryProblem.class, () -> Interval.of(bad), bad);
        }
    }
}
