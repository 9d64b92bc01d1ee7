package saslscope.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A host of a few texts: files by their paths, answers of commands by their lines. */
record FakeRoot(Map<String, String> texts) implements Root {
    private static <T> Reading<T> of(T value) {
        return value == null ? new Reading.Absent<>() : new Reading.Found<>(value);
    }

    @Override
    public Reading<String> text(String path, Masking masking) {
        return of(texts.get(path));
    }

    @Override
    public Reading<FileState> state(String path) {
        boolean folder = texts.keySet().stream().anyMatch(p -> p.startsWith(path + "/"));
        return of(path.endsWith("/mux") && texts.containsKey(path) ? new FileState('s', 0777, "root", "root", 0, Instant.EPOCH)
            : texts.containsKey(path) ? new FileState('-', 0644, "root", "root", 1, Instant.EPOCH)
            : folder ? new FileState('d', 0755, "root", "root", 1, Instant.EPOCH) : null);
    }

    @Override
    public Reading<List<String>> list(String folder) {
        List<String> names = texts.keySet().stream().filter(p -> p.startsWith(folder + "/")).map(p -> p.substring(folder.length() + 1)).sorted().toList();
        return of(names.isEmpty() ? null : names);
    }

    @Override
    public Reading<String> run(Command command) {
        return of(texts.get(command.line()));
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-11-22T18:00:00Z");
    }

    @Override
    public Instant taken() {
        return null;
    }
}
