package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.definition.Problem;

/** Patterns written for unknown messages keep all laws and know these messages. */
class SuggestionsTest {
    private static PatternSet builtIn;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() throws Exception {
        builtIn = Patterns.builtIn();
    }

    private record Message(String tag, String text) {
    }

    private String suggest(List<Message> messages) {
        Suggestions s = new Suggestions(builtIn);
        for (Message m : messages) {
            Recognition r = builtIn.recognise(Patterns.record(m.tag, m.text));
            if (r instanceof Recognition.Unrecognised u) {
                s.add(u);
            }
        }
        return s.text();
    }

    /** The set with what was suggested; the suggestion must keep all laws. */
    private PatternSet with(String grok) throws Exception {
        Files.writeString(folder.resolve("suggested.grok"), grok);
        PatternSet set = PatternSet.load(List.of(Path.of("patterns"), folder));
        assertEquals(List.of(), set.check().stream().map(Problem::render).toList(), grok);
        return set;
    }

    private static List<Message> saslauthd(String... texts) {
        return java.util.Arrays.stream(texts).map(t -> new Message("saslauthd", t)).toList();
    }

    @Test
    void partsThatDifferAreVariable() throws Exception {
        List<Message> messages = new ArrayList<>();
        for (String user : List.of("alice", "bob", "carol@example.com")) {
            messages.add(new Message("postfix/submission/smtpd", "warning: client" + user.length() + ".example.com[192.0.2." + user.length()
                + "]: SASL flux for user=" + user + ", mech=PLAIN went wrong after " + user.length() * 7 + " ms"));
        }
        messages.add(new Message("postfix/smtpd", "warning: SASL capacitor is empty"));
        String grok = suggest(messages);
        assertTrue(grok.contains("\n# 3 lines\nSMTPD_SASL_FLUX_FOR_USER_MECH  ^warning: %{CLIENT}: SASL flux for user=(?<user>[^ <>,;=()\\[\\]\"']+), mech=(?<mechanism>[0-9A-Za-z_.-]+)"
            + " went wrong after [0-9]+ ms$\n  program  */smtpd\n  event    trace\n"), grok);
        assertTrue(grok.indexOf("# 3 lines") < grok.indexOf("# 1 line\n"), grok);
        PatternSet set = with(grok);
        Match m = assertInstanceOf(Match.class, set.recognise(Patterns.record("postfix/smtpd",
            "warning: other.example.net[2001:db8::1]: SASL flux for user=dave, mech=PLAIN went wrong after 5 ms")));
        assertEquals("dave", m.fields().get("user"));
        assertEquals("2001:db8::1", m.fields().get("client.address"));
    }

    @Test
    void aSecretIsNotInTheSampleAndIsMaskedByThePattern() throws Exception {
        String grok = suggest(saslauthd("flux: login with password=Sommer2026 was odd", "flux: login with password=Winter2025 was odd"));
        assertFalse(grok.contains("Sommer") || grok.contains("Winter"), grok);
        Match m = assertInstanceOf(Match.class, with(grok).recognise(Patterns.record("saslauthd", "flux: login with password=Herbst was odd")));
        assertFalse(m.text().contains("Herbst"), m.text());
    }

    @Test
    void nothingUnknownSuggestsNothing() {
        assertEquals("", suggest(List.of(new Message("postfix/smtpd", "connect from unknown[192.0.2.1]"))));
    }

    @Test
    void aMessageWithoutFixedTextIsLeftToThePerson() throws Exception {
        String grok = suggest(saslauthd("x1 y2", "17", "flux capacitor"));
        assertTrue(grok.contains("Too little fixed text"), grok);
        with(grok);
    }

    @Test
    void theNumberOfKindsIsBounded() {
        Suggestions s = new Suggestions(builtIn, 10);
        for (int i = 0; i < 100; i++) {
            String word = "w" + (char) ('a' + i % 26) + (char) ('a' + i / 26);
            s.add(new Recognition.Unrecognised(Patterns.record("saslauthd", word), word + " flux " + word + " again"));
        }
        String grok = s.text();
        assertEquals(10, grok.lines().filter(l -> l.startsWith("  program")).count(), grok);
        assertTrue(grok.contains("too many kinds: 90 lines"), grok);
    }

    /** Messages from random templates with random and hostile values: the suggestion loads, keeps the laws and knows each. */
    @Test
    void whateverTheMessagesAreTheSuggestionHolds() throws Exception {
        Random random = new Random(7);
        int held = 0;
        for (int round = 0; round < 9; round++) {
            List<Message> messages = messages(random);
            String grok = suggest(messages);
            PatternSet set = with(grok);
            if (grok.contains("Too little") || grok.contains("too many")) {
                continue;
            }
            held++;
            for (Message m : messages) {
                assertFalse(set.recognise(Patterns.record(m.tag, m.text)) instanceof Recognition.Unrecognised, () -> m + "\n" + grok);
            }
        }
        assertTrue(held > 5, "rounds in which each message must be known: " + held);
    }

    private static final List<String> FIXED = List.of("flux", "capacitor", "authentication", "SASL", "failed", "for", "user=", "mech=", "host", "from", "(", ")",
        ": ", ", ", "[", "]", "=", "\"", "$", "^", "|", "\\", "{", "}", "%{NUM}", "*", "+", "?", "#", "'", "  ", "..");
    private static final List<String> VALUES = List.of("alice", "bob@example.com", "192.0.2.7", "2001:db8::7", "17", "4XkQ2r0Lz1z9", "/etc/sasl2/smtpd.conf",
        "PLAIN", "a b", "x, user=y", "\u001b[31m", "\u00fcml\u00e4ut", "\u202e", "%{NUM}", "unknown[192.0.2.1]", "::1", "1.2.3.4:25", "<x@y>");

    private static List<Message> messages(Random random) {
        List<Message> all = new ArrayList<>();
        for (int t = 0, most = 3 + random.nextInt(12); t < most; t++) {
            List<String> parts = new ArrayList<>(List.of("flux capacitor" + (char) ('a' + random.nextInt(4)) + " "));
            for (int i = 0; i < 2 + random.nextInt(6); i++) {
                parts.add(random.nextInt(3) == 0 ? null : FIXED.get(random.nextInt(FIXED.size())) + (random.nextBoolean() ? " " : ""));
            }
            String tag = List.of("saslauthd", "saslauthd", "postfix/smtpd", "postfix/submission/smtpd").get(random.nextInt(4));
            for (int n = 0; n < 1 + random.nextInt(4); n++) {
                StringBuilder text = new StringBuilder(tag.equals("saslauthd") ? "" : "warning: SASL ");
                parts.forEach(p -> text.append(p == null ? VALUES.get(random.nextInt(VALUES.size())) + " " : p));
                all.add(new Message(tag, new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)));
            }
        }
        return all;
    }
}
