package saslscope.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes while the index is written, again and again, and what was not synced is lost. Afterwards the index must be
 * that of the last commit, or of the one that was under way, with the position that belongs to it.
 *
 * <p>{@code mvn test -Dtest=PowerCutTest -Dcuts=2000 -Dcut.seed=7} cuts more often.
 */
class PowerCutTest {
    private static final int CUTS = Integer.getInteger("cuts", 25);
    private static final long SEED = Long.getLong("cut.seed", 20261123L);

    @TempDir
    private Path temp;
    private final Random random = new Random(SEED);
    /** What each document says now, as of each commit that may be the last: by its number. */
    private final Map<Integer, Map<String, Long>> commits = new HashMap<>();
    private Map<String, Long> now = new TreeMap<>();
    private int at;
    private int begun;
    private int done;
    private int stored;
    private int commit;
    private final Map<Integer, Integer> positions = new HashMap<>(Map.of(0, 0));

    @Test
    void afterEveryCutTheIndexIsThatOfACommit() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("index"));
        commits.put(0, Map.of());
        long lost = 0;
        for (int cut = 0; cut < CUTS; cut++) {
            UnsyncedDirectory files = new UnsyncedDirectory(folder, temp.resolve("deleted"), random.nextLong());
            try {
                work(folder, files);
            } catch (IndexException | UncheckedIOException e) {
                assertTrue(files.isCut(), "seed " + SEED + ", cut " + cut + ": " + e);
            }
            lost += files.lose();
            check(folder, "seed " + SEED + ", cut " + cut);
        }
        assertTrue(lost > 0 && at > 0);
        System.err.println("PowerCutTest: " + CUTS + " cuts, seed " + SEED + ", " + stored + " commits, " + lost + " files lost or cut off, position " + at + ", "
            + now.size() + " documents");
    }

    /** Stores until the power goes. */
    private void work(Path folder, UnsyncedDirectory files) {
        files.cutAfter(random.nextInt(random.nextInt(10) == 0 ? 20 : 12_000));
        EventStore store = LuceneStore.write(folder, new PrivateDirectory(files, folder), 1 + random.nextInt(2));
        try {
            while (true) {
                for (int i = random.nextInt(100); i > 0; i--) {
                    // New ones, and some of those there are in a later state.
                    put(store, random.nextInt(4) > 0 || at == 0 ? at++ : random.nextInt(at));
                }
                if (random.nextInt(20) == 0) {
                    store.forget(Docs.START.plusSeconds(60L * (at - 500)));
                    now.keySet().removeIf(id -> number(id) < at - 500);
                }
                begun = ++commit;
                commits.put(begun, new TreeMap<>(now));
                positions.put(begun, at);
                store.commit(new Checkpoint(List.of(), Map.of("at", Integer.toString(begun))));
                done = begun;
                stored++;
            }
        } finally {
            close(store);
        }
    }

    private static void close(EventStore store) {
        try {
            store.close();
        } catch (IndexException e) {
            // The power is gone.
        }
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(1));
    }

    private void put(EventStore store, int n) {
        Map<String, Object> document = Docs.attempt(n);
        long state = random.nextInt(1_000_000);
        document.put("source.port", state);
        document.put("event.id", "n" + n);
        store.put(document);
        now.put("n" + n, state);
    }

    private void check(Path folder, String when) {
        if (done == 0 && begun == 0) {
            now = new TreeMap<>();
            at = 0;
        }
        Map<String, Long> found = new TreeMap<>();
        try (StoredEvents events = LuceneStore.read(folder)) {
            int position = Integer.parseInt(events.checkpoint().state().getOrDefault("at", "0"));
            assertTrue(position == done || position == begun, when + ": commit " + position + ", committed " + done + ", begun " + begun);
            events.each(Search.of(QueryText.ALL), d -> found.put((String) d.get("event.id"), (Long) d.get("source.port")) == null);
            assertEquals(commits.get(position), found, when);
            done = position;
        } catch (IndexException e) {
            assertTrue(e.kind() == IndexException.Kind.MISSING && done == 0, when + ": " + e);
            done = 0;
        }
        begun = done;
        at = positions.get(done);
        now = new TreeMap<>(found);
        commits.clear();
        commits.put(done, new TreeMap<>(now));
    }
}
