package saslscope.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Passes every question on and remembers the answers, so that they can be given again from a snapshot. */
final class Recording implements Root {
    private final Root root;
    private final Map<String, Reading<String>> texts = new TreeMap<>();
    private final Map<String, Masking> maskings = new HashMap<>();
    private final Map<String, Reading<FileState>> states = new TreeMap<>();
    private final Map<String, Reading<List<String>>> lists = new TreeMap<>();
    private final Map<String, Reading<String>> answers = new TreeMap<>();

    /**
     * @param configuration the directory of main.cf; null to ask the host
     */
    Recording(Root root, String configuration) {
        this.root = root;
        if (configuration != null) {
            answers.put(Command.WHERE.line(), new Reading.Found<>(configuration));
        }
    }

    @Override
    public Instant taken() {
        return root.taken();
    }

    @Override
    public Instant now() {
        return root.now();
    }

    @Override
    public boolean live() {
        return root.live();
    }

    @Override
    public Reading<String> text(String path, Masking masking) {
        Reading<String> known = texts.get(path);
        if (known == null || masking != Masking.SECRETS && maskings.get(path) != masking) {
            // A stricter form replaces what was read before.
            known = root.text(path, masking);
            texts.put(path, known);
            maskings.put(path, masking);
        }
        return known;
    }

    @Override
    public Reading<FileState> state(String path) {
        return states.computeIfAbsent(path, root::state);
    }

    @Override
    public Reading<List<String>> list(String folder) {
        return lists.computeIfAbsent(folder, root::list);
    }

    @Override
    public Reading<String> run(Command command) {
        Reading<String> known = answers.get(command.line());
        if (known == null) {
            known = root.run(command);
            answers.put(command.line(), known);
        }
        return known;
    }

    /** The paths that were looked at. */
    List<String> paths() {
        return List.copyOf(states.keySet());
    }

    /**
     * Writes the snapshot.
     *
     * @param folder   is made if it is not there, readable by its owner only; must be empty
     * @param settings {@code postconf -n}
     * @param now      when this was looked at
     */
    void save(Path folder, String settings, Instant now) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        write(folder.resolve("postconf-n.txt"), settings);
        StringBuilder b = new StringBuilder();
        section(b, Snapshot.DATE, (taken() == null ? now : taken()).truncatedTo(ChronoUnit.SECONDS).toString());
        Files.createDirectories(folder.resolve("files"));
        for (Map.Entry<String, Reading<String>> e : texts.entrySet()) {
            if (e.getValue() instanceof Reading.Found<String> f) {
                Path file = folder.resolve("files" + e.getKey()).normalize();
                if (!file.startsWith(folder.resolve("files").normalize())) {
                    continue;
                }
                Files.createDirectories(file.getParent());
                write(file, f.value());
            } else {
                section(b, "cat " + e.getKey(), "cat: " + e.getKey() + ": " + refusal(e.getValue()));
            }
        }
        states.forEach((path, r) -> section(b, "ls -ld " + path, r instanceof Reading.Found<FileState> f ? LsLines.line(f.value(), path)
            : "ls: cannot access '" + path + "': " + refusal(r)));
        lists.forEach((dir, r) -> section(b, "ls -m " + dir, r instanceof Reading.Found<List<String>> f ? String.join(", ", f.value())
            : "ls: cannot access '" + dir + "': " + refusal(r)));
        answers.forEach((line, r) -> section(b, line, switch (r) {
            case Reading.Found<String> f -> f.value();
            case Reading.Absent<String> a -> "saslscope: it is not there";
            case Reading.Hidden<String> h -> "saslscope: " + h.why();
        }));
        write(folder.resolve("host.txt"), b.toString());
        if (answers.get(Command.ACCOUNTS.line()) instanceof Reading.Found<String> f) {
            write(folder.resolve("sasldblistusers2.txt"), f.value());
        }
    }

    private static void section(StringBuilder b, String command, String text) {
        b.append("$ ").append(command).append('\n').append(text.stripTrailing()).append("\n\n");
    }

    private static String refusal(Reading<?> r) {
        return r instanceof Reading.Hidden<?> h ? h.why().equals("permission denied") ? "Permission denied" : h.why() : "No such file or directory";
    }

    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
