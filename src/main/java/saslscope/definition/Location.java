package saslscope.definition;

import java.nio.file.Path;

/**
 * A place in a definition file.
 *
 * @param file   the file, as it was given
 * @param line   1-based line number; 0 for the file as a whole
 * @param column 1-based column in characters; 0 for the line as a whole
 * @param source the text of the line; empty if {@code line} is 0
 */
public record Location(Path file, int line, int column, String source) {

    /** A whole file or folder. */
    public static Location of(Path file) {
        return new Location(file, 0, 0, "");
    }

    /** The same line, {@code characters} further right. */
    public Location plus(int characters) {
        return new Location(file, line, column + characters, source);
    }

    /** {@code file:line:column}, as far as known. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "");
    }
}
