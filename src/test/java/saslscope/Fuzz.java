package saslscope;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Feeds parsers with what they do not expect. {@code -Dfuzz.seconds=600} goes on for so long with each fuzzer, of which there are ten;
 * {@code -Dfuzz.seed=N} begins with that case, as a failure names it. In CI they run for a minute in all, each time with other cases.
 */
public final class Fuzz {
    private static final List<String> PARTS = List.of(" ", ": ", "[", "]", "[0]", "\"", "'", "\\", "%{", "}", "(", ")", "(?<x>", "*", "+", "{1,9}", "|", "^", "$",
        "=", "#", "- ", "\n", "\r\n", "\t", "  ", "\u0000", "\ufeff", "\u202e", "\ud83d\ude00", "99999999999999999999", "-1", "<134>", "2026-11-31T25:61:61Z",
        "Feb 30 24:60:60", "last message repeated 999999999 times", "message repeated 2 times: [ ", "sasl_username=", "&x", "*x", "!!x", "{a: [", "~", "include ",
        "/", "..", "$", "${x}", "${x?{$x}}", ",", ";", ":");

    private Fuzz() {
    }

    /** One case; throws what is wrong. */
    public interface Case {
        void run(Random random) throws Exception;
    }

    /** Runs so many cases, or for as long as was asked for; in the latter case it says how many these were. */
    public static void run(int count, Case one) {
        long first = Long.getLong("fuzz.seed", 1);
        int seconds = Integer.getInteger("fuzz.seconds", 0);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long seed = first;
        for (; seconds > 0 ? System.nanoTime() < end : seed < first + count; seed++) {
            try {
                one.run(new Random(seed * 0x9E3779B97F4A7C15L));
            } catch (Exception | Error e) {
                throw new AssertionError("-Dfuzz.seed=" + seed, e);
            }
        }
        if (seconds > 0) {
            String fuzzer = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass().getSimpleName();
            System.out.println(fuzzer + ": " + (seed - first) + " cases from -Dfuzz.seed=" + first + ", " + seconds + " s");
        }
    }

    /** Text changed in a few places; seldom nothing but noise. */
    public static byte[] mutated(Random random, byte[] text) {
        if (random.nextInt(50) == 0) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] now = text;
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(now.length + 1);
            int to = Math.min(now.length, at + random.nextInt(1 + random.nextInt(60)));
            now = switch (random.nextInt(6)) {
                case 0 -> joined(now, at, new byte[0], to);
                case 1 -> joined(now, at, PARTS.get(random.nextInt(PARTS.size())).getBytes(StandardCharsets.UTF_8), at);
                case 2 -> joined(now, at, java.util.Arrays.copyOfRange(now, at, to), at);
                case 3 -> joined(now, at, new byte[] {(byte) random.nextInt(256)}, Math.min(now.length, at + 1));
                case 4 -> joined(now, at, PARTS.get(random.nextInt(PARTS.size())).repeat(1 + random.nextInt(300)).getBytes(StandardCharsets.UTF_8), to);
                default -> java.util.Arrays.copyOf(now, at);
            };
        }
        return now;
    }

    /** The same for text. */
    public static String mutated(Random random, String text) {
        return new String(mutated(random, text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] text, int until, byte[] middle, int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, 0, until);
        out.writeBytes(middle);
        out.write(text, from, text.length - from);
        return out.toByteArray();
    }
}
