package saslscope.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import saslscope.attempt.Attempt;
import saslscope.diagnosis.Fact;
import saslscope.diagnosis.HostFacts;

/**
 * Facts about a host that is looked at again when its configuration files change. A look at their times costs little and is
 * taken at most every few seconds, when an attempt is asked about.
 */
public final class Watch implements HostFacts {
    private static final Duration PAUSE = Duration.ofSeconds(3);
    /** Daemons come and go without a file that changes. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Path folder;
    private final ZoneId zone;
    private final String accounts;
    private final String configuration;
    private final boolean named;
    private final LongSupplier nanos;
    private final Root root;
    private final boolean changes;
    private final Consumer<String> changed;
    private Examination seen;
    private Evidence evidence;
    private Map<String, Instant> times;
    private long looked;
    private long examined;

    /**
     * @param folder   as for {@link Examination#root}
     * @param accounts as for {@link Examination#of}
     * @param configuration as for {@link Examination#of}
     * @param named    only attempts whose log names this host
     * @param nanos    a clock, as {@link System#nanoTime}
     * @param changed  is told which files changed, in words
     * @throws IOException if there is no such folder
     */
    public Watch(Path folder, ZoneId zone, String accounts, String configuration, boolean named, LongSupplier nanos, Consumer<String> changed) throws IOException {
        this.folder = folder;
        this.zone = zone;
        this.accounts = accounts;
        this.configuration = configuration;
        this.named = named;
        this.nanos = nanos;
        this.changed = changed;
        root = Examination.root(folder, zone);
        changes = !(root instanceof Snapshot);
    }

    private Examination seen() {
        if (seen == null) {
            examine(root);
        }
        return seen;
    }

    private void examine(Root from) {
        seen = Examination.of(from, accounts, configuration);
        evidence = new Evidence(seen, named);
        times = seen.changes();
        looked = nanos.getAsLong();
        examined = looked;
    }

    /** Whether there is a configuration to be read. */
    public boolean readable() {
        return seen().readable();
    }

    @Override
    public List<Fact> about(Attempt attempt) {
        seen();
        long now = nanos.getAsLong();
        if (changes && now - looked >= PAUSE.toNanos()) {
            look(now);
        }
        return seen.readable() ? evidence.about(attempt) : List.of();
    }

    private void look(long now) {
        looked = now;
        try {
            Root again = Examination.root(folder, zone);
            Map<String, Instant> present = seen.changesNow(again);
            TreeSet<String> differ = new TreeSet<>();
            present.forEach((path, time) -> {
                if (!time.equals(times.get(path))) {
                    differ.add(path);
                }
            });
            if (!differ.isEmpty() || now - examined >= LONGEST.toNanos()) {
                examine(again);
            }
            if (!differ.isEmpty()) {
                changed.accept("changed, and read again: " + String.join(", ", differ));
            }
        } catch (IOException gone) {
            // The folder went away: what is known of it stays.
            looked = now;
        }
    }
}
