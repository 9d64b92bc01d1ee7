package saslscope.source;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which rotated parts of a followed log still have to be read. Knows them by their content, since rotation renames and
 * compresses them.
 */
final class Rotation {
    private final Siblings siblings;
    /** Fingerprints of parts that were read, or were there before reading began. */
    private Set<Long> known = new HashSet<>();
    private Object lastKey;
    private long lastFingerprint;

    Rotation(Path live) {
        siblings = new Siblings(live);
    }

    /** The rotated parts as they are now, oldest first. */
    List<Siblings.Part> parts() {
        return siblings.list();
    }

    /** True if no file was renamed, added or removed between two looks. */
    static boolean same(List<Siblings.Part> one, List<Siblings.Part> other) {
        return one.stream().map(p -> List.of(p.path(), p.key())).toList()
            .equals(other.stream().map(p -> List.of(p.path(), p.key())).toList());
    }

    /** Nothing that is there now is to be read. */
    void passOver(List<Siblings.Part> parts) {
        parts.forEach(p -> known.add(siblings.fingerprint(p)));
    }

    /**
     * A file is being read now, or was read last; what is older need not be.
     *
     * @param key         null if it is compressed
     * @param fingerprint 0 if it has no complete line yet: then it says nothing about others
     */
    void reading(Object key, long fingerprint) {
        lastKey = fingerprint == 0 ? null : key;
        lastFingerprint = fingerprint;
    }

    /** The file that is being read need not be read again. */
    void read(Object key, long fingerprint) {
        reading(key, fingerprint);
        known.add(fingerprint);
    }

    /**
     * The oldest part that is newer than the file read last and was not read yet; null if there is none.
     *
     * @param but the key of a file that is open and does not count; may be null
     */
    Siblings.Part unread(List<Siblings.Part> parts, Object but) {
        int last = parts.size() - 1;
        while (last >= 0 && !isLast(parts.get(last))) {
            last--;
        }
        if (last >= 0) {
            passOver(parts.subList(0, last));
        }
        for (Siblings.Part part : parts.subList(last + 1, parts.size())) {
            if (!part.key().equals(but) && !isKnown(part)) {
                return part;
            }
        }
        return null;
    }

    /** True if a part was not read that is older than a file of which nothing was delivered yet. */
    boolean hasUnreadBefore(Object key, long fingerprint) {
        for (Siblings.Part part : parts()) {
            if (part.key().equals(key)) {
                return false;
            }
            if (!isKnown(part) && siblings.fingerprint(part) != fingerprint) {
                return true;
            }
        }
        return false;
    }

    /** The newest part with that content which can have bytes behind the offset; null if there is none. */
    Siblings.Part holding(long fingerprint, long offset, List<Siblings.Part> parts) {
        for (Siblings.Part part : parts.reversed()) {
            boolean packed = RotationName.of(part.path().getFileName().toString()).packed();
            if ((packed || part.size() >= offset) && siblings.fingerprint(part) == fingerprint) {
                return part;
            }
        }
        return null;
    }

    /** Where the file with that key is now; null if it was deleted. */
    Path whereIs(Object key) {
        for (Siblings.Part part : parts()) {
            if (part.key().equals(key)) {
                return part.path();
            }
        }
        return null;
    }

    /** Forgets what is known of parts that are gone. */
    void forgetAllBut(List<Siblings.Part> parts) {
        siblings.forgetAllBut(parts);
        Set<Long> there = new HashSet<>();
        parts.forEach(p -> there.add(siblings.fingerprint(p)));
        known.retainAll(there);
    }

    /** A part without a complete line has nothing to be read. */
    private boolean isKnown(Siblings.Part part) {
        long fingerprint = siblings.fingerprint(part);
        return fingerprint == 0 || known.contains(fingerprint);
    }

    private boolean isLast(Siblings.Part part) {
        return part.key().equals(lastKey)
            || lastFingerprint != 0 && siblings.fingerprint(part) == lastFingerprint;
    }
}
