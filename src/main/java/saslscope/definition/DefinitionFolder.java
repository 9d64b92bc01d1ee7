package saslscope.definition;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lists definition files. */
public final class DefinitionFolder {
    private DefinitionFolder() {
    }

    /**
     * The files of a folder whose names end so, in the order of their names; hidden ones and subfolders are left out. A folder
     * that is not there or can't be read is reported.
     */
    public static List<Path> files(Path folder, String suffix, Problems problems) {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            boolean there = Files.exists(folder);
            problems.error(Location.of(folder), there ? "is not a folder" : "no such folder",
                there ? "name the folder that holds the files" : "check the path; definitions are never skipped silently");
            return files;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.endsWith(suffix) && !name.startsWith(".") && !Files.isDirectory(entry)) {
                    files.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            problems.error(Location.of(folder), "the folder can't be read: "
                + (e instanceof IOException io ? TextFile.reason(io) : e.getMessage()), "");
        }
        files.sort(null);
        return files;
    }
}
