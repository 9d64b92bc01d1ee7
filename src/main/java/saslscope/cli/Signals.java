package saslscope.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.IntConsumer;

/** SIGINT and SIGTERM end a run in good order; a second one ends it at once. */
final class Signals {
    /** By POSIX shells' convention 128 and the signal's number. */
    private static final Map<String, Integer> CODES = Map.of("INT", 130, "TERM", 143);

    private Signals() {
    }

    /**
     * Installs the handlers.
     *
     * @param asked gets the exit code; called in a thread of its own
     */
    static void install(IntConsumer asked) {
        try {
            // By reflection: javac warns of sun.misc and there is no other way to tell the two signals apart.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            for (Map.Entry<String, Integer> e : CODES.entrySet()) {
                InvocationHandler act = (proxy, method, args) -> switch (method.getName()) {
                    case "handle" -> {
                        asked.accept(e.getValue());
                        yield null;
                    }
                    case "hashCode" -> e.getValue();
                    case "equals" -> proxy == args[0];
                    default -> e.getKey();
                };
                Object own = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, act);
                signal.getMethod("handle", signal, handler).invoke(null,
                    signal.getConstructor(String.class).newInstance(e.getKey()), own);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Without handlers the JVM ends at once on a signal, and the next run reads again what was not stored.
            return;
        }
    }
}
