package saslscope.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated configurations, against the postconf of this machine. Skipped where there is none. */
class PostconfTest {
    private static final int CONFIGURATIONS = 12;
    /** Parameters whose value may be any text. */
    private static final List<String> NAMES = List.of("smtpd_banner", "mail_name", "myorigin", "relayhost", "mydestination", "smtpd_sasl_local_domain",
        "smtpd_client_restrictions", "smtpd_sasl_path", "smtpd_relay_restrictions", "mynetworks", "smtp_sasl_password_maps", "smtpd_sender_restrictions");
    private static final List<String> WORDS = List.of("", "a", "permit_mynetworks", "x, y", "10", "9", "b c", "$$", "mail.example.com", "no");

    @TempDir
    Path dir;
    private final Random random = new Random(20261123);

    @Test
    void expandsAsPostconfDoes() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/postconf")), "no postconf on this machine: apt install postfix to compare with it");
        int compared = 0;
        String defaults = postconf("-d");
        for (int i = 0; i < CONFIGURATIONS; i++) {
            StringBuilder main = new StringBuilder("compatibility_level = " + List.of("0", "2", "3.6", "3.10").get(i % 4) + "\nmyhostname = mail.example.com\n");
            for (int n = 0; n < NAMES.size(); n++) {
                main.append(NAMES.get(n)).append(random.nextBoolean() ? " = " : "=").append(text(n, 0)).append(random.nextInt(4) == 0 ? "\n   # note\n\n  more" : "").append('\n');
            }
            StringBuilder master = new StringBuilder();
            for (String service : List.of("smtp", "submission", "10025")) {
                master.append(service).append("   inet n - ").append(List.of("y", "n", "-").get(random.nextInt(3))).append(" - - smtpd");
                for (int k = 0; k < 3; k++) {
                    String name = NAMES.get(random.nextInt(NAMES.size()));
                    String value = text(NAMES.indexOf(name), 1);
                    master.append("\n  ").append(switch (random.nextInt(3)) {
                        case 0 -> "-o { " + name + " = " + value + " }";
                        case 1 -> "-o " + name + "=" + value.replaceAll("\\s", "");
                        default -> "-o {" + name + "=" + value + "}";
                    });
                }
                master.append('\n');
            }
            Files.writeString(dir.resolve("main.cf"), main);
            Files.writeString(dir.resolve("master.cf"), master);
            Postfix ours = Postfix.of(new FakeRoot(Map.of("/etc/postfix/main.cf", main.toString(), "/etc/postfix/master.cf", master.toString(),
                Command.DEFAULTS.line(), defaults)), Platform.of(new FakeRoot(Map.of())));
            for (Map.Entry<String, String> e : values(postconf("-c", dir.toString(), "-xn")).entrySet()) {
                assertEquals(e.getValue(), squeezed(ours.get(e.getKey())), e.getKey() + " in\n" + main);
                compared++;
            }
            for (Map.Entry<String, String> e : values(postconf("-c", dir.toString(), "-Px")).entrySet()) {
                String[] path = e.getKey().split("/", 3);
                Service s = ours.services().stream().filter(x -> x.name().equals(path[0] + "/" + path[1])).findFirst().orElseThrow();
                assertEquals(e.getValue(), squeezed(s.get(path[2])), e.getKey() + " in\n" + main + master);
                compared++;
            }
        }
        assertEquals(true, compared > CONFIGURATIONS * NAMES.size(), "only " + compared + " values were compared");
    }

    /** Refers to earlier parameters only, so that nothing is endless. */
    private String text(int before, int depth) {
        StringBuilder b = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            b.append(WORDS.get(random.nextInt(WORDS.size())));
            String name = before == 0 ? "myhostname" : NAMES.get(random.nextInt(before));
            String inner = depth > 2 ? "z" : text(before, depth + 1);
            b.append(switch (random.nextInt(9)) {
                case 0 -> "${" + name + "}";
                case 1 -> "${" + name + "?{" + inner + "}}";
                case 2 -> "${" + name + ":{" + inner + "}}";
                case 3 -> "${" + name + " ? {" + inner + "} : {" + WORDS.get(random.nextInt(WORDS.size())) + "}}";
                case 4 -> "${{$" + name + "} " + List.of("==", "!=", "<", ">=").get(random.nextInt(4)) + " {" + inner + "} ? {yes} : {" + inner + "}}";
                case 5 -> "${{$compatibility_level} <level {3.9} ? {" + inner + "} : {new}}";
                case 6 -> "$(" + name + ")";
                case 7 -> "${nosuch_parameter:" + name + "}";
                default -> "$" + name + ".";
            });
        }
        return b.toString().strip();
    }

    private static String squeezed(String value) {
        return value.strip().replaceAll("\\s+", " ");
    }

    private static Map<String, String> values(String printed) {
        Map<String, String> values = new HashMap<>();
        for (String line : printed.lines().toList()) {
            int at = line.indexOf(" =");
            if (at > 0 && NAMES.contains(line.substring(line.lastIndexOf('/', at) + 1, at))) {
                values.put(line.substring(0, at), squeezed(line.substring(at + 2)));
            }
        }
        return values;
    }

    private static String postconf(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/sbin/postconf"));
        command.addAll(Arrays.asList(words));
        Process p = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String text = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        p.waitFor();
        return text;
    }
}
