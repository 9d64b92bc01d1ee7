package saslscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InOrderTest {
    private final InOrder order = new InOrder();
    private final List<Integer> seen = new ArrayList<>();

    @Test
    void tasksRunAtOnceUnlessTheyAreToRunBehind() {
        Thread[] ran = new Thread[2];
        order.add(() -> ran[0] = Thread.currentThread());
        assertSame(Thread.currentThread(), ran[0]);
        order.behind();
        order.add(() -> ran[1] = Thread.currentThread());
        order.catchUp();
        assertNotSame(Thread.currentThread(), ran[1]);
        order.end();
    }

    @Test
    void tasksRunInTheOrderInWhichTheyCome() {
        order.behind();
        for (int i = 0; i < 10_000; i++) {
            int n = i;
            order.add(() -> seen.add(n));
            if (i % 1_000 == 7) {
                order.catchUp();
                assertEquals(i + 1, seen.size());
            }
        }
        order.end();
        assertEquals(IntStream.range(0, 10_000).boxed().toList(), seen);
        order.add(() -> seen.clear());
        assertEquals(List.of(), seen, "after the end at once again");
    }

    @Test
    void whatATaskThrowsIsThrownToWhoeverGivesThemAndNothingFollows() {
        order.behind();
        CountDownLatch given = new CountDownLatch(1);
        IllegalArgumentException full = new IllegalArgumentException("disk full");
        order.add(() -> {
            throw full;
        });
        order.add(() -> seen.add(1));
        order.add(given::countDown);
        assertSame(full, assertThrows(IllegalArgumentException.class, order::catchUp));
        assertEquals(1, given.getCount());
        assertSame(full, assertThrows(IllegalArgumentException.class, () -> IntStream.range(0, 1_000).forEach(i -> order.add(() -> seen.add(i)))));
        assertSame(full, assertThrows(IllegalArgumentException.class, order::end));
        assertEquals(List.of(), seen);
    }
}
