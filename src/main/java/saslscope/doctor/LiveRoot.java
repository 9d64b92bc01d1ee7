package saslscope.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** This host, or the file system of another host under a folder. */
final class LiveRoot implements Root {
    static final int LONGEST = 1 << 20;
    private static final int SECONDS = 10;
    private static final List<String> PATHS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin");

    private final Path root;
    private final boolean here;
    private final InstantSource time;
    private Map<String, String> users;
    private Map<String, String> groups;

    LiveRoot(Path root, InstantSource time) {
        this.time = time;
        this.root = root.toAbsolutePath().normalize();
        this.here = this.root.equals(Path.of("/"));
    }

    @Override
    public boolean live() {
        return here;
    }

    @Override
    public Instant taken() {
        return null;
    }

    @Override
    public Instant now() {
        return time.instant();
    }

    /** Symbolic links of another host's file system are followed inside it. */
    private Path inside(String path) throws IOException {
        if (here) {
            return Path.of(path);
        }
        Path at = root;
        int links = 0;
        ArrayDeque<String> parts = new ArrayDeque<>(List.of(path.split("/")));
        while (!parts.isEmpty()) {
            String part = parts.pop();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                at = at.equals(root) ? root : at.getParent();
                continue;
            }
            Path next = at.resolve(part);
            if (Files.isSymbolicLink(next)) {
                if (++links > 40) {
                    throw new FileSystemLoopException(path);
                }
                Path target = Files.readSymbolicLink(next);
                if (target.isAbsolute()) {
                    at = root;
                }
                List<String> more = List.of(target.toString().split("/"));
                more.reversed().forEach(parts::push);
            } else {
                at = next;
            }
        }
        return at;
    }

    /** A look that can fail. */
    private interface Look<T> {
        T at(Path path) throws IOException;
    }

    private <T> Reading<T> look(String path, Look<T> look) {
        try {
            return new Reading.Found<>(look.at(inside(path)));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new Reading.Absent<>();
        } catch (AccessDeniedException e) {
            return new Reading.Hidden<>("permission denied");
        } catch (IOException e) {
            return new Reading.Hidden<>(e.getMessage() == null ? "it can't be read" : e.getMessage());
        }
    }

    @Override
    public Reading<String> text(String path, Masking masking) {
        return look(path, p -> {
            if (!Files.isRegularFile(p) && Files.exists(p)) {
                throw new IOException("it is no file");
            }
            try (InputStream in = Files.newInputStream(p)) {
                return Secrets.masked(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8), masking);
            }
        });
    }

    @Override
    public Reading<FileState> state(String path) {
        return look(path, p -> {
            Map<String, Object> a = Files.readAttributes(p, "unix:mode,uid,gid,size,lastModifiedTime");
            int mode = (int) a.get("mode");
            char kind = switch (mode >> 12 & 017) {
                case 004 -> 'd';
                case 014 -> 's';
                case 012 -> 'l';
                case 001 -> 'p';
                case 002 -> 'c';
                case 006 -> 'b';
                default -> '-';
            };
            return new FileState(kind, mode & 07777, name(p, "owner", (int) a.get("uid"), users()),
                name(p, "group", (int) a.get("gid"), groups()), (long) a.get("size"), ((FileTime) a.get("lastModifiedTime")).toInstant());
        });
    }

    /** By the host's own files; this host may have other sources too. */
    private String name(Path path, String what, int number, Map<String, String> names) throws IOException {
        String known = names.get(String.valueOf(number));
        return known != null || !here ? known == null ? String.valueOf(number) : known
            : Files.getAttribute(path, "posix:" + what, LinkOption.NOFOLLOW_LINKS).toString();
    }

    private Map<String, String> users() {
        if (users == null) {
            users = names("/etc/passwd");
        }
        return users;
    }

    private Map<String, String> groups() {
        if (groups == null) {
            groups = names("/etc/group");
        }
        return groups;
    }

    private Map<String, String> names(String path) {
        Map<String, String> names = new HashMap<>();
        read(path).or("").lines().map(l -> l.split(":", 4)).filter(p -> p.length > 2).forEach(p -> names.putIfAbsent(p[2], p[0]));
        return names;
    }

    @Override
    public Reading<List<String>> list(String folder) {
        return look(folder, p -> {
            try (Stream<Path> s = Files.list(p)) {
                return s.map(f -> f.getFileName().toString()).sorted().toList();
            }
        });
    }

    @Override
    public Reading<String> run(Command command) {
        if (!here) {
            return new Reading.Hidden<>("only the host itself could run it");
        }
        try {
            List<String> words = new ArrayList<>(command.words());
            String name = words.getFirst();
            words.set(0, PATHS.stream().map(d -> d + "/" + name).filter(f -> Files.isExecutable(Path.of(f))).findFirst()
                .orElseThrow(() -> new NoSuchFileException(name)));
            ProcessBuilder b = new ProcessBuilder(words).redirectErrorStream(true);
            b.environment().clear();
            b.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC", "PATH", String.join(":", PATHS)));
            Process p = b.start();
            p.getOutputStream().close();
            Thread watch = Thread.ofVirtual().start(() -> end(p));
            String text = new String(p.getInputStream().readNBytes(LONGEST), StandardCharsets.UTF_8);
            int code = p.waitFor();
            watch.interrupt();
            return new Reading.Found<>(Secrets.masked(code == 0 ? text : text.stripTrailing() + "\n[exit status " + code + "]\n", Masking.SECRETS));
        } catch (IOException e) {
            return new Reading.Hidden<>("there is no " + command.words().getFirst() + " here");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reading.Hidden<>("interrupted");
        }
    }

    /** A command that hangs must not hang us. */
    private static void end(Process p) {
        try {
            if (!p.waitFor(SECONDS, TimeUnit.SECONDS)) {
                p.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            // It ended in time.
        }
    }
}
