package saslscope.attempt;

/** A table of lines that wait for what they belong to. */
interface Shelf {
    /** Upper bound of the memory that its lines take. A line that stands on it twice may count twice. */
    long bytes();

    /** Lets go of the older half, and of one at least. */
    void halve();
}
