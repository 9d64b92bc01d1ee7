package saslscope.attempt;

import java.util.Comparator;
import java.util.List;
import saslscope.event.Origin;

/**
 * Keeps the lines that a joiner holds within a bound of bytes. Most lines leave soon, so nothing is counted as they go: after so
 * many bytes that came, all that is there is weighed. What is too much is taken from where most is, so that one kind of lines,
 * written by an enemy, does not wash away the others.
 */
final class Room {
    /** It is weighed whenever this part of the bound has come. */
    private static final int PART = 8;

    private final long most;
    private final List<Shelf> shelves;
    /** What may still come before it is weighed again. */
    private long left;

    Room(long most, List<Shelf> shelves) {
        this.most = most;
        this.shelves = shelves;
        this.left = most / PART;
    }

    void came(Origin o) {
        left -= o.bytes();
        if (left < 0) {
            left = most / PART;
            while (bytes() > most) {
                shelves.stream().max(Comparator.comparingLong(Shelf::bytes)).orElseThrow().halve();
            }
        }
    }

    long bytes() {
        long all = 0;
        for (Shelf s : shelves) {
            all += s.bytes();
        }
        return all;
    }
}
