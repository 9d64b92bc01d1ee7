package saslscope.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rotated parts beside a live file. What rotation moves to another directory is not seen. */
final class Siblings {
    private final Path live;
    private Map<Part, Long> fingerprints = new HashMap<>();

    /**
     * A rotated part as it is now.
     *
     * @param key      identity of the file among those that exist now
     * @param size     bytes on disk
     * @param modified epoch milliseconds
     */
    record Part(Path path, Object key, long size, long modified) {
    }

    Siblings(Path live) {
        this.live = live;
    }

    /** The rotated parts, oldest first; none if the directory cannot be read. */
    List<Part> list() {
        Object liveKey = null;
        try {
            liveKey = Files.readAttributes(live, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            // There is no live file at the moment.
        }
        List<Part> found = new ArrayList<>();
        for (Path name : names(live)) {
            if (name.getFileName() != null && RotationName.of(name.getFileName().toString()).live()) {
                find(name, liveKey, found);
            }
        }
        found.sort(Comparator.comparing((Part p) -> RotationName.of(p.path.getFileName().toString()),
            RotationName.OLDEST_FIRST));
        return found;
    }

    /** The names that a live file is rotated under: its own and, if it is a link, that of the target. */
    static Set<Path> names(Path live) {
        Set<Path> names = new LinkedHashSet<>();
        names.add(live.toAbsolutePath().normalize());
        try {
            names.add(live.toRealPath());
        } catch (IOException e) {
            // There is no live file at the moment.
        }
        return names;
    }

    /** Fingerprint of a part; 0 if it has no complete line or cannot be read. */
    long fingerprint(Part part) {
        Long known = fingerprints.get(part);
        if (known == null) {
            known = fingerprint(part.path);
            fingerprints.put(part, known);
        }
        return known;
    }

    /** Forgets the fingerprints of parts that are not there any more. */
    void forgetAllBut(List<Part> parts) {
        Map<Part, Long> kept = new HashMap<>();
        for (Part part : parts) {
            if (fingerprints.containsKey(part)) {
                kept.put(part, fingerprints.get(part));
            }
        }
        fingerprints = kept;
    }

    private static void find(Path name, Object liveKey, List<Part> into) {
        String base = name.getFileName().toString();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(name.getParent(),
            f -> RotationName.of(f.getFileName().toString()).base().equals(base) && !f.equals(name))) {
            for (Path file : files) {
                try {
                    BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
                    // The target of a link may have the name of a rotated part.
                    if (a.isRegularFile() && !a.fileKey().equals(liveKey)) {
                        into.add(new Part(file, a.fileKey(), a.size(), a.lastModifiedTime().toMillis()));
                    }
                } catch (IOException e) {
                    // Renamed or deleted just now: the next look will tell.
                    continue;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Not there yet, or not allowed to be listed: then there are no rotated parts to be had.
            return;
        }
    }

    /** Fingerprint of a file's content, unpacked; 0 if it has no complete line or cannot be read. */
    static long fingerprint(Path path) {
        byte[] head = new byte[Fingerprint.HEAD];
        int n = 0;
        try (PartInput in = PartInput.open(path)) {
            while (n < head.length) {
                int more = in.read(head, n, head.length - n);
                if (more < 0) {
                    return Fingerprint.of(head, 0, n, true);
                }
                n += more;
                long fingerprint = Fingerprint.of(head, 0, n, false);
                if (fingerprint != 0) {
                    return fingerprint;
                }
            }
        } catch (IOException e) {
            // What was read before the damage may still do.
            return Fingerprint.of(head, 0, n, false);
        }
        return Fingerprint.of(head, 0, n, true);
    }
}
