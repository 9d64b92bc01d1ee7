package saslscope.glossary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import saslscope.definition.DefinitionException;

class GlossaryTest {
    private static final Path BUILT_IN = Path.of("patterns");

    @TempDir
    Path dir;

    private static Set<String> causes() throws IOException {
        try (Stream<Path> files = Files.list(BUILT_IN.resolve("causes"))) {
            return files.map(f -> f.getFileName().toString().replace(".yaml", "")).collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "535 5.7.8 Error: authentication failed: generic failure | saslauthd-not-running",
        "454 4.7.0 Temporary authentication failure | saslauthd-not-running",
        "535 5.7.8 Error: authentication failed: authentication failure | password-mismatch",
        "503 5.5.1 Error: authentication not enabled | auth-not-enabled",
        "535 5.7.0 Error: authentication failed: UGFzc3dvcmQ6 | password-mismatch",
        "530 5.7.0 Must issue a STARTTLS command first | plaintext-without-tls",
        "538 Encryption required | plaintext-without-tls",
        "421 4.7.0 mail.example.com Error: too many errors | too-many-errors",
        "554 5.7.1 <bob@example.org>: Relay access denied | not-authenticated-relay",
        "550 5.7.1 <bob@example.org>... Relay access denied | not-authenticated-relay",
        "Sending of password for user alice did not succeed. Mail server mail.example.com responded: AUTH failed | password-mismatch",
        "Server error: 0x800CCC92 | password-mismatch",
        "<** 535 5.7.8 Error: authentication failed: authentication failure | password-mismatch",
        "msmtp: authentication failed (method PLAIN) | password-mismatch",
        "SASL authentication failed | password-mismatch",
        "fetchmail: Authorization failure on alice@mail.example.com | password-mismatch",
        "curl: (67) Login denied | password-mismatch",
        "realm | wrong-realm"})
    void whatPeopleMeetIsKnown(String text, String cause) throws Exception {
        List<Word> found = Glossary.load(List.of(BUILT_IN), causes()).find(text);
        assertTrue(!found.isEmpty() && found.getFirst().causes().getFirst().equals(cause), text + ": " + found);
    }

    @Test
    void aLongerPhraseWinsAndAWordInsideASentenceIsNone() throws Exception {
        Glossary glossary = Glossary.load(List.of(BUILT_IN), causes());
        assertEquals(1, glossary.find("535 5.7.8 Error: authentication failed: generic failure").size());
        assertEquals(List.of(), glossary.find("the realm of possibility"));
    }

    @Test
    void whatIsWrongIsToldWithItsPlace() throws Exception {
        Files.createDirectory(dir.resolve("words"));
        Files.writeString(dir.resolve("words/own.yaml"), "- says: hello\n  by: me\n  means: a greeting\n  causes: [wrong-relam]\n- says: '*'\n  meens: x\n");
        DefinitionException e = assertThrows(DefinitionException.class, () -> Glossary.load(List.of(BUILT_IN, dir), causes()));
        for (String part : List.of("own.yaml:4:", "there is no cause 'wrong-relam'", "did you mean wrong-realm?", "^^^", "unknown key 'meens'",
            "did you mean means?", "fits everything")) {
            assertTrue(e.getMessage().contains(part), part + " in\n" + e.getMessage());
        }
    }

    @Test
    void aLaterFolderReplacesWhatAnEarlierOneSays() throws Exception {
        Files.createDirectory(dir.resolve("words"));
        Files.writeString(dir.resolve("words/own.yaml"), "- says: realm\n  by: us\n  means: our own\n");
        assertEquals("our own", Glossary.load(List.of(BUILT_IN, dir), causes()).find("Realm").getFirst().means());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "login failed | the login failed. | 4-16", "login failed | the relogin failed | ", "login failed | login failed2 | ",
        "a * b | a x b | 0-5", "a * b | a b | ", "a*b | a ab b | 0-4", "a*b | a b a b | 0-3", "* denied | access denied | 6-13",
        "a*b*c | a b a b c | 0-9", "<** 535 * | <** 535 5.7.8 no | 0-8"})
    void aPhraseIsFoundAtItsFirstPlace(String phrase, String text, String place) {
        Phrase.Place at = new Phrase(phrase, null).find(text);
        assertEquals(place == null ? "" : place, at == null ? "" : at.start() + "-" + at.end());
    }

    @Test
    void aStarStandsForNoMoreThanALine() {
        String gap = "x".repeat(200);
        assertEquals(new Phrase.Place(0, 202), new Phrase("a*b", null).find("a" + gap + "b"));
        assertEquals(null, new Phrase("a*b", null).find("a" + gap + "xb"));
        assertEquals(new Phrase.Place(205, 208), new Phrase("a*b", null).find("a" + gap + "xxx a b"));
    }
}
