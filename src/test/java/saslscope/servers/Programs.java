package saslscope.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Programs of this machine, and waiting for what they do. */
public final class Programs {
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin", "/usr/lib/postfix/sbin");
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Programs() {
    }

    /** Its path; null if it is not installed. */
    static String find(String name) {
        return FOLDERS.stream().map(f -> f + "/" + name).filter(f -> Files.isExecutable(Path.of(f))).findFirst().orElse(null);
    }

    /** Runs it to its end; what it printed. A program that goes on in the background keeps nothing of ours open. */
    static String run(String input, String... words) throws IOException {
        Path out = Files.createTempFile("saslscope", ".out");
        try {
            Process p = start(ProcessBuilder.Redirect.to(out.toFile()), words);
            try (var in = p.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            try {
                if (!p.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                    p.destroyForcibly();
                    throw new IOException(String.join(" ", words) + " does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            String said = Files.readString(out, StandardCharsets.ISO_8859_1);
            if (p.exitValue() != 0) {
                throw new IOException(String.join(" ", words) + ": exit " + p.exitValue() + ": " + said.strip());
            }
            return said;
        } finally {
            Files.delete(out);
        }
    }

    /** Starts it, in UTC and with nothing of our environment. */
    static Process start(ProcessBuilder.Redirect out, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        String path = find(words[0]);
        if (path == null) {
            throw new IOException("there is no " + words[0]);
        }
        all.set(0, path);
        ProcessBuilder b = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(out);
        b.environment().clear();
        b.environment().put("PATH", String.join(":", FOLDERS));
        b.environment().put("TZ", "UTC");
        b.environment().put("LC_ALL", "C");
        return b.start();
    }

    /** Waits until something is so. */
    public static void await(String what, BooleanSupplier so) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("this did not come about in " + LONGEST.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** The process whose number stands in a file; empty if it is gone. */
    static ProcessHandle running(Path pid) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElse(null);
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    /** Ends the process whose number stands in a file, and waits for that. */
    static void end(Path pid, boolean forcibly) {
        ProcessHandle process = running(pid);
        if (process == null) {
            return;
        }
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process);
        if (forcibly) {
            all.forEach(ProcessHandle::destroyForcibly);
        } else {
            process.destroy();
        }
        await("the end of " + pid, () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path p : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(p);
                }
            }
        }
    }
}
