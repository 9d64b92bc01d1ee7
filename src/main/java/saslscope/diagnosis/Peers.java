package saslscope.diagnosis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A bounded table. Strangers, who never succeeded, are forgotten first, so that an attack with a hundred thousand names
 * does not wash away the past of the users; among equals the one without news for longest.
 *
 * @param <T> what is kept of each
 */
final class Peers<T> {
    private final int most;
    private final Map<Long, T> strangers = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Long, T> familiar = new LinkedHashMap<>(64, 0.75f, true);

    /** @param most kept at once; of strangers a quarter of them is kept in any case */
    Peers(int most) {
        this.most = most;
    }

    /** What is kept of it; null if nothing. */
    T get(long key) {
        T t = familiar.get(key);
        return t != null ? t : strangers.get(key);
    }

    /** Same, made if need be. */
    T get(long key, Supplier<T> make) {
        T t = get(key);
        if (t == null) {
            t = make.get();
            strangers.put(key, t);
            bound();
        }
        return t;
    }

    /** It succeeded: from now on it is kept before those that never did. */
    void promote(long key) {
        T t = strangers.remove(key);
        if (t != null) {
            familiar.put(key, t);
            bound();
        }
    }

    private void bound() {
        if (strangers.size() + familiar.size() > most) {
            Map<Long, T> from = strangers.size() > most / 4 || familiar.isEmpty() ? strangers : familiar;
            from.remove(from.keySet().iterator().next());
        }
    }

    int size() {
        return strangers.size() + familiar.size();
    }

    /** A key of 64 bits, so that long names cost no more than short ones. */
    static long key(String host, String name) {
        return mix(mix(0x9E3779B97F4A7C15L, host), name);
    }

    private static long mix(long seed, String s) {
        long h = seed;
        for (int i = 0; i < s.length(); i++) {
            long m = (h ^ s.charAt(i)) * 0xA0761D6478BD642FL;
            h = m ^ Math.unsignedMultiplyHigh(h + 0xE7037ED1A0B428DBL, 0x8EBC6AF09C88C6E3L) ^ m >>> 29;
        }
        return h * 0x2545F4914F6CDD1DL ^ s.length();
    }
}
