package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression run by {@code java.util.regex}: only where its required literals occur, only on messages of ordinary length, and only for so
 * many steps.
 */
final class RegexMatcher implements ByteMatcher {
    /** Bytes; longer messages are not tried. Postfix cuts a message at 2 kB and rsyslog a line at 8 kB. */
    private static final int LONGEST = 16 << 10;
    /** Characters looked at; an ordinary match takes a few hundred. */
    private static final int MOST_STEPS = 1_000_000;

    private final Pattern pattern;
    /** One of these occurs in every match; empty if nothing is known. */
    private final List<byte[]> required;

    RegexMatcher(Pattern pattern, List<byte[]> required) {
        this.pattern = pattern;
        this.required = required;
    }

    @Override
    public boolean find(Run run) {
        if (!present(run)) {
            return false;
        }
        if (run.to - run.from > LONGEST) {
            run.fuel = -1;
            return false;
        }
        Matcher matcher = pattern.matcher(new Bytes(run.text, run.from, run.to, new Steps()));
        try {
            if (!matcher.find()) {
                return false;
            }
        } catch (TooLong | StackOverflowError e) {
            run.fuel = -1;
            return false;
        }
        for (int g = 0; g < matcher.groupCount(); g++) {
            int start = matcher.start(g + 1);
            run.spans[2 * g] = start < 0 ? -1 : run.from + start;
            run.spans[2 * g + 1] = start < 0 ? -1 : run.from + matcher.end(g + 1);
        }
        return true;
    }

    /** How much of the message could still begin a match, in bytes; for messages to people. */
    int reach(byte[] text, int from, int to) {
        int low = from;
        int high = Math.min(to, from + LONGEST);
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            Matcher matcher = pattern.matcher(new Bytes(text, from, middle, new Steps()));
            boolean more;
            try {
                more = matcher.lookingAt() || matcher.hitEnd();
            } catch (TooLong | StackOverflowError e) {
                return 0;
            }
            low = more ? middle : low;
            high = more ? high : middle - 1;
        }
        return low - from;
    }

    private boolean present(Run run) {
        for (byte[] literal : required) {
            if (Literals.indexOf(run.text, run.from, run.to, literal) >= 0) {
                return true;
            }
        }
        return required.isEmpty();
    }

    /** Counts down. */
    private static final class Steps {
        private int left = MOST_STEPS;
    }

    /** The expression took too many steps. */
    private static final class TooLong extends RuntimeException {
        static final TooLong INSTANCE = new TooLong();

        private TooLong() {
            super("too many steps", null, false, false);
        }
    }

    /** Bytes as characters 0 to 255. */
    private record Bytes(byte[] text, int from, int to, Steps steps) implements CharSequence {
        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            if (--steps.left < 0) {
                throw TooLong.INSTANCE;
            }
            return (char) (text[from + index] & 255);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Bytes(text, from + start, from + end, steps);
        }

        @Override
        public String toString() {
            return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
