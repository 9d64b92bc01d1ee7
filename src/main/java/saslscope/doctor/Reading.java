package saslscope.doctor;

import java.util.function.Function;

/** What came of a look at the host. */
sealed interface Reading<T> {
    /** It is there. */
    record Found<T>(T value) implements Reading<T> {
    }

    /** It is certainly not there. */
    record Absent<T>() implements Reading<T> {
    }

    /** Nobody can say: no permission, or the snapshot does not hold it. */
    record Hidden<T>(String why) implements Reading<T> {
    }

    /** The value, or {@code otherwise} if there is none. */
    default T or(T otherwise) {
        return this instanceof Found<T> f ? f.value() : otherwise;
    }

    default boolean found() {
        return this instanceof Found;
    }

    default boolean absent() {
        return this instanceof Absent;
    }

    default <R> Reading<R> map(Function<T, R> how) {
        return switch (this) {
            case Found<T> f -> new Found<>(how.apply(f.value()));
            case Absent<T> a -> new Absent<>();
            case Hidden<T> h -> new Hidden<>(h.why());
        };
    }
}
