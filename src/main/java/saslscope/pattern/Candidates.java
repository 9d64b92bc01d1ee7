package saslscope.pattern;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The patterns of one program as a tree over what their matches start with: only those that agree with the message are run.
 * Many begin with a queue id and a colon; they are told apart by what follows the first colon.
 */
final class Candidates {
    /** Bytes of a prefix that are looked at. */
    private static final int DEEPEST = 48;

    /** What the text must go on with to get here, behind the byte that led to it. */
    private byte[] label = new byte[0];
    private byte[] keys = new byte[0];
    private Candidates[] next = new Candidates[0];
    private final List<Pattern> here = new ArrayList<>();
    /** Over what stands from the first colon on; null if no pattern of this place is known by that. */
    private Candidates colon;

    private Candidates() {
    }

    static Candidates of(List<Pattern> patterns) {
        Candidates root = new Candidates();
        for (Pattern p : patterns) {
            Set<String> behind = p.behindColon();
            if (behind.isEmpty()) {
                p.prefixes().forEach(prefix -> root.add(prefix, p));
            } else {
                root.colon = root.colon == null ? new Candidates() : root.colon;
                behind.forEach(rest -> root.colon.add(rest, p));
            }
        }
        root.shorten();
        if (root.colon != null) {
            root.colon.shorten();
        }
        return root;
    }

    private void add(String prefix, Pattern p) {
        Candidates at = this;
        for (int i = 0; i < Math.min(prefix.length(), DEEPEST); i++) {
            at = at.down((byte) prefix.charAt(i));
        }
        if (!at.here.contains(p)) {
            at.here.add(p);
        }
    }

    private Candidates down(byte key) {
        int i = place(key);
        if (i >= 0) {
            return next[i];
        }
        keys = Arrays.copyOf(keys, keys.length + 1);
        next = Arrays.copyOf(next, next.length + 1);
        keys[keys.length - 1] = key;
        next[next.length - 1] = new Candidates();
        return next[next.length - 1];
    }

    private int place(byte key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    /** Makes one step of stretches without a fork. */
    private void shorten() {
        for (int i = 0; i < next.length; i++) {
            Candidates at = next[i];
            ByteArrayOutputStream stretch = new ByteArrayOutputStream();
            while (at.here.isEmpty() && at.keys.length == 1) {
                stretch.write(at.keys[0]);
                at = at.next[0];
            }
            at.label = stretch.toByteArray();
            at.shorten();
            next[i] = at;
        }
    }

    /** The step that the text at a place allows; null if none does. */
    private Candidates step(byte[] text, int pos, int to) {
        int i = pos < to ? place(text[pos]) : -1;
        if (i < 0) {
            return null;
        }
        byte[] want = next[i].label;
        if (to - pos - 1 < want.length) {
            return null;
        }
        for (int k = 0; k < want.length; k++) {
            if (text[pos + 1 + k] != want[k]) {
                return null;
            }
        }
        return next[i];
    }

    /** Is asked about each candidate; the ones with the longest prefix come first, then the order of definition. */
    interface Visitor {
        /** True to go on. */
        boolean visit(Pattern pattern);
    }

    /** Visits candidates until the visitor has enough. */
    boolean visit(byte[] text, int from, int to, Visitor visitor) {
        Candidates deeper = step(text, from, to);
        if (deeper != null && !deeper.visit(text, from + 1 + deeper.label.length, to, visitor)) {
            return false;
        }
        int at = colon == null ? -1 : colon(text, from, to);
        if (at >= 0 && !colon.visit(text, at, to, visitor)) {
            return false;
        }
        for (Pattern p : here) {
            if (!visitor.visit(p)) {
                return false;
            }
        }
        return true;
    }

    /** The first pattern that matches; {@code run} then holds its captures. Null if none does. */
    Pattern find(Run run, Stopped stopped) {
        return find(run, run.from, stopped);
    }

    private Pattern find(Run run, int pos, Stopped stopped) {
        Candidates deeper = step(run.text, pos, run.to);
        if (deeper != null) {
            Pattern hit = deeper.find(run, pos + 1 + deeper.label.length, stopped);
            if (hit != null) {
                return hit;
            }
        }
        int at = colon == null ? -1 : colon(run.text, pos, run.to);
        if (at >= 0) {
            Pattern hit = colon.find(run, at, stopped);
            if (hit != null) {
                return hit;
            }
        }
        for (int i = 0; i < here.size(); i++) {
            Pattern p = here.get(i);
            if (!p.possible(run)) {
                continue;
            }
            if (p.find(run)) {
                return p;
            }
            if (run.stopped()) {
                stopped.count(p.id());
            }
        }
        return null;
    }

    private static int colon(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == ':') {
                return i;
            }
        }
        return -1;
    }
}
