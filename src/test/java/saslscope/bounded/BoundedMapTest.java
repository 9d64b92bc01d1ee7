package saslscope.bounded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoundedMapTest {
    @Test
    void forgetsWhatCameFirst() {
        Map<String, Integer> map = BoundedMap.byAge(2);
        fill(map);
        assertEquals(Set.of("b", "c"), map.keySet());
    }

    @Test
    void forgetsWhatWasNotUsedForLongest() {
        Map<String, Integer> map = BoundedMap.byUse(2);
        fill(map);
        assertEquals(Set.of("a", "c"), map.keySet());
    }

    private static void fill(Map<String, Integer> map) {
        map.put("a", 1);
        map.put("b", 2);
        map.get("a");
        map.put("c", 3);
    }
}
