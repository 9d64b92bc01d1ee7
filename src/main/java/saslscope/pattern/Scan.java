package saslscope.pattern;

import java.nio.charset.StandardCharsets;

/** Compares words with ranges of bytes. */
final class Scan {
    private Scan() {
    }

    static int back(byte[] text, int from, int i) {
        int end = i;
        while (end > from && text[end - 1] == ' ') {
            end--;
        }
        return end;
    }

    static int skipBlanks(byte[] text, int from, int to) {
        int i = from;
        while (i < to && text[i] == ' ') {
            i++;
        }
        return i;
    }

    static byte[][] words(String... words) {
        byte[][] out = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            out[i] = words[i].getBytes(StandardCharsets.US_ASCII);
        }
        return out;
    }

    /** Words of at least two letters that a text may end with, in capitals or not. */
    static final class Ends {
        private final byte[][] words;
        /** The last two letters, which nearly always tell already. */
        private final boolean[] lastTwo = new boolean[1 << 10];

        Ends(String... words) {
            this.words = words(words);
            for (byte[] w : this.words) {
                lastTwo[two(w, w.length)] = true;
            }
        }

        private static int two(byte[] text, int end) {
            return (text[end - 2] & 31) << 5 | text[end - 1] & 31;
        }

        /** Whether a text that ends there ends with one of the words. */
        boolean fit(byte[] text, int from, int end) {
            if (end - from < 2 || !lastTwo[two(text, end)]) {
                return false;
            }
            for (byte[] word : words) {
                if (end - from >= word.length && same(text, end - word.length, word)) {
                    return true;
                }
            }
            return false;
        }
    }

    static boolean endsWith(byte[] text, int from, int end, String word) {
        return end - from >= word.length() && starts(text, end - word.length(), end, word);
    }

    static boolean starts(byte[] text, int at, int to, String word) {
        if (to - at < word.length()) {
            return false;
        }
        for (int k = 0; k < word.length(); k++) {
            if (text[at + k] != word.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    static boolean same(byte[] text, int at, byte[] word) {
        for (int k = 0; k < word.length; k++) {
            if (Character.toLowerCase((char) (text[at + k] & 255)) != Character.toLowerCase((char) word[k])) {
                return false;
            }
        }
        return true;
    }

    static int indexOf(byte[] text, int from, int to, String word) {
        for (int i = from; i + word.length() <= to; i++) {
            if (starts(text, i, to, word)) {
                return i;
            }
        }
        return -1;
    }
}
