package saslscope.diagnosis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import saslscope.source.LogFile;

/** What is remembered of a host: how its logins go, and what happened to its services. */
final class HostPast {
    /** Failures since the last success before it is said that everybody fails. */
    static final int STREAK = 4;
    /** Of so many users, and so many of them logged in before. */
    static final int STREAK_USERS = 3;
    static final int STREAK_KNOWN = 2;
    /**
     * Failures, and users of them, before it is said that nobody has logged in yet. A log may begin with some typos, and with guessing; but
     * who guesses with one name goes on to the next address, and a user's program comes back, so at least half of the users must.
     */
    private static final int NOBODY = 10;
    private static final int NOBODY_USERS = 5;
    /** Failures of one kind of mechanism before it is said that it never works. */
    static final int NEVER = 3;
    /** A change of a service counts as just before for so long. */
    static final long JUST_BEFORE = TimeUnit.MINUTES.toMicros(15);
    private static final int CHANGES = 8;

    int successes;
    long lastSuccess;
    private LogFile lastFile;
    private long lastNumber;
    /** Of plaintext and of challenge mechanisms: logins that worked, that failed, and some users of the latter. */
    final int[] worked = new int[2];
    final int[] failed = new int[2];
    private final int[][] failedUsers = new int[2][2];
    private final int[] failedUserCount = new int[2];

    int streak;
    long began;
    private final int[] users = new int[16];
    private int userCount;
    private final int[] back = new int[8];
    private int backCount;
    private final int[] known = new int[STREAK_KNOWN];
    private int knownCount;

    /** Logins without a realm of users who log in with one. */
    private final int[] bare = new int[STREAK_KNOWN];
    private int bareCount;
    boolean bareWorked;

    private final Deque<Change> changes = new ArrayDeque<>(CHANGES);

    void success(int kind, boolean bareLogin, long now, LogFile file, long number) {
        successes++;
        lastSuccess = now;
        lastFile = file;
        lastNumber = number;
        if (kind >= 0) {
            worked[kind]++;
        }
        bareWorked |= bareLogin;
        streak = 0;
        userCount = 0;
        backCount = 0;
        knownCount = 0;
    }

    /**
     * A login was rejected.
     *
     * @param user   its hash; 0 for none
     * @param kind   0 plaintext, 1 challenge, -1 any other
     * @param back       this login failed from this client before, not just now, and no other login did
     * @param familiar   login and client both succeeded before, and it is not the retry of a device
     * @param otherForm  no realm, and the same name succeeded with one
     */
    void failure(int user, int kind, boolean back, boolean familiar, boolean otherForm, long now) {
        if (streak++ == 0) {
            began = now;
        }
        if (kind >= 0) {
            failed[kind]++;
        }
        if (user == 0) {
            return;
        }
        userCount = note(users, userCount, user);
        if (kind >= 0) {
            failedUserCount[kind] = note(failedUsers[kind], failedUserCount[kind], user);
        }
        if (back) {
            backCount = note(this.back, backCount, user);
        }
        if (familiar) {
            knownCount = note(known, knownCount, user);
        }
        if (otherForm) {
            bareCount = note(bare, bareCount, user);
        }
    }

    /** Since the last success only failures, also of users and clients for whom it worked before. */
    boolean allFail() {
        return streak >= STREAK && userCount >= STREAK_USERS && knownCount >= STREAK_KNOWN;
    }

    /** There was no success ever, and those who fail are no passers-by. */
    boolean nobodyYet() {
        return successes == 0 && streak >= NOBODY && userCount >= NOBODY_USERS && 2 * backCount >= userCount;
    }

    /** The last login that worked; only if there was one. */
    History.Success last() {
        return new History.Success(lastSuccess, lastFile, lastNumber);
    }

    int streakUsers() {
        return userCount;
    }

    boolean streakUsersFull() {
        return userCount == users.length;
    }

    /** Whether more than one user failed with that kind of mechanism. */
    boolean severalFailed(int kind) {
        return failedUserCount[kind] > 1;
    }

    /** Names without a realm fail where the same names with one work. */
    boolean bareFails() {
        return !bareWorked && bareCount >= STREAK_KNOWN;
    }

    void changed(Change c) {
        if (!changes.isEmpty() && changes.getLast().value().equals(c.value()) && c.micros() - changes.getLast().micros() < 5_000_000L) {
            // A start is several lines.
            return;
        }
        changes.addLast(c);
        if (changes.size() > CHANGES) {
            changes.removeFirst();
        }
    }

    /** The last change not after one moment and not before another; null if there was none. Attempts are told a little late, so later ones may be known. */
    Change change(long from, long to) {
        for (Iterator<Change> i = changes.descendingIterator(); i.hasNext();) {
            Change c = i.next();
            if (c.micros() <= to && c.micros() >= from) {
                return c;
            }
        }
        return null;
    }

    private static int note(int[] table, int count, int value) {
        for (int i = 0; i < count; i++) {
            if (table[i] == value) {
                return count;
            }
        }
        if (count < table.length) {
            table[count] = value;
            return count + 1;
        }
        return count;
    }
}
