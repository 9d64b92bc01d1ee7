package saslscope.pattern;

import java.util.List;

/**
 * A parsed expression, on bytes. What is written as text stands for the bytes of its UTF-8 form. {@code at} is the 0-based
 * index in the expression that it was written in.
 */
sealed interface Node {
    /** Matches nothing, successfully. */
    Node EMPTY = new Seq(List.of());

    /** These bytes, at least one. */
    record Literal(byte[] bytes) implements Node {
    }

    /** One byte of a set. */
    record OneOf(ByteSet set) implements Node {
    }

    /** One after the other. */
    record Seq(List<Node> items) implements Node {
    }

    /** The first branch that lets the whole match. */
    record Choice(List<Node> branches) implements Node {
    }

    /** The body again and again; {@code max} is {@link #UNBOUNDED} for no limit. */
    record Repeat(Node body, int min, int max, Mode mode, int at) implements Node {
        static final int UNBOUNDED = Integer.MAX_VALUE;
    }

    /** How a repetition chooses. */
    enum Mode { GREEDY, LAZY, POSSESSIVE }

    /** What the body takes becomes the value of a field. */
    record Capture(String field, Node body, int at) implements Node {
    }

    /** The body without going back into it. */
    record Atomic(Node body) implements Node {
    }

    /** Looks without taking. */
    record Look(Node body, boolean ahead, boolean negated) implements Node {
    }

    /** A place between bytes. */
    record Edge(Kind kind) implements Node {
        /** Which place. */
        enum Kind { START, END, WORD, NOT_WORD }
    }

    /** A reference that is not resolved yet; {@code field} is empty if it captures nothing. */
    record Ref(String name, String field, int at) implements Node {
    }

    /** A resolved reference. */
    record Named(String name, Node body, int at) implements Node {
    }
}
