package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import saslscope.Golden;

/**
 * Runs the folders below {@code scenarios}: the files of a folder are copied to an empty one, {@code cmd} is run there, and
 * what comes out is compared with {@code expected.out}, {@code expected.err} and {@code expected.exit}. In {@code cmd}, one
 * command a line, {@code $DIR} is the folder with the copies; {@code < FILE} at the end gives standard input; words are
 * split at blanks, and single quotes hold them together. The exit codes stand one a line.
 *
 * <p>Further lines: {@code mkdir NAME}; {@code chmod rwxrwxrwx NAME}; {@code append FILE TO}. The names of the copies are
 * replaced by {@code $DIR} in the output.
 */
class ScenariosTest {
    private static final Path ROOT = Path.of("src/test/resources/scenarios");

    @TempDir
    Path work;

    @TestFactory
    Stream<DynamicTest> everyScenarioEndsAsExpected() throws IOException {
        return Files.walk(ROOT).filter(p -> p.getFileName().toString().equals("cmd")).map(Path::getParent).sorted()
            .map(folder -> dynamicTest(ROOT.relativize(folder).toString(), () -> check(folder)));
    }

    private void check(Path folder) throws IOException {
        String name = ROOT.relativize(folder).toString();
        Path dir = Files.createDirectories(work.resolve(name.replace('/', '-')));
        copy(folder, dir);
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        StringBuilder exit = new StringBuilder();
        for (String line : Files.readAllLines(folder.resolve("cmd"))) {
            List<String> words = words(line);
            if (words.isEmpty() || words.getFirst().startsWith("#")) {
                continue;
            }
            words.replaceAll(w -> w.replace("$DIR", dir.toString()));
            if (prepared(words, dir)) {
                continue;
            }
            Runner runner = new Runner();
            runner.settings = List.of(dir.resolve("saslscope.conf"));
            int from = words.indexOf("<");
            if (from >= 0) {
                runner.inTty = false;
                runner.in = Files.newInputStream(dir.resolve(words.get(from + 1)));
                words = words.subList(0, from);
            }
            exit.append(runner.run(words.subList(1, words.size()).toArray(String[]::new))).append('\n');
            out.append(runner.out());
            err.append(runner.err());
        }
        compare(name + "/expected.exit", exit.toString(), dir);
        compare(name + "/expected.err", err.toString(), dir);
        compare(name + "/expected.out", out.toString(), dir);
    }

    private static boolean prepared(List<String> words, Path dir) throws IOException {
        switch (words.getFirst()) {
            case "mkdir" -> Files.createDirectories(dir.resolve(words.get(1)));
            case "chmod" -> Files.setPosixFilePermissions(dir.resolve(words.get(2)), PosixFilePermissions.fromString(words.get(1)));
            case "append" -> Files.write(dir.resolve(words.get(2)), Files.readAllBytes(dir.resolve(words.get(1))),
                StandardOpenOption.APPEND);
            default -> {
                assertEquals("saslscope", words.getFirst(), "a line of cmd");
                return false;
            }
        }
        return true;
    }

    private static void copy(Path folder, Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.equals("cmd") && !name.startsWith("expected.")) {
                    Path to = dir.resolve(name);
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                    // The year of stamps without one follows from it.
                    Files.setLastModifiedTime(to, FileTime.from(Runner.NOW));
                }
            }
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (char c : line.toCharArray()) {
            if (c == '\'') {
                quoted = !quoted;
                any = true;
            } else if (c == ' ' && !quoted) {
                if (any) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
                any = true;
            }
        }
        if (any) {
            words.add(word.toString());
        }
        return words;
    }

    private static void compare(String name, String actual, Path dir) {
        String stable = actual.replace(dir.toString(), "$DIR").replace(Path.of("").toAbsolutePath() + "/", "");
        Golden.check("scenarios/" + name, stable);
    }
}
