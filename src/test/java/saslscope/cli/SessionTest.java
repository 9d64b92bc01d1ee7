package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import saslscope.Golden;

/**
 * Runs the sessions below src/test/resources/sessions; single commands and their messages are in {@link ScenariosTest}. Each folder is a story: logs, and a file {@code session} with what is
 * typed and what comes out, rewritten by {@code -Dgolden=write}. In it,
 * <ul>
 * <li>{@code #} lines at the top say what the story shows;</li>
 * <li>{@code $ saslscope ...} is a command; {@code $D} is a fresh copy of the folder; {@code < FILE} at the end is its input;</li>
 * <li>{@code % ...} is a shell command that changes something in between, in {@code $D}; {@code $SAMPLES} is sample-logs;</li>
 * <li>a file {@code saslscope.conf} holds the settings;</li>
 * <li>below a command stands its output, lines of stderr with {@code !} before them, and {@code = exit N} unless it is 0.</li>
 * </ul>
 * What depends on the machine is pinned by {@link Runner}; files were last written at that moment, unless {@code touch} says else.
 */
class SessionTest {
    private static final Path ROOT = Path.of("src/test/resources/sessions");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path dir;
    private final Instant began = Instant.now().minusSeconds(5);

    static Stream<String> sessions() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.map(p -> p.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void goesAsWritten(String name) throws Exception {
        copy(ROOT.resolve(name));
        StringBuilder session = new StringBuilder();
        boolean any = false;
        for (String line : Files.readAllLines(ROOT.resolve(name).resolve("session"))) {
            if (line.startsWith("#") && !any || line.isEmpty() && session.isEmpty()) {
                session.append(line).append('\n');
            } else if (line.startsWith("% ")) {
                session.append('\n').append(line).append('\n');
                shell(line.substring(2));
            } else if (line.startsWith("$ saslscope")) {
                any = true;
                session.append('\n').append(line).append('\n').append(run(line.substring("$ saslscope".length())));
            }
        }
        assertTrue(any, "no command in " + name);
        Golden.check("sessions/" + name + "/session", session.toString());
    }

    private String run(String typed) throws IOException {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(typed.replace("$D", dir.toString()));
        while (matcher.find()) {
            words.add(Stream.of(matcher.group(1), matcher.group(2), matcher.group(3)).filter(w -> w != null).findFirst().get());
        }
        Runner runner = new Runner();
        runner.env = Map.of("STATE_DIRECTORY", dir.resolve("index").toString());
        runner.settings = List.of(dir.resolve("saslscope.conf"));
        int input = words.indexOf("<");
        if (input >= 0) {
            runner.stdin(Files.readAllBytes(Path.of(words.get(input + 1))));
            words = words.subList(0, input);
        }
        int code = runner.run(words.toArray(String[]::new));
        return shown(runner.out(), "") + shown(runner.err(), "! ") + (code == 0 ? "" : "= exit " + code + "\n");
    }

    private String shown(String said, String before) {
        StringBuilder text = new StringBuilder();
        // Where a built-in pattern stands changes with every pattern that is added above it.
        said.replace(dir.toString(), "$D").replaceAll("(patterns/[a-z-]+\\.grok):\\d+", "$1:N").lines().forEach(line -> text.append(before).append(line).append('\n'));
        return text.toString();
    }

    private void shell(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-ec", command).directory(dir.toFile()).redirectErrorStream(true);
        builder.environment().put("SAMPLES", Path.of("sample-logs").toAbsolutePath().toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), command + "\n" + said);
        age();
    }

    private void copy(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).filter(f -> !f.endsWith("session")).toList()) {
                Path to = dir.resolve(folder.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
                Files.setLastModifiedTime(to, FileTime.from(Runner.NOW));
            }
        }
    }

    /** What this test wrote was last written when the clock of the session stands; what {@code touch} dated stays so. */
    private void age() throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).filter(f -> !f.startsWith(dir.resolve("index"))).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isAfter(began)) {
                    Files.setLastModifiedTime(file, FileTime.from(Runner.NOW));
                }
            }
        }
    }
}
