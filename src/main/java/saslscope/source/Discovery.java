package saslscope.source;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds out which logs a user means.
 *
 * <p>Files of one directory whose names differ only by rotation marks and compression are parts of one log. A directory
 * stands for the regular files right in it, without hidden ones; deeper ones are left out because below
 * {@code /var/log} live other things (journals, databases), and the names say nothing reliable about what is a log:
 * a file that is none merely yields no events.
 */
public final class Discovery {
    /** Standard input. */
    private static final String STDIN = "-";

    private Discovery() {
    }

    /**
     * Makes logs of a user's arguments. A file given twice, or by two names, is read once. A part that is there both
     * compressed and not (compression is under way) is read once.
     *
     * @param args     files, directories, and {@code -} for standard input
     * @param problems told what does not exist or may not be looked at; the rest is still returned. Whether a file can
     *                 be read shows only when it is read
     * @return in the order of the arguments
     */
    public static List<Log> logs(List<String> args, Consumer<Problem> problems) {
        Map<String, List<Log.Part>> groups = new LinkedHashMap<>();
        Set<Object> seen = new HashSet<>();
        for (String arg : args) {
            for (Log.Part part : parts(arg, problems)) {
                if (part.path() == null) {
                    if (seen.add(STDIN)) {
                        groups.put("", List.of(part));
                    }
                    continue;
                }
                try {
                    Path real = part.path().toRealPath();
                    Object key = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
                    if (seen.add(key == null ? real : key)) {
                        // The name as given decides: /etc/alternatives-like links have targets with other names.
                        String base = RotationName.of(fileName(part.path())).base();
                        Path directory = part.path().toAbsolutePath().normalize().getParent();
                        groups.computeIfAbsent(directory.resolve(base).toString(), k -> new ArrayList<>()).add(part);
                    }
                } catch (IOException e) {
                    problems.accept(Problem.of(part.name(), e));
                }
            }
        }
        return groups.values().stream().map(Discovery::log).toList();
    }

    /**
     * Tells whether a name that a {@link LogFile} carries can be that of a file of a followed log: the live file itself
     * or a rotated part of it. To find the saved position that belongs to a log.
     *
     * @param file name of a file, which need not exist (any more)
     * @param log  the live file as given by the user
     */
    public static boolean isPartOf(String file, String log) {
        try {
            Path part = Path.of(file).toAbsolutePath().normalize();
            Path live = Path.of(log).toAbsolutePath().normalize();
            return Siblings.names(live).stream().anyMatch(name -> part.equals(name) || part.getFileName() != null
                && Objects.equals(part.getParent(), name.getParent())
                && RotationName.of(fileName(part)).base().equals(fileName(name)));
        } catch (InvalidPathException e) {
            return file.equals(log);
        }
    }

    private static List<Log.Part> parts(String arg, Consumer<Problem> problems) {
        if (arg.equals(STDIN)) {
            return List.of(new Log.Part(STDIN, null));
        }
        Path path;
        try {
            path = Path.of(arg);
        } catch (InvalidPathException e) {
            problems.accept(new Problem(arg, "is not a file name", "check the name"));
            return List.of();
        }
        if (!Files.isDirectory(path)) {
            return List.of(new Log.Part(arg, path));
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, Files::isRegularFile)) {
            for (Path file : files) {
                if (!fileName(file).startsWith(".")) {
                    found.add(file);
                }
            }
        } catch (IOException e) {
            problems.accept(Problem.of(arg, e));
        } catch (DirectoryIteratorException e) {
            problems.accept(Problem.of(arg, e.getCause()));
        }
        if (found.isEmpty()) {
            problems.accept(new Problem(arg, "is a directory without files",
                "name a log file, or a directory that holds some"));
        }
        found.sort(Comparator.naturalOrder());
        return found.stream().map(file -> new Log.Part(file.toString(), file)).toList();
    }

    private static Log log(List<Log.Part> parts) {
        if (parts.getFirst().path() == null) {
            return new Log(STDIN, parts);
        }
        List<Log.Part> ordered = new ArrayList<>();
        RotationName last = null;
        Comparator<Log.Part> oldestFirst = Comparator.comparing(Discovery::rotation, RotationName.OLDEST_FIRST);
        for (Log.Part part : parts.stream().sorted(oldestFirst).toList()) {
            RotationName name = rotation(part);
            boolean again = last != null && name.packed() && !last.packed() && !last.live()
                && name.date().equals(last.date()) && name.generation() == last.generation()
                && Siblings.fingerprint(part.path()) == Siblings.fingerprint(ordered.getLast().path());
            if (!again) {
                ordered.add(part);
                last = name;
            }
        }
        Path newest = ordered.getLast().path();
        return new Log(newest.resolveSibling(rotation(ordered.getLast()).base()).toString(), ordered);
    }

    private static RotationName rotation(Log.Part part) {
        return RotationName.of(fileName(part.path()));
    }

    private static String fileName(Path path) {
        return path.getFileName() == null ? path.toString() : path.getFileName().toString();
    }
}
