package saslscope.attempt;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;

/** What processes wrote when they loaded libsasl2: it counts for all their attempts. */
final class Starts implements Shelf {
    /** No smtpd serves for so long (max_use, max_idle): its process id was used again. */
    private static final long OLDEST_MICROS = 86_400_000_000L;
    /** libsasl2 is loaded once in a process, within a second. */
    private static final long LOADING_MICROS = 60_000_000L;
    private static final int LINES = 32;

    private final JoinLimits limits;
    private final Consumer<AuthEvent> forgotten;
    /** Least recently used first. */
    private final LinkedHashMap<ProcessKey, List<AuthEvent>> byProcess = new LinkedHashMap<>(64, 0.75f, true);

    /** What all lines take: they stay for long, so it is not added up anew. */
    private long bytes;

    Starts(JoinLimits limits, Consumer<AuthEvent> forgotten) {
        this.limits = limits;
        this.forgotten = forgotten;
    }

    void add(AuthEvent.ProcessStart e) {
        if (e.origin().pid() < 0) {
            return;
        }
        List<AuthEvent> lines = byProcess.computeIfAbsent(ProcessKey.of(e.origin()), k -> new ArrayList<>(8));
        if (!lines.isEmpty() && e.origin().micros() - lines.getFirst().origin().micros() > LOADING_MICROS) {
            // The process id was used again.
            bytes -= JoinLimits.bytes(lines);
            lines.clear();
        }
        if (lines.stream().anyMatch(l -> l.origin().byteOffset() == e.origin().byteOffset() && l.origin().micros() == e.origin().micros())) {
            // An earlier run has told it.
            return;
        }
        if (lines.size() < LINES && limits.room(lines, e)) {
            lines.add(e);
            bytes += e.origin().bytes();
        } else {
            forgotten.accept(e);
        }
        if (byProcess.size() > limits.sessions()) {
            Iterator<List<AuthEvent>> i = byProcess.values().iterator();
            bytes -= JoinLimits.bytes(i.next());
            i.remove();
        }
    }

    /** What the process of that line wrote; empty if nothing. */
    List<AuthEvent> of(Origin o) {
        List<AuthEvent> lines = byProcess.get(ProcessKey.of(o));
        boolean old = lines != null && Math.abs(o.micros() - lines.getFirst().origin().micros()) > OLDEST_MICROS;
        return lines == null || old ? List.of() : List.copyOf(lines);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void halve() {
        Iterator<List<AuthEvent>> i = byProcess.values().iterator();
        for (int n = (byProcess.size() + 1) / 2; n > 0; n--) {
            List<AuthEvent> lines = i.next();
            bytes -= JoinLimits.bytes(lines);
            lines.forEach(forgotten);
            i.remove();
        }
    }

    int size() {
        return byProcess.size();
    }
}
