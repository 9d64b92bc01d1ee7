package saslscope.source;

import java.nio.file.Path;
import java.util.List;

/**
 * One log: everything that a daemon wrote under one name, cut into parts by rotation.
 *
 * @param name  the name to show to people: that of the live file, even if only rotated parts were given
 * @param parts oldest first
 */
public record Log(String name, List<Part> parts) {
    public Log {
        parts = List.copyOf(parts);
    }

    /**
     * One file of a log.
     *
     * @param name the name to show to people, as given or found
     * @param path the file; null for standard input
     */
    public record Part(String name, Path path) {
    }
}
