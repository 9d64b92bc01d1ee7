package saslscope.pattern;

/** A set of bytes (0 to 255). Immutable. */
record ByteSet(long a, long b, long c, long d) {
    static final ByteSet NONE = new ByteSet(0, 0, 0, 0);
    static final ByteSet ALL = NONE.not();
    static final ByteSet DIGIT = range('0', '9');
    static final ByteSet UPPER = range('A', 'Z');
    static final ByteSet LOWER = range('a', 'z');
    static final ByteSet ALPHA = UPPER.or(LOWER);
    static final ByteSet ALNUM = ALPHA.or(DIGIT);
    static final ByteSet WORD = ALNUM.or(of('_'));
    static final ByteSet BLANK = of(' ').or(of('\t'));
    static final ByteSet SPACE = of(' ').or(range('\t', '\r'));
    static final ByteSet HEX = DIGIT.or(range('a', 'f')).or(range('A', 'F'));
    static final ByteSet CONTROL = range(0, 31).or(of(127));
    static final ByteSet GRAPH = range(33, 126);
    static final ByteSet PUNCT = GRAPH.and(ALNUM.not());

    static ByteSet of(int value) {
        long bit = 1L << (value & 63);
        return switch (value >> 6) {
            case 0 -> new ByteSet(bit, 0, 0, 0);
            case 1 -> new ByteSet(0, bit, 0, 0);
            case 2 -> new ByteSet(0, 0, bit, 0);
            default -> new ByteSet(0, 0, 0, bit);
        };
    }

    /** All from {@code from} to {@code to}, both included. */
    static ByteSet range(int from, int to) {
        long[] bits = new long[4];
        for (int i = from; i <= to; i++) {
            bits[i >> 6] |= 1L << (i & 63);
        }
        return new ByteSet(bits[0], bits[1], bits[2], bits[3]);
    }

    boolean has(int value) {
        long word = value < 128 ? (value < 64 ? a : b) : (value < 192 ? c : d);
        return (word >>> (value & 63) & 1) != 0;
    }

    ByteSet or(ByteSet o) {
        return new ByteSet(a | o.a, b | o.b, c | o.c, d | o.d);
    }

    ByteSet and(ByteSet o) {
        return new ByteSet(a & o.a, b & o.b, c & o.c, d & o.d);
    }

    ByteSet not() {
        return new ByteSet(~a, ~b, ~c, ~d);
    }

    /** The set with the other case of each ASCII letter in it. */
    ByteSet anyCase() {
        // Lower case letters are 32 above upper case ones, in the same word.
        long upper = b & UPPER.b;
        long lower = b & LOWER.b;
        return new ByteSet(a, b | upper << 32 | lower >>> 32, c, d);
    }

    boolean disjoint(ByteSet o) {
        return (a & o.a | b & o.b | c & o.c | d & o.d) == 0;
    }

    int size() {
        return Long.bitCount(a) + Long.bitCount(b) + Long.bitCount(c) + Long.bitCount(d);
    }

    /** The set as four words; see {@link #in}. */
    long[] bits() {
        return new long[] {a, b, c, d};
    }

    /** Whether a byte belongs to a set's {@link #bits}. */
    static boolean in(long[] bits, byte value) {
        int v = value & 255;
        return (bits[v >>> 6] >>> v & 1) != 0;
    }
}
