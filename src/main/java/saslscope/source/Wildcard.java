package saslscope.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** File names with wildcards, as a shell would expand them: {@code *}, {@code ?}, {@code [a-z]}, {@code {a,b}}. */
public final class Wildcard {
    private static final Pattern SIGNS = Pattern.compile("[*?\\[{]");

    private Wildcard() {
    }

    /** Whether a user's argument stands for several logs. A file that has the very name stands for itself. */
    public static boolean in(String argument) {
        try {
            return SIGNS.matcher(argument).find() && !Files.exists(Path.of(argument));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * The logs that match now, by name. Rotated parts belong to their log and are left out, as are hidden files and
     * directories.
     */
    public static List<String> logs(String argument) {
        Path path = Path.of(argument);
        List<Path> found = List.of(path.isAbsolute() ? path.getRoot() : Path.of(""));
        for (int i = 0; i < path.getNameCount(); i++) {
            boolean last = i == path.getNameCount() - 1;
            String name = path.getName(i).toString();
            List<Path> deeper = new ArrayList<>();
            for (Path directory : found) {
                if (!SIGNS.matcher(name).find()) {
                    deeper.add(directory.resolve(name));
                } else {
                    deeper.addAll(matching(directory, name));
                }
            }
            found = deeper.stream().filter(p -> last ? isLog(p) : Files.isDirectory(p)).toList();
        }
        // A link to a log that matches as well is the same log: the log goes by its own name.
        return found.stream().sorted(Comparator.comparing(Files::isSymbolicLink)).map(Path::toString).toList();
    }

    private static boolean isLog(Path path) {
        return RotationName.of(path.getFileName().toString()).live() && Files.exists(path) && !Files.isDirectory(path);
    }

    private static TreeSet<Path> matching(Path directory, String name) {
        TreeSet<Path> found = new TreeSet<>();
        try {
            PathMatcher matcher = directory.getFileSystem().getPathMatcher("glob:" + name);
            boolean hidden = name.startsWith(".");
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.toString().isEmpty() ? Path.of(".") : directory)) {
                for (Path file : files) {
                    Path own = file.getFileName();
                    if (matcher.matches(own) && hidden == own.toString().startsWith(".")) {
                        found.add(directory.resolve(own));
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException | PatternSyntaxException e) {
            // Not there yet, not allowed to be listed, or an open bracket: nothing matches.
            return found;
        }
        return found;
    }
}
