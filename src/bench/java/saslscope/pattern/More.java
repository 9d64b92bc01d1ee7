package saslscope.pattern;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The built-in patterns with many more, each of another message of smtpd that never comes. */
final class More {
    private More() {
    }

    static PatternSet load(int count) throws Exception {
        Path folder = Files.createTempDirectory("more-patterns");
        Path file = folder.resolve("more.grok");
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String word = word(i);
            s.append("MORE_").append(i).append("  ^warning: %{CLIENT}: SASL %{NOTSPACE:mechanism} ").append(word).append(" of the gate: %{GREEDYDATA:reason}$\n")
                .append("    program  */smtpd\n    event    auth-failed\n    from     nowhere\n")
                .append("    sample   warning: unknown[192.0.2.1]: SASL PLAIN ").append(word).append(" of the gate: shut\n")
                .append("        client.name  unknown\n        client.address  192.0.2.1\n        mechanism  PLAIN\n        reason  shut\n")
                .append("    sample   warning: unknown[192.0.2.1]: SASL PLAIN ").append(word).append(" of the gate: warning: x\n")
                .append("        client.name  unknown\n        client.address  192.0.2.1\n        mechanism  PLAIN\n        reason  warning: x\n\n");
        }
        Files.writeString(file, s);
        try {
            return PatternSet.load(List.of(Path.of(System.getProperty("bench.patterns", "patterns")), folder));
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    private static String word(int n) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < 5; i++, n = n / 6 + 7) {
            s.append("kmprtv".charAt(n % 6)).append("aeiou".charAt((n + i) % 5));
        }
        return s + "ing";
    }
}
