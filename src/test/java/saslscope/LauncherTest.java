package saslscope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/saslscope} from a distribution made of stand-ins: a JDK here is a script that prints how it was called. */
class LauncherTest {
    @TempDir
    Path dir;
    private Path home;

    @BeforeEach
    void unpack() throws IOException {
        home = Files.createDirectory(dir.resolve("saslscope 0.1"));
        Files.createDirectory(home.resolve("bin"));
        Files.copy(Path.of("bin/saslscope"), home.resolve("bin/saslscope"));
        executable(home.resolve("bin/saslscope"));
        Files.createDirectory(home.resolve("lib"));
        Files.createFile(home.resolve("lib/saslscope.jar"));
    }

    @Test
    void takesTheNamedJavaBeforeJavaHomeBeforePath() throws Exception {
        String named = jdk("named", "21.0.2");
        String javaHome = jdk("home", "25");
        String path = jdk("path", "23.0.1");
        assertEquals("named", run(Map.of("SASLSCOPE_JAVA_HOME", named, "JAVA_HOME", javaHome), path).java());
        assertEquals("home", run(Map.of("JAVA_HOME", javaHome), path).java());
        assertEquals("path", run(Map.of(), path).java());
    }

    @Test
    void passesOverAJavaThatIsTooOld() throws Exception {
        String path = jdk("path", "26-ea");
        assertEquals("path", run(Map.of("JAVA_HOME", jdk("old", "17.0.15")), path).java());
        assertEquals("path", run(Map.of("JAVA_HOME", jdk("older", "1.8.0_392")), path).java());
        assertEquals("path", run(Map.of("JAVA_HOME", "/nowhere"), path).java());
    }

    @Test
    void saysSoIfTheNamedJavaCannotBeUsed() throws Exception {
        String old = jdk("old", "17.0.15");
        Result result = run(Map.of("SASLSCOPE_JAVA_HOME", old), jdk("path", "21"));
        assertEquals("path", result.java());
        assertEquals("saslscope: note: SASLSCOPE_JAVA_HOME=" + old + " is not a Java >= 21; using " + dir.resolve("path"),
            result.err.strip());
    }

    @Test
    void handsOverArgumentsUntouched() throws Exception {
        List<String> out = run(Map.of(), jdk("path", "21"), "search", "user:\"a b\"", "", "*", "$HOME").out;
        int jar = out.indexOf("-jar");
        assertEquals(List.of(home + "/lib/saslscope.jar", "search", "user:\"a b\"", "", "*", "$HOME"),
            out.subList(jar + 1, out.size()));
        assertTrue(out.contains("-Dsaslscope.home=" + home));
    }

    @Test
    void saysWhichStreamsAreATerminal() throws Exception {
        List<String> out = run(Map.of(), jdk("path", "21")).out;
        assertTrue(out.containsAll(List.of("-Dsaslscope.stdin.tty=false", "-Dsaslscope.stdout.tty=false",
            "-Dsaslscope.stderr.tty=false")));
        assertFalse(out.stream().anyMatch(s -> s.startsWith("-Dsaslscope.columns")));
    }

    @Test
    void boundsTheHeapOfLongWorkAndStartsShortWorkQuickly() throws Exception {
        String java = jdk("path", "21");
        List<String> whole = run(Map.of(), java, "--color=never", "analyze", "x").out;
        assertTrue(whole.containsAll(List.of("-Xmx176m", "-XX:+UseParallelGC")), whole.toString());
        assertFalse(whole.contains("-XX:+UseSerialGC"), "two collectors: Java would not start");
        assertTrue(run(Map.of(), java).out.contains("-Xmx256m"), "stdin is no terminal: follow -");
        assertTrue(run(Map.of(), java, "search", "x").out.contains("-XX:TieredStopAtLevel=1"));
    }

    @Test
    void findsItsHomeThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(dir.resolve("link"), home.resolve("bin/saslscope"));
        Path linkToLink = Files.createSymbolicLink(dir.resolve("link2"), link);
        List<String> out = run(linkToLink, Map.of(), jdk("path", "21")).out;
        assertTrue(out.contains("-Dsaslscope.home=" + home));
    }

    @Test
    void endsWithTheExitCodeOfJava() throws Exception {
        assertEquals(7, run(Map.of("EXIT", "7"), jdk("path", "21")).code);
    }

    @Test
    void anIncompleteDistributionIsOneClearLine() throws Exception {
        Files.delete(home.resolve("lib/saslscope.jar"));
        Result result = run(Map.of(), jdk("path", "21"));
        assertEquals(69, result.code);
        assertEquals("saslscope: neither " + home + "/pom.xml nor " + home
            + "/lib/saslscope.jar is there: unpack the distribution again", result.err.strip());
    }

    private record Result(int code, List<String> out, String err) {
        /** The folder name of the JDK that was started. */
        String java() {
            return out.getFirst();
        }
    }

    /** Makes a JDK that prints its own name and its arguments, one a line; returns its home. */
    private String jdk(String name, String version) throws IOException {
        Path jdk = Files.createDirectories(dir.resolve(name));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho " + name + "\nfor a; do printf '%s\\n' \"$a\"; done\nexit ${EXIT:-0}\n");
        executable(java);
        return jdk.toString();
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(Map<String, String> environment, String javaInPath, String... arguments) throws Exception {
        return run(home.resolve("bin/saslscope"), environment, javaInPath, arguments);
    }

    private Result run(Path launcher, Map<String, String> environment, String javaInPath, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        Path err = dir.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "SASLSCOPE_JAVA_HOME", "SASLSCOPE_JAVA_OPTS"));
        builder.environment().put("PATH", javaInPath + "/bin:/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        return new Result(code, out.lines().toList(), Files.readString(err));
    }
}
