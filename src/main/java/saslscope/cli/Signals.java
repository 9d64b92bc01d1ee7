package saslscope.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;

/** What signals do. */
final class Signals {
    private Signals() {
    }

    /**
     * Installs handlers.
     *
     * @param acts what to do, by the signal's name without SIG; each is called in a thread of its own
     */
    static void install(Map<String, Runnable> acts) {
        try {
            // By reflection: javac warns of sun.misc and there is no other way to tell signals apart.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            for (Map.Entry<String, Runnable> e : acts.entrySet()) {
                InvocationHandler act = (proxy, method, args) -> switch (method.getName()) {
                    case "handle" -> {
                        e.getValue().run();
                        yield null;
                    }
                    case "hashCode" -> e.getKey().hashCode();
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
